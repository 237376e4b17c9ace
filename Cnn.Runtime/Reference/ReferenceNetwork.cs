using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Reference;

/// <summary>
/// A chain of reference layers over float parameters, computed in double precision, one sample at a time: the oracle that compiled
/// networks are held to. Volumes are CHW inside; the memory order of the input, of an output that is a volume, and of
/// <see cref="ReferenceLayer.Flatten"/> is the network's.
/// </summary>
public sealed class ReferenceNetwork
{
    private readonly ReferenceLayer[] _layers;
    private readonly Volume[] _shapes;
    private readonly string[] _names;
    private readonly bool _hwc;
    private readonly Dictionary<string, ReferenceParameter> _parameters = [];

    /// <summary>A network whose parameters are all zero.</summary>
    /// <param name="height">Rows of the input, at least 1.</param>
    /// <param name="width">Columns of the input, at least 1.</param>
    /// <param name="channels">Channels of the input, at least 1.</param>
    /// <param name="inputIsHwc">Whether volumes lie in memory with channels innermost (HWC) rather than outermost (CHW).</param>
    /// <param name="layers">The chain.</param>
    /// <exception cref="ArgumentException">A window does not fit, or a layer that needs a vector receives a volume.</exception>
    public ReferenceNetwork(int height, int width, int channels, bool inputIsHwc, params IReadOnlyList<ReferenceLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        _layers = [.. layers];
        _hwc = inputIsHwc;
        _names = new string[_layers.Length];
        _shapes = new Volume[_layers.Length + 1];
        _shapes[0] = new Volume(channels, height, width);
        int convolutions = 0, dense = 0;
        for (var k = 0; k < _layers.Length; k++)
        {
            var input = _shapes[k];
            switch (_layers[k])
            {
                case ReferenceLayer.Conv conv:
                    _names[k] = $"conv{++convolutions}";
                    AddParameters(_names[k], conv.Bias, conv.Filters, input.Channels, conv.KernelHeight, conv.KernelWidth);
                    break;
                case ReferenceLayer.Dense layer:
                    RequireVector(k, input);
                    _names[k] = $"dense{++dense}";
                    AddParameters(_names[k], layer.Bias, layer.Units, input.Channels);
                    break;
                case ReferenceLayer.Softmax:
                    RequireVector(k, input);
                    break;
            }

            _shapes[k + 1] = Forward(k, input, Snapshot(), null);
        }
    }

    /// <summary>Gets the numbers of one input.</summary>
    public int InputLength => _shapes[0].Values.Length;

    /// <summary>Gets the numbers of one output.</summary>
    public int OutputLength => _shapes[^1].Values.Length;

    /// <summary>Gets the trainable tensors in canonical order: layer by layer, the weight before the bias.</summary>
    public IReadOnlyList<ReferenceParameter> Parameters => [.. _parameters.Values];

    /// <summary>Gets the elements of one parameter, to be read or written.</summary>
    /// <exception cref="KeyNotFoundException">The network has none of this name.</exception>
    public float[] this[string name] => _parameters[name].Values;

    /// <summary>One inference; dropout does nothing.</summary>
    /// <param name="input">The input in the network's order.</param>
    /// <returns>The output in the network's order.</returns>
    /// <exception cref="ArgumentException"><paramref name="input"/> is not <see cref="InputLength"/> long.</exception>
    public double[] Forward(ReadOnlySpan<float> input) => Flatten.Forward(Run(input, Snapshot(), null)[^1], _hwc);

    /// <summary>The cross-entropy of one sample with a label, and its gradients.</summary>
    /// <param name="input">The input in the network's order.</param>
    /// <param name="label">The class, 0 to <see cref="OutputLength"/> - 1.</param>
    /// <param name="dropoutMasks">For each dropout layer in order, which elements survive (in the network's order); null for all.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients Gradients(ReadOnlySpan<float> input, int label, IReadOnlyList<bool[]>? dropoutMasks = null) =>
        Mean(input, OneHot([label]), 1, ReferenceLoss.CrossEntropy, dropoutMasks);

