using System;
using System.Collections.Generic;
using System.IO;

namespace Cnn;

/// <summary>
/// Saves and loads a network's parameters as safetensors: 8 bytes of header length, a JSON header of names, types, shapes and places,
/// then the tensors as little-endian floats. Names and shapes are PyTorch's, so a state_dict of the same network loads, under other names
/// with a map of ours to the file's. The entries <c>num_batches_tracked</c> of a state_dict are skipped. Floats of 16 bits are read too,
/// and those of 64 bits, which are rounded. The metadata of a file state the order of the numbers that meet flattened volumes.
/// <see cref="WeightOrder"/> states it for a file without that entry.
/// </summary>
public static partial class NetworkWeights
{
    /// <summary>
    /// Saves a network's parameters. The bytes depend on the parameters alone. The file is written beside its place, with <c>.tmp</c> after its
    /// name, and moved there when it is complete and on the disk. An earlier file survives a failure, and the next save removes the remains
    /// of a killed one.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; it is replaced if it exists. A symbolic link stands for its target.</param>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is read-only.</exception>
    public static void Save<TNetwork>(TNetwork network, string path)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ReplacedFile.Write(path, stream => Write(network, stream));
    }

    /// <summary>Writes a network's parameters to a stream, from its position on. The bytes depend on the parameters alone.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">A stream that can be written.</param>
    public static void Save<TNetwork>(TNetwork network, Stream stream)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        Write(network, stream);
    }

    /// <summary>Creates a network with the parameters of a file.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    public static TNetwork Load<TNetwork>(string path)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        LoadInto(network, path);
        return network;
    }

    /// <summary>Creates a network with the parameters of a file that has other names for them.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// By a name of ours the file's name for the same: of a parameter (<c>stem.weight</c>), or of a layer or block (<c>stem</c>), which
    /// stands for the beginning of all names within it. The longest name that fits counts; what none fits is called alike in the file.
    /// </param>
    /// <exception cref="ArgumentException">A name is none of the network's, or two parameters would be read from one entry.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    public static TNetwork Load<TNetwork>(string path, IReadOnlyDictionary<string, string> names)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        LoadInto(network, path, names);
        return network;
    }

    /// <summary>Creates a network with the parameters of a file that has other names for them.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="names">Gives for the name of a parameter (<c>stem.weight</c>) the file's name.</param>
    /// <exception cref="ArgumentException">Two parameters would be read from one entry, or one from none.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    public static TNetwork Load<TNetwork>(string path, Func<string, string> names)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        LoadInto(network, path, names);
        return network;
    }

    /// <summary>Creates a network with the parameters that a stream holds, from its position to its end.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="stream">A stream that can be read; it need not seek.</param>
    /// <exception cref="WeightsFormatException">The stream is damaged or belongs to another network.</exception>
    public static TNetwork Load<TNetwork>(Stream stream)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.CreateZeroed();
        LoadInto(network, stream);
        return network;
    }

    /// <summary>Replaces a network's parameters by those of a file: all of them, or none if the file is refused.</summary>
    /// <remarks>
    /// May be called from any thread while others use the network. The weights are replaced in one piece: a call that has begun ends with those
    /// that it began with, one that begins afterwards computes with the file's, and of two loads the last one counts. A training step that has
    /// begun ends with the weights that it began with and is lost with them; the next one starts from the file, and the optimizer keeps its moving
    /// averages. Until the last call with the old weights has ended the network needs the memory of both.
    /// </remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The network is the one that the program shares as <c>Pretrained</c>.</exception>
    public static void LoadInto<TNetwork>(TNetwork network, string path)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        Replace(network, path, TensorNames.Same(TNetwork.Parameters));
    }

    /// <summary>
    /// Replaces a network's parameters by those of a file that has other names for them: all of them, or none if the file is refused.
    /// </summary>
    /// <remarks>Others may use the network meanwhile, as with <see cref="LoadInto{TNetwork}(TNetwork, string)"/>.</remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// By a name of ours, of a parameter, a layer or a block, the file's name for the same, as in
    /// <see cref="Load{TNetwork}(string, IReadOnlyDictionary{string, string})"/>.
    /// </param>
    /// <exception cref="ArgumentException">A name is none of the network's, or two parameters would be read from one entry.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The network is the one that the program shares as <c>Pretrained</c>.</exception>
    public static void LoadInto<TNetwork>(TNetwork network, string path, IReadOnlyDictionary<string, string> names)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(names);
        Replace(network, path, TensorNames.Of(TNetwork.Parameters, names));
    }

    /// <summary>
    /// Replaces a network's parameters by those of a file that has other names for them: all of them, or none if the file is refused.
    /// </summary>
    /// <remarks>Others may use the network meanwhile, as with <see cref="LoadInto{TNetwork}(TNetwork, string)"/>.</remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">Gives for the name of a parameter (<c>stem.weight</c>) the file's name.</param>
    /// <exception cref="ArgumentException">Two parameters would be read from one entry, or one from none.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The network is the one that the program shares as <c>Pretrained</c>.</exception>
    public static void LoadInto<TNetwork>(TNetwork network, string path, Func<string, string> names)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(names);
        Replace(network, path, TensorNames.Of(TNetwork.Parameters, names));
    }

    /// <summary>Replaces a network's parameters by those of a stream: all of them, or none if the stream is refused.</summary>
    /// <remarks>Others may use the network meanwhile, as with <see cref="LoadInto{TNetwork}(TNetwork, string)"/>.</remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">A stream that can be read; it need not seek.</param>
    /// <exception cref="WeightsFormatException">The stream is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The network is the one that the program shares as <c>Pretrained</c>.</exception>
    public static void LoadInto<TNetwork>(TNetwork network, Stream stream)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        Replace(network, stream, "the stream", TensorNames.Same(TNetwork.Parameters));
    }

    private static void Write<TNetwork>(TNetwork network, Stream stream)
        where TNetwork : class, INetwork<TNetwork> =>
        SafetensorsWriter.Write(TNetwork.Parameters, network.Weights, [OrderOfNetwork.Of<TNetwork>().Mark], stream);

    private static void Replace<TNetwork>(TNetwork network, string path, TensorNames names, WeightOrder order = WeightOrder.Marked)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Replace(network, stream, path, names, order);
    }

    private static void Replace<TNetwork>(
        TNetwork network, Stream stream, string file, TensorNames names, WeightOrder order = WeightOrder.Marked)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (!Enum.IsDefined(order))
            throw new ArgumentOutOfRangeException(nameof(order), order, "It is none of WeightOrder's values.");
        ReadOnlyNetwork.Refuse(network);
        var weights = new AlignedFloats(TNetwork.WeightsLength);
        new SafetensorsReader(stream, file, names, OrderOfNetwork.Of<TNetwork>(order)).ReadInto(TNetwork.Parameters, weights);
        network.ReplaceWeights(weights);
    }
}
