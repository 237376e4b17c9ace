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

            _shapes[k + 1] = Forward(k, input, null);
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
    public double[] Forward(ReadOnlySpan<float> input) => Flatten.Forward(Run(input, null)[^1], _hwc);

    /// <summary>The cross-entropy of one sample with a label, and its gradients.</summary>
    /// <param name="input">The input in the network's order.</param>
    /// <param name="label">The class, 0 to <see cref="OutputLength"/> - 1.</param>
    /// <param name="dropoutMasks">For each dropout layer in order, which elements survive (in the network's order); null for all.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients Gradients(ReadOnlySpan<float> input, int label, IReadOnlyList<bool[]>? dropoutMasks = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, OutputLength);
        var target = new float[OutputLength];
        target[label] = 1;
        return Gradients(input, target, ReferenceLoss.CrossEntropy, dropoutMasks);
    }

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
        IReadOnlyList<bool[]>? dropoutMasks = null)
    {
        var activations = Run(input, dropoutMasks);
        var outputs = activations[^1];
        var endsInSoftmax = _layers.Length > 0 && _layers[^1] is ReferenceLayer.Softmax;
        var logits = endsInSoftmax ? activations[^2] : outputs;
        var wanted = ToVolume(target, outputs, nameof(target)).Values;

        // The cross-entropy starts below the softmax, every other loss above it.
        var fused = endsInSoftmax && loss == ReferenceLoss.CrossEntropy;
        var value = loss == ReferenceLoss.CrossEntropy
            ? CrossEntropy.Forward(logits.Values, wanted)
            : MeanSquaredError.Forward(outputs.Values, wanted);
        var gradient = loss == ReferenceLoss.CrossEntropy
            ? logits.With(CrossEntropy.Backward(logits.Values, wanted))
            : outputs.With(MeanSquaredError.Backward(outputs.Values, wanted));

        var parameters = _parameters.Values.ToDictionary(p => p.Name, p => new double[p.Values.Length]);
        for (var k = fused ? _layers.Length - 2 : _layers.Length - 1; k >= 0; k--)
            gradient = Backward(k, activations[k], gradient, parameters, dropoutMasks);

        return new ReferenceGradients(
            value, parameters, Flatten.Forward(logits, _hwc), Flatten.Forward(outputs, _hwc), Flatten.Forward(gradient, _hwc));
    }

    /// <summary>The mean cross-entropy of several samples with labels, and its gradients.</summary>
    /// <param name="inputs">The inputs, one after the other.</param>
    /// <param name="labels">As many labels.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients MeanGradients(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        Lengths.Require(inputs.Length, labels.Length * InputLength, nameof(inputs));
        var samples = new List<ReferenceGradients>();
        for (var n = 0; n < labels.Length; n++)
            samples.Add(Gradients(inputs.Slice(n * InputLength, InputLength), labels[n]));
        return Mean(samples);
    }

    /// <summary>The mean loss of several samples with target vectors, and its gradients.</summary>
    /// <param name="inputs">The inputs, one after the other.</param>
    /// <param name="targets">As many targets.</param>
    /// <param name="loss">The loss.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients MeanGradients(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReferenceLoss loss)
    {
        var count = targets.Length / OutputLength;
        Lengths.Require(targets.Length, count * OutputLength, nameof(targets));
        Lengths.Require(inputs.Length, count * InputLength, nameof(inputs));
        var samples = new List<ReferenceGradients>();
        for (var n = 0; n < count; n++)
            samples.Add(Gradients(inputs.Slice(n * InputLength, InputLength), targets.Slice(n * OutputLength, OutputLength), loss));
        return Mean(samples);
    }

    private static ReferenceGradients Mean(List<ReferenceGradients> samples)
    {
        if (samples.Count == 0)
            throw new ArgumentException("The mean over no samples is not defined.", nameof(samples));
        var count = samples.Count;
        var parameters = samples[0].Parameters.ToDictionary(entry => entry.Key, entry => new double[entry.Value.Length]);
        foreach (var (name, mean) in parameters)
        {
            foreach (var gradient in samples.Select(sample => sample.Parameters[name]))
            {
                for (var i = 0; i < mean.Length; i++)
                    mean[i] += gradient[i] / count;
            }
        }

        return new ReferenceGradients(
            samples.Average(sample => sample.Loss),
            parameters,
            [.. samples.SelectMany(sample => sample.Logits)],
            [.. samples.SelectMany(sample => sample.Output)],
            [.. samples.SelectMany(sample => sample.Input).Select(value => value / count)]);
    }

    private static double[]? ToDouble(float[]? values) => values is null ? null : Array.ConvertAll(values, value => (double)value);

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

    private Volume ToVolume(ReadOnlySpan<float> values, Volume shape, string name)
    {
        Lengths.Require(values.Length, shape.Values.Length, name);
        return Flatten.Unflatten(ToDouble(values.ToArray())!, shape.Channels, shape.Height, shape.Width, _hwc);
    }

    /// <summary>The input and the output of every layer, in order.</summary>
    private Volume[] Run(ReadOnlySpan<float> input, IReadOnlyList<bool[]>? dropoutMasks)
    {
        var activations = new Volume[_layers.Length + 1];
        activations[0] = ToVolume(input, _shapes[0], nameof(input));
        for (var k = 0; k < _layers.Length; k++)
            activations[k + 1] = Forward(k, activations[k], dropoutMasks);
        return activations;
    }

    private Volume Forward(int k, Volume x, IReadOnlyList<bool[]>? dropoutMasks) => _layers[k] switch
    {
        ReferenceLayer.Conv conv => Convolution.Forward(x, Weight(k), Bias(k), conv.Filters, conv.Window),
        ReferenceLayer.MaxPool pool => MaxPooling.Forward(x, pool.Window),
        ReferenceLayer.AvgPool pool => AveragePooling.Forward(x, pool.Window),
        ReferenceLayer.Flatten => Volume.Vector(Flatten.Forward(x, _hwc)),
        ReferenceLayer.Dense dense => Volume.Vector(Dense.Forward(x.Values, Weight(k), Bias(k), dense.Units)),
        ReferenceLayer.Relu => x.With(Relu.Forward(x.Values)),
        ReferenceLayer.LeakyRelu leaky => x.With(LeakyRelu.Forward(x.Values, leaky.Slope)),
        ReferenceLayer.Sigmoid => x.With(Sigmoid.Forward(x.Values)),
        ReferenceLayer.Tanh => x.With(Tanh.Forward(x.Values)),
        ReferenceLayer.Softmax => x.With(Softmax.Forward(x.Values)),
        ReferenceLayer.Dropout dropout => x.With(Dropout.Forward(x.Values, Mask(k, x, dropoutMasks, out var rate), rate)),
        var unknown => throw new ArgumentException($"There is no reference for {unknown}."),
    };

    private Volume Backward(
        int k, Volume x, Volume g, Dictionary<string, double[]> gradients, IReadOnlyList<bool[]>? dropoutMasks) => _layers[k] switch
        {
            ReferenceLayer.Conv conv => Convolution.Backward(
                x, Weight(k), g, conv.Window, gradients[_names[k] + ".weight"], gradients.GetValueOrDefault(_names[k] + ".bias")),
            ReferenceLayer.MaxPool pool => MaxPooling.Backward(x, g, pool.Window),
            ReferenceLayer.AvgPool pool => AveragePooling.Backward(x, g, pool.Window),
            ReferenceLayer.Flatten => Flatten.Backward(x, g.Values, _hwc),
            ReferenceLayer.Dense => Volume.Vector(Dense.Backward(
                x.Values, Weight(k), g.Values, gradients[_names[k] + ".weight"], gradients.GetValueOrDefault(_names[k] + ".bias"))),
            ReferenceLayer.Relu => x.With(Relu.Backward(x.Values, g.Values)),
            ReferenceLayer.LeakyRelu leaky => x.With(LeakyRelu.Backward(x.Values, g.Values, leaky.Slope)),
            ReferenceLayer.Sigmoid => x.With(Sigmoid.Backward(x.Values, g.Values)),
            ReferenceLayer.Tanh => x.With(Tanh.Backward(x.Values, g.Values)),
            ReferenceLayer.Softmax => x.With(Softmax.Backward(x.Values, g.Values)),
            ReferenceLayer.Dropout dropout => x.With(Dropout.Backward(g.Values, Mask(k, x, dropoutMasks, out var rate), rate)),
            var unknown => throw new ArgumentException($"There is no reference for {unknown}."),
        };

    private double[] Weight(int k) => ToDouble(_parameters[_names[k] + ".weight"].Values)!;

    private double[]? Bias(int k) => ToDouble(_parameters.GetValueOrDefault(_names[k] + ".bias")?.Values);

    /// <summary>The mask of the dropout layer <paramref name="k"/> in CHW order; without masks all survive and nothing is scaled.</summary>
    private bool[] Mask(int k, Volume x, IReadOnlyList<bool[]>? dropoutMasks, out double rate)
    {
        var keep = new bool[x.Values.Length];
        if (dropoutMasks is null)
        {
            rate = 0;
            Array.Fill(keep, true);
            return keep;
        }

        rate = ((ReferenceLayer.Dropout)_layers[k]).Rate;
        var mask = dropoutMasks[_layers.Take(k).Count(layer => layer is ReferenceLayer.Dropout)];
        Lengths.Require(mask.Length, keep.Length, "A dropout mask");
        var order = Flatten.Order(x.Channels, x.Height, x.Width, _hwc);
        for (var place = 0; place < keep.Length; place++)
            keep[order[place]] = mask[place];
        return keep;
    }
}
