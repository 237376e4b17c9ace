using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>The weights of a network that are trained: all but those of frozen tensors, in runs of kernel order.</summary>
internal sealed class TrainedWeights<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private const byte Padding = 0;
    private const byte Frozen = 1;
    private const byte Trained = 2;

    private bool[] _frozen = [];

    public TrainedWeights() => Take(new bool[TNetwork.Parameters.Count]);

    /// <summary>Gets the runs of weights that are trained, in their order.</summary>
    public IReadOnlyList<(int Start, int Length)> Runs { get; private set; } = [];

    /// <summary>
    /// Gets the lowest <see cref="ParameterTensor.Layer"/> that is trained, below which no gradient is of use; 0 for all.
    /// </summary>
    public int Lowest { get; private set; }

    /// <summary>Gets the names of the tensors that are not trained, running averages aside.</summary>
    public IReadOnlyList<string> FrozenNames
    {
        get
        {
            var names = new List<string>();
            for (var index = 0; index < _frozen.Length; index++)
            {
                if (_frozen[index])
                    names.Add(TNetwork.Parameters[index].Name);
            }

            return names;
        }
    }

    /// <summary>Freezes the tensors of layers, or thaws them.</summary>
    /// <exception cref="ArgumentException">A layer has no tensors; nothing has changed.</exception>
    public void Set(ReadOnlySpan<string> layers, bool frozen, string parameter)
    {
        var marks = _frozen.AsSpan().ToArray();
        foreach (var layer in layers)
        {
            if (Mark(marks, layer, frozen) == 0)
            {
                throw new ArgumentException(
                    $"{typeof(TNetwork).Name} has no parameters of the name {layer}; the first is {FirstName}.",
                    parameter);
            }
        }

        Take(marks);
    }

    /// <summary>Freezes exactly the tensors of these names, which all exist.</summary>
    public void Replace(IReadOnlyCollection<string> names)
    {
        Take([.. TNetwork.Parameters.Select(tensor => names.Contains(tensor.Name))]);
    }

    private static string FirstName => TNetwork.Parameters.Count == 0 ? "none" : TNetwork.Parameters[0].Name;

    /// <summary>Marks the tensors of a layer, and counts them.</summary>
    private static int Mark(bool[] marks, string layer, bool frozen)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        var count = 0;
        for (var index = 0; index < marks.Length; index++)
        {
            var tensor = TNetwork.Parameters[index];
            if (tensor.IsBuffer || !BelongsTo(tensor.Name, layer))
                continue;
            count++;
            marks[index] = frozen;
        }

        return count;
    }

    /// <summary>Whole parts of a name: conv1 holds conv1.weight, but not conv10.weight.</summary>
    private static bool BelongsTo(string tensor, string layer) =>
        tensor.StartsWith(layer, StringComparison.Ordinal)
        && (tensor.Length == layer.Length || layer[^1] == '.' || tensor[layer.Length] == '.');

    /// <summary>Takes over which tensors are frozen, with all that follows from it.</summary>
    private void Take(bool[] frozen)
    {
        var isWhole = Array.IndexOf(frozen, true) < 0;
        var lowest = isWhole ? 0 : int.MaxValue;
        for (var index = 0; index < frozen.Length && !isWhole; index++)
        {
            if (!frozen[index] && !TNetwork.Parameters[index].IsBuffer)
                lowest = Math.Min(lowest, TNetwork.Parameters[index].Layer);
        }

        // If nothing is frozen, padding may be updated with the weights, in one run.
        var length = TNetwork.TrainableLength;
        Runs = isWhole ? [(0, length)] : Find(States(frozen, length));
        (_frozen, Lowest) = (frozen, lowest);
    }

    private static byte[] States(bool[] frozen, int length)
    {
        var marks = new float[TNetwork.WeightsLength];
        for (var index = 0; index < frozen.Length; index++)
        {
            var ones = new float[TNetwork.Parameters[index].Length];
            ones.AsSpan().Fill(frozen[index] ? Frozen : Trained);
            TNetwork.Parameters[index].Pack(ones, marks);
        }

        return Array.ConvertAll(marks[..length], mark => (byte)mark);
    }

    /// <summary>The runs that begin and end with a trained weight and hold no frozen one.</summary>
    private static List<(int Start, int Length)> Find(byte[] states)
    {
        var runs = new List<(int Start, int Length)>();
        for (var i = 0; i < states.Length; i++)
        {
            if (states[i] != Trained)
                continue;
            var (start, last) = (i, i);
            for (; i < states.Length && states[i] != Frozen; i++)
            {
                if (states[i] != Padding)
                    last = i;
            }

            runs.Add((start, last - start + 1));
        }

        return runs;
    }
}
