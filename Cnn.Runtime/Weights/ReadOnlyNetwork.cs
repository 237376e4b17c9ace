using System;

namespace Cnn;

/// <summary>Keeps the weights of a network that the whole program shares from being changed.</summary>
internal static class ReadOnlyNetwork
{
    /// <exception cref="InvalidOperationException">The network is shared.</exception>
    public static void Refuse<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (!network.IsReadOnly)
            return;
        var name = typeof(TNetwork).Name;
        throw new InvalidOperationException(
            $"{name}.Pretrained is shared by the whole program, so its weights stay as they are; {name}.LoadPretrained() makes a network of your own.");
    }
}
