using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Zoo.Tests.Support;

/// <summary>One step of training: the loss of a batch with one class per sample or per pixel, before the weights move.</summary>
internal delegate float StepCall(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

/// <summary>A network's class, whichever it is.</summary>
internal abstract class ZooNetwork
{
    public abstract Type Type { get; }

    public abstract int InputLength { get; }

    public abstract ImageShape? InputShape { get; }

    public abstract int OutputLength { get; }

    public abstract int ArenaBytes { get; }

    /// <summary>Gets the labels of a sample: one, or one per pixel.</summary>
    public abstract int Labels { get; }

    public abstract NetworkSummary Summary { get; }

    public abstract IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <summary>Gets the numbers of the weights of inference, before a Winograd convolution transforms its kernels.</summary>
    public abstract int FoldedParameters { get; }

    /// <summary>The network of a class that is known only at run time.</summary>
    public static ZooNetwork Of(Type type) => (ZooNetwork)Activator.CreateInstance(typeof(ZooNetwork<>).MakeGenericType(type))!;

    /// <summary>Makes an instance with random weights.</summary>
    public abstract ZooInstance Create(int seed);

    /// <summary>Reads an instance from a safetensors file, whose numbers are in the order of whichever network reads them.</summary>
    public abstract ZooInstance Load(string path);

    /// <summary>A random input, between -2 and 2.</summary>
    public float[] Input(int seed)
    {
        var random = new Rng((ulong)seed);
        return [.. Enumerable.Range(0, InputLength).Select(_ => (4 * random.NextFloat()) - 2)];
    }
}

/// <inheritdoc/>
internal sealed class ZooNetwork<TNetwork> : ZooNetwork
    where TNetwork : class, INetwork<TNetwork>
{
    public override Type Type => typeof(TNetwork);

    public override int InputLength => TNetwork.InputLength;

    public override ImageShape? InputShape => TNetwork.InputShape;

    public override int OutputLength => TNetwork.OutputLength;

    public override int ArenaBytes => TNetwork.ArenaBytes;

    public override int Labels => TNetwork.Training.Pixels;

    public override NetworkSummary Summary => TNetwork.Summary;

    public override IReadOnlyList<ParameterTensor> Parameters => TNetwork.Parameters;

    public override int FoldedParameters => TNetwork.FoldedParameters.Sum(folded =>
        folded.Tile == 0 ? folded.Tensor.Length : folded.Tensor.Length / (folded.Tile * folded.Tile) * 9);

    public override ZooInstance Create(int seed)
    {
        var network = TNetwork.CreateZeroed();
        ParameterInitialization.Initialize<TNetwork>(network.Weights, seed);
        return new ZooInstance<TNetwork>(network);
    }

    public override ZooInstance Load(string path) => new ZooInstance<TNetwork>(NetworkWeights.Load<TNetwork>(path, WeightOrder.Declared));
}

/// <summary>A network with weights.</summary>
internal abstract class ZooInstance
{
    public abstract void Forward(ReadOnlySpan<float> input, Span<float> output);

    public float[] Output(ZooNetwork network, float[] input)
    {
        var output = new float[network.OutputLength];
        Forward(input, output);
        return output;
    }

    /// <summary>Replaces all weights by those of a safetensors file.</summary>
    public abstract void LoadInto(string path);

    public abstract StepCall Trainer(Optimizer optimizer, int threads);

    /// <summary>A trainer, and what it and the network would save.</summary>
    public abstract ZooTrainer TrainerOf(Optimizer optimizer, int threads);

    /// <summary>Every tensor in its canonical form, by its name.</summary>
    public abstract Dictionary<string, float[]> Tensors();
}

/// <inheritdoc/>
internal sealed class ZooInstance<TNetwork>(TNetwork network) : ZooInstance
    where TNetwork : class, INetwork<TNetwork>
{
    public override void Forward(ReadOnlySpan<float> input, Span<float> output) =>
        NetworkRunner.Forward<TNetwork>(network.InferenceWeights, input, output);

    public override void LoadInto(string path) => NetworkWeights.LoadInto(network, path, WeightOrder.Declared);

    public override StepCall Trainer(Optimizer optimizer, int threads) => new Trainer<TNetwork>(network, optimizer, threads: threads).Step;

    public override ZooTrainer TrainerOf(Optimizer optimizer, int threads) => new ZooTrainer<TNetwork>(network, optimizer, threads);

    public override Dictionary<string, float[]> Tensors() => TNetwork.Parameters.ToDictionary(tensor => tensor.Name, Canonical);

    private float[] Canonical(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.Unpack(network.Weights, values);
        return values;
    }
}
