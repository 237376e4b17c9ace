using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Reference;

/// <summary>
/// A graph of reference layers over float parameters, computed in double precision: the oracle that compiled networks are held to.
/// Volumes are CHW inside; the memory order of the input, of outputs that are volumes, of <see cref="ReferenceLayer.Flatten"/> and of
/// <see cref="ReferenceLayer.Reshape"/> is the network's.
/// </summary>
public sealed partial class ReferenceNetwork
{
    /// <summary>The name of the value that enters the network.</summary>
    public const string InputName = "input";

    private readonly bool _hwc;
    private readonly ReferenceNode[] _nodes;
    private readonly Dictionary<string, ReferenceParameter> _tensors = [];

    // Value 0 enters the network, value k + 1 leaves node k.
    private readonly VolumeShape[] _shapes;
    private readonly Dictionary<string, int> _values = [];
    private readonly int[][] _reads;
    private readonly ReferenceParameter[][] _tensorsOf;
    private readonly int[] _outputs;
    private readonly int[] _lastReaders;

    /// <summary>
    /// A chain: every layer reads the one before it. Layers are numbered from 1 for each kind: conv1, depthwise1, convtranspose1, dense1,
    /// bn1, ln1, gn1, in1, prelu1, and so on.
    /// </summary>
    /// <param name="height">Rows of the input, at least 1.</param>
    /// <param name="width">Columns of the input, at least 1.</param>
    /// <param name="channels">Channels of the input, at least 1; the length of a vector.</param>
    /// <param name="inputIsHwc">Whether volumes lie in memory with channels innermost (HWC) rather than outermost (CHW).</param>
    /// <param name="layers">The chain.</param>
    /// <exception cref="ArgumentException">A window does not fit, or a layer that needs a vector receives a volume.</exception>
    public ReferenceNetwork(int height, int width, int channels, bool inputIsHwc, params IReadOnlyList<ReferenceLayer> layers)
        : this(height, width, channels, inputIsHwc, Chain(layers), null)
    {
    }

    /// <summary>A graph.</summary>
    /// <param name="height">Rows of the input, at least 1.</param>
    /// <param name="width">Columns of the input, at least 1.</param>
    /// <param name="channels">Channels of the input, at least 1; the length of a vector.</param>
    /// <param name="inputIsHwc">Whether volumes lie in memory with channels innermost (HWC) rather than outermost (CHW).</param>
    /// <param name="nodes">The layers, each after those it reads. The last one makes the main output.</param>
    /// <param name="outputs">
    /// The names of all outputs in the order in which their values follow one another, the main one among them; null for it alone.
    /// </param>
    /// <exception cref="ArgumentException">A name is unknown or given twice, or shapes do not fit.</exception>
    public ReferenceNetwork(
        int height,
        int width,
        int channels,
        bool inputIsHwc,
        IReadOnlyList<ReferenceNode> nodes,
        IReadOnlyList<string>? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        _hwc = inputIsHwc;
        _nodes = [.. nodes];
        _reads = new int[_nodes.Length][];
        _tensorsOf = new ReferenceParameter[_nodes.Length][];
        _shapes = new VolumeShape[_nodes.Length + 1];
        _shapes[0] = new Volume(channels, height, width).Shape;
        _values.Add(InputName, 0);
        for (var k = 0; k < _nodes.Length; k++)
        {
            var (name, layer, inputs) = _nodes[k];
            _reads[k] = inputs.Count == 0 ? [k] : [.. inputs.Select(Value)];
            var shapes = Array.ConvertAll(_reads[k], value => _shapes[value]);
            _shapes[k + 1] = layer.Outputs(shapes);
            if (!_values.TryAdd(name, k + 1))
                throw new ArgumentException($"Two values are called {name}.", nameof(nodes));
            _tensorsOf[k] = [.. layer.Tensors(name, shapes[0])];
            foreach (var tensor in _tensorsOf[k])
                _tensors.Add(tensor.Name, tensor);
        }

        _outputs = outputs is null ? [Main] : [.. outputs.Select(Value)];
        if (!_outputs.Contains(Main) || _outputs.Distinct().Count() != _outputs.Length)
            throw new ArgumentException("The outputs are distinct values, the last node among them.", nameof(outputs));
        _lastReaders = new int[_shapes.Length];
        for (var k = 0; k < _nodes.Length; k++)
        {
            foreach (var value in _reads[k])
                _lastReaders[value] = k;
        }

        foreach (var value in _outputs)
            _lastReaders[value] = int.MaxValue;
    }

    /// <summary>Gets the numbers of one input.</summary>
    public int InputLength => _shapes[0].Length;

    /// <summary>Gets the numbers of all outputs of one input.</summary>
    public int OutputLength => _outputs.Sum(value => _shapes[value].Length);

    /// <summary>Gets the trainable tensors in canonical order: layer by layer, the weight before the bias.</summary>
    public IReadOnlyList<ReferenceParameter> Parameters => [.. _tensors.Values.Where(tensor => !tensor.IsBuffer)];