    /// <summary>The loss of one sample with a target vector, and its gradients.</summary>
    /// <param name="input">The input in the network's order.</param>
    /// <param name="target">The target in the network's order, as long as the output.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="dropoutMasks">For each dropout layer in order, which elements survive (in the network's order); null for all.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients Gradients(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> target,
        ReferenceLoss loss,
        IReadOnlyList<bool[]>? dropoutMasks = null) => Mean(input, target, 1, loss, dropoutMasks);

    /// <summary>The mean cross-entropy of several samples with labels, and its gradients.</summary>
    /// <param name="inputs">The inputs, one after the other.</param>
    /// <param name="labels">As many labels.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients MeanGradients(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) =>
        Mean(inputs, OneHot(labels), labels.Length, ReferenceLoss.CrossEntropy, null);

    /// <summary>The mean loss of several samples with target vectors, and its gradients.</summary>
    /// <param name="inputs">The inputs, one after the other.</param>
    /// <param name="targets">As many targets.</param>
    /// <param name="loss">The loss.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients MeanGradients(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReferenceLoss loss) =>
        Mean(inputs, targets, targets.Length / OutputLength, loss, null);

    private bool EndsInSoftmax => _layers.Length > 0 && _layers[^1] is ReferenceLayer.Softmax;

    private ReferenceGradients Mean(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        int count,
        ReferenceLoss loss,
        IReadOnlyList<bool[]>? dropoutMasks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Lengths.Require(inputs.Length, count * InputLength, nameof(inputs));
        Lengths.Require(targets.Length, count * OutputLength, nameof(targets));
        var parameters = Snapshot();
        var sums = parameters.ToDictionary(entry => entry.Key, entry => new double[entry.Value.Length]);
        var sum = 0.0;
        var logits = new List<double>();
        var outputs = new List<double>();
        var inputGradients = new List<double>();
        for (var n = 0; n < count; n++)
        {
            var activations = Run(inputs.Slice(n * InputLength, InputLength), parameters, dropoutMasks);
            var target = ToVolume(targets.Slice(n * OutputLength, OutputLength), activations[^1]).Values;
            var (value, gradient, depth) = Differentiate(activations, target, loss);
            for (var k = depth - 1; k >= 0; k--)
                gradient = Backward(k, activations[k], gradient, parameters, sums, dropoutMasks);

            sum += value;
            logits.AddRange(Flatten.Forward(EndsInSoftmax ? activations[^2] : activations[^1], _hwc));
            outputs.AddRange(Flatten.Forward(activations[^1], _hwc));
            inputGradients.AddRange(Flatten.Forward(gradient, _hwc));
        }

        return new ReferenceGradients(
            sum / count,
            sums.ToDictionary(entry => entry.Key, entry => Array.ConvertAll(entry.Value, value => value / count)),
            [.. logits],
            [.. outputs],
            [.. inputGradients.Select(value => value / count)]);
    }

    /// <summary>
    /// The loss of one sample, its gradient, and how many layers lie below that gradient: the cross-entropy starts under a final
    /// softmax, every other loss above it.
    /// </summary>
    private (double Loss, Volume Gradient, int Depth) Differentiate(Volume[] activations, double[] target, ReferenceLoss loss)
    {
        switch (loss)
        {
            case ReferenceLoss.CrossEntropy:
                var depth = EndsInSoftmax ? _layers.Length - 1 : _layers.Length;
                var logits = activations[depth];
                return (CrossEntropy.Forward(logits.Values, target), logits.With(CrossEntropy.Backward(logits.Values, target)), depth);
            case ReferenceLoss.MeanSquaredError:
                var output = activations[^1];
                return (
                    MeanSquaredError.Forward(output.Values, target),
                    output.With(MeanSquaredError.Backward(output.Values, target)),
                    _layers.Length);
            default:
                throw new ArgumentOutOfRangeException(nameof(loss), loss, "There is no such loss.");
        }
    }

    private float[] OneHot(ReadOnlySpan<int> labels)
    {
        var targets = new float[labels.Length * OutputLength];
        for (var n = 0; n < labels.Length; n++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(labels[n], nameof(labels));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(labels[n], OutputLength, nameof(labels));
            targets[(n * OutputLength) + labels[n]] = 1;
        }

        return targets;
    }

    private static double[] ToDouble(float[] values) => Array.ConvertAll(values, value => (double)value);

    private Dictionary<string, double[]> Snapshot() => _parameters.Values.ToDictionary(p => p.Name, p => ToDouble(p.Values));

    private void AddParameters(string name, bool bias, params int[] weightShape)
    {
        _parameters.Add(name + ".weight", new ReferenceParameter(name + ".weight", weightShape));
        if (bias)
            _parameters.Add(name + ".bias", new ReferenceParameter(name + ".bias", weightShape[0]));
    }

    private void RequireVector(int k, Volume input)
    {
        if (input.Height != 1 || input.Width != 1)
            throw new ArgumentException($"Layer {k} ({_layers[k]}) needs a vector and receives the volume {input}; flatten it first.");
    }

    private Volume ToVolume(ReadOnlySpan<float> values, Volume shape) =>
        Flatten.Unflatten(ToDouble(values.ToArray()), shape.Channels, shape.Height, shape.Width, _hwc);

    /// <summary>The input and the output of every layer, in order.</summary>
    private Volume[] Run(ReadOnlySpan<float> input, Dictionary<string, double[]> parameters, IReadOnlyList<bool[]>? dropoutMasks)
    {
        Lengths.Require(input.Length, InputLength, nameof(input));
        var activations = new Volume[_layers.Length + 1];
        activations[0] = ToVolume(input, _shapes[0]);
        for (var k = 0; k < _layers.Length; k++)
            activations[k + 1] = Forward(k, activations[k], parameters, dropoutMasks);
        return activations;
    }

    private Volume Forward(int k, Volume x, Dictionary<string, double[]> parameters, IReadOnlyList<bool[]>? dropoutMasks)
    {
        var weight = parameters.GetValueOrDefault(_names[k] + ".weight", []);
        var bias = parameters.GetValueOrDefault(_names[k] + ".bias");
        switch (_layers[k])
        {
            case ReferenceLayer.Conv conv: return Convolution.Forward(x, weight, bias, conv.Filters, conv.Window);
            case ReferenceLayer.MaxPool pool: return MaxPooling.Forward(x, pool.Window);
            case ReferenceLayer.AvgPool pool: return AveragePooling.Forward(x, pool.Window);
            case ReferenceLayer.Flatten: return Volume.Vector(Flatten.Forward(x, _hwc));
            case ReferenceLayer.Dense dense: return Volume.Vector(Dense.Forward(x.Values, weight, bias, dense.Units));
            case ReferenceLayer.Relu: return x.With(Relu.Forward(x.Values));
            case ReferenceLayer.LeakyRelu leaky: return x.With(LeakyRelu.Forward(x.Values, leaky.Slope));
            case ReferenceLayer.Sigmoid: return x.With(Sigmoid.Forward(x.Values));
            case ReferenceLayer.Tanh: return x.With(Tanh.Forward(x.Values));
            case ReferenceLayer.Softmax: return x.With(Softmax.Forward(x.Values));
            case ReferenceLayer.Dropout when dropoutMasks is null: return x;
            case ReferenceLayer.Dropout dropout: return x.With(Dropout.Forward(x.Values, Mask(k, x, dropoutMasks), dropout.Rate));
            default: throw new ArgumentException($"There is no reference for {_layers[k]}.");
        }
    }

    /// <summary>The gradient of the input <paramref name="x"/> of layer <paramref name="k"/>, given that of its output.</summary>
    private Volume Backward(
        int k,
        Volume x,
        Volume g,
        Dictionary<string, double[]> parameters,
        Dictionary<string, double[]> gradients,
        IReadOnlyList<bool[]>? dropoutMasks)
    {
        var weight = parameters.GetValueOrDefault(_names[k] + ".weight", []);
        var dw = gradients.GetValueOrDefault(_names[k] + ".weight", []);
        var db = gradients.GetValueOrDefault(_names[k] + ".bias");
        switch (_layers[k])
        {
            case ReferenceLayer.Conv conv: return Convolution.Backward(x, weight, g, conv.Window, dw, db);
            case ReferenceLayer.MaxPool pool: return MaxPooling.Backward(x, g, pool.Window);
            case ReferenceLayer.AvgPool pool: return AveragePooling.Backward(x, g, pool.Window);
            case ReferenceLayer.Flatten: return Flatten.Backward(x, g.Values, _hwc);
            case ReferenceLayer.Dense: return Volume.Vector(Dense.Backward(x.Values, weight, g.Values, dw, db));
            case ReferenceLayer.Relu: return x.With(Relu.Backward(x.Values, g.Values));
            case ReferenceLayer.LeakyRelu leaky: return x.With(LeakyRelu.Backward(x.Values, g.Values, leaky.Slope));
            case ReferenceLayer.Sigmoid: return x.With(Sigmoid.Backward(x.Values, g.Values));
            case ReferenceLayer.Tanh: return x.With(Tanh.Backward(x.Values, g.Values));
            case ReferenceLayer.Softmax: return x.With(Softmax.Backward(x.Values, g.Values));
            case ReferenceLayer.Dropout when dropoutMasks is null: return g;
            case ReferenceLayer.Dropout dropout: return x.With(Dropout.Backward(g.Values, Mask(k, x, dropoutMasks), dropout.Rate));
            default: throw new ArgumentException($"There is no reference for {_layers[k]}.");
        }
    }

    /// <summary>The mask of the dropout layer <paramref name="k"/> in CHW order.</summary>
    private bool[] Mask(int k, Volume x, IReadOnlyList<bool[]> dropoutMasks)
    {
        var number = _layers.Take(k).Count(layer => layer is ReferenceLayer.Dropout);
        if (number >= dropoutMasks.Count)
            throw new ArgumentException($"{dropoutMasks.Count} dropout masks do not serve {number + 1} dropout layers.");
        var mask = dropoutMasks[number];
        var keep = new bool[x.Values.Length];
        Lengths.Require(mask.Length, keep.Length, "A dropout mask");
        var order = Flatten.Order(x.Channels, x.Height, x.Width, _hwc);
        for (var place = 0; place < keep.Length; place++)
            keep[order[place]] = mask[place];
        return keep;
    }
}
