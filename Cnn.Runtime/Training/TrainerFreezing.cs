using System;
using System.Collections.Generic;

namespace Cnn;

/// <content>Frozen layers.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Gets the names of the parameters that are frozen, in the network's order.</summary>
    public IReadOnlyList<string> FrozenParameters => _trained.FrozenNames;

    /// <summary>
    /// Leaves the parameters of layers as they are, to the bit, whatever momentum and weight decay say: no step changes them or their
    /// moving averages, and their gradients do not count in <see cref="MaxGradientNorm"/>. Below the lowest layer that is trained no
    /// gradient is computed. Running averages of batch normalisation go on.
    /// </summary>
    /// <param name="layers">Names of layers or parameters, or the beginnings of such up to a full stop: <c>conv1</c> for
    /// <c>conv1.weight</c> and <c>conv1.bias</c>, <c>layer1</c> for all that is within.</param>
    /// <exception cref="ArgumentException">No parameter has such a name; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">It is called in the middle of another call.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void Freeze(params ReadOnlySpan<string> layers) => SetFrozen(layers, true);

    /// <summary>Trains the parameters of layers again.</summary>
    /// <param name="layers">As for <see cref="Freeze"/>.</param>
    /// <exception cref="ArgumentException">No parameter has such a name; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">It is called in the middle of another call.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void Unfreeze(params ReadOnlySpan<string> layers) => SetFrozen(layers, false);

    private void SetFrozen(ReadOnlySpan<string> layers, bool frozen)
    {
        using var call = _calls.Enter(frozen ? nameof(Freeze) : nameof(Unfreeze), mayInterpose: true);
        var pass = Pass();
        _trained.Set(layers, frozen, nameof(layers));
        pass.Lowest = _trained.Lowest;
    }
}