    /// <summary>Gets the running averages in canonical order: layer by layer, the mean before the variance.</summary>
    public IReadOnlyList<ReferenceParameter> Buffers => [.. _tensors.Values.Where(tensor => tensor.IsBuffer)];

    /// <summary>Gets the value of the last node, or the input where there is none.</summary>
    private int Main => _nodes.Length;

    /// <summary>Gets the elements of one parameter or running average, to be read or written.</summary>
    /// <exception cref="KeyNotFoundException">The network has none of this name.</exception>
    public float[] this[string name] => _tensors[name].Values;

    /// <summary>The shape of a value.</summary>
    /// <param name="name">A node, or <see cref="InputName"/>.</param>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public VolumeShape Shape(string name) => _shapes[Value(name)];

    /// <summary>One inference, with running averages and without dropout.</summary>
    /// <param name="input">The input in the network's order.</param>
    /// <returns>The outputs, one after the other, each in the network's order.</returns>
    /// <exception cref="ArgumentException"><paramref name="input"/> is not <see cref="InputLength"/> long.</exception>
    public double[] Forward(ReadOnlySpan<float> input)
    {
        Lengths.Require(input.Length, InputLength, nameof(input));
        return Output(Run(Samples(input, 1), Runs(1, isTraining: false, null)), 0, logits: false);
    }

    /// <summary>Takes over the running averages that a training pass has left.</summary>
    /// <exception cref="KeyNotFoundException">They are those of another network.</exception>
    public void TakeBuffers(ReferenceGradients gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        foreach (var (name, values) in gradients.Buffers)
            Array.ConvertAll(values, value => (float)value).CopyTo(this[name], 0);
    }

    private static ReferenceNode[] Chain(IReadOnlyList<ReferenceLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var counts = new Dictionary<string, int>();
        var nodes = new ReferenceNode[layers.Count];
        for (var k = 0; k < nodes.Length; k++)
        {
            var number = counts[layers[k].Stem] = counts.GetValueOrDefault(layers[k].Stem) + 1;
            nodes[k] = new ReferenceNode($"{layers[k].Stem}{number}", layers[k]);
        }

        return nodes;
    }

    private int Value(string name) => _values.TryGetValue(name, out var value)
        ? value
        : throw new ArgumentException($"No value before it is called {name}, only {string.Join(", ", _values.Keys)}.");

    /// <summary>The state that each node gets beside its inputs.</summary>
    private ReferenceRun[] Runs(int count, bool isTraining, IReadOnlyList<bool[]>? dropoutMasks)
    {
        var next = 0;
        var runs = new ReferenceRun[_nodes.Length];
        for (var k = 0; k < runs.Length; k++)
        {
            bool[][]? masks = null;
            if (dropoutMasks is not null && _nodes[k].Layer is ReferenceLayer.Dropout or ReferenceLayer.SpatialDropout)
            {
                if (next >= dropoutMasks.Count)
                    throw new ArgumentException($"{dropoutMasks.Count} dropout masks do not serve {next + 1} dropout layers.");
                var shape = _shapes[k + 1];
                var length = _nodes[k].Layer is ReferenceLayer.Dropout ? shape.Length : shape.Channels;
                var mask = dropoutMasks[next++];
                Lengths.Require(mask.Length, count * length, "A dropout mask");
                masks = [.. mask.Chunk(length)];
            }

            runs[k] = new ReferenceRun(_tensorsOf[k], _hwc, isTraining, masks);
        }

        return runs;
    }

    /// <summary>All values of a batch; at inference only those that are still read.</summary>
    private Volume[][] Run(Volume[] inputs, ReferenceRun[] runs)
    {
        var values = new Volume[_shapes.Length][];
        values[0] = inputs;
        for (var k = 0; k < _nodes.Length; k++)
        {
            values[k + 1] = _nodes[k].Layer.Forward(Array.ConvertAll(_reads[k], value => values[value]), runs[k]);
            foreach (var value in _reads[k])
            {
                if (!runs[k].IsTraining && _lastReaders[value] == k)
                    values[value] = [];
            }
        }

        return values;
    }

    private Volume[] Samples(ReadOnlySpan<float> inputs, int count)
    {
        var samples = new Volume[count];
        for (var n = 0; n < count; n++)
            samples[n] = ToVolume(inputs.Slice(n * InputLength, InputLength), _shapes[0]);
        return samples;
    }

    /// <summary>The outputs of a sample in the network's order; where logits are asked for, the main one before its softmax.</summary>
    private double[] Output(Volume[][] values, int sample, bool logits)
    {
        var output = new double[OutputLength];
        var next = 0;
        foreach (var value in _outputs)
        {
            var volume = values[logits && value == Main ? Logits : value][sample];
            Flatten.Forward(volume, _hwc).CopyTo(output, next);
            next += volume.Values.Length;
        }

        return output;
    }

    private Volume ToVolume(ReadOnlySpan<float> values, VolumeShape shape)
    {
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = values[i];
        return Flatten.Unflatten(numbers, shape.Channels, shape.Height, shape.Width, _hwc);
    }
}
