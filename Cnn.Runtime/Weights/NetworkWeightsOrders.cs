using System;
using System.Collections.Generic;
using System.IO;

namespace Cnn;

/// <content>Loading in an order that the caller knows.</content>
public static partial class NetworkWeights
{
    /// <summary>Creates a network with the parameters of a file, in an order that the caller knows.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="order">The order in which the file keeps the numbers that meet flattened volumes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is none of the enumeration's values.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    public static TNetwork Load<TNetwork>(string path, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        LoadInto(network, path, order);
        return network;
    }

    /// <summary>Creates a network with the parameters of a file that has other names for them, in an order that the caller knows.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="names">By a name of ours, of a parameter, a layer or a block, the file's name for the same.</param>
    /// <param name="order">The order in which the file keeps the numbers that meet flattened volumes.</param>
    /// <exception cref="ArgumentException">A name is none of the network's, or two parameters would be read from one entry.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is none of the enumeration's values.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    public static TNetwork Load<TNetwork>(string path, IReadOnlyDictionary<string, string> names, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        LoadInto(network, path, names, order);
        return network;
    }

    /// <summary>Creates a network with the parameters of a file that has other names for them, in an order that the caller knows.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="names">Gives for the name of a parameter (<c>stem.weight</c>) the file's name.</param>
    /// <param name="order">The order in which the file keeps the numbers that meet flattened volumes.</param>
    /// <exception cref="ArgumentException">Two parameters would be read from one entry, or one from none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is none of the enumeration's values.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    public static TNetwork Load<TNetwork>(string path, Func<string, string> names, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        LoadInto(network, path, names, order);
        return network;
    }

    /// <summary>Creates a network with the parameters of a stream, in an order that the caller knows.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="stream">A stream that can be read, from its position to its end; it need not seek.</param>
    /// <param name="order">The order in which the stream keeps the numbers that meet flattened volumes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is none of the enumeration's values.</exception>
    /// <exception cref="WeightsFormatException">The stream is damaged or belongs to another network.</exception>
    public static TNetwork Load<TNetwork>(Stream stream, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        LoadInto(network, stream, order);
        return network;
    }

    /// <summary>
    /// Replaces a network's parameters by those of a file, in an order that the caller knows: all of them, or none if the file is refused.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="order">The order in which the file keeps the numbers that meet flattened volumes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is none of the enumeration's values.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The network is the one that the program shares as <c>Pretrained</c>.</exception>
    public static void LoadInto<TNetwork>(TNetwork network, string path, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        Replace(network, path, TensorNames.Same(TNetwork.Parameters), order);
    }

    /// <summary>
    /// Replaces a network's parameters by those of a file that has other names for them, in an order that the caller knows: all of them, or none if the file is refused.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">By a name of ours, of a parameter, a layer or a block, the file's name for the same.</param>
    /// <param name="order">The order in which the file keeps the numbers that meet flattened volumes.</param>
    /// <exception cref="ArgumentException">A name is none of the network's, or two parameters would be read from one entry.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is none of the enumeration's values.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The network is the one that the program shares as <c>Pretrained</c>.</exception>
    public static void LoadInto<TNetwork>(TNetwork network, string path, IReadOnlyDictionary<string, string> names, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(names);
        Replace(network, path, TensorNames.Of(TNetwork.Parameters, names), order);
    }

    /// <summary>
    /// Replaces a network's parameters by those of a file that has other names for them, in an order that the caller knows: all of them, or none if the file is refused.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">Gives for the name of a parameter (<c>stem.weight</c>) the file's name.</param>
    /// <param name="order">The order in which the file keeps the numbers that meet flattened volumes.</param>
    /// <exception cref="ArgumentException">Two parameters would be read from one entry, or one from none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is none of the enumeration's values.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The network is the one that the program shares as <c>Pretrained</c>.</exception>
    public static void LoadInto<TNetwork>(TNetwork network, string path, Func<string, string> names, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(names);
        Replace(network, path, TensorNames.Of(TNetwork.Parameters, names), order);
    }

    /// <summary>
    /// Replaces a network's parameters by those of a stream, in an order that the caller knows: all of them, or none if the stream is refused.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">A stream that can be read, from its position to its end; it need not seek.</param>
    /// <param name="order">The order in which the stream keeps the numbers that meet flattened volumes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is none of the enumeration's values.</exception>
    /// <exception cref="WeightsFormatException">The stream is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The network is the one that the program shares as <c>Pretrained</c>.</exception>
    public static void LoadInto<TNetwork>(TNetwork network, Stream stream, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        Replace(network, stream, "the stream", TensorNames.Same(TNetwork.Parameters), order);
    }
}
