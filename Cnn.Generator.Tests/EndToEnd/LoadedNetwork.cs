using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

internal delegate void ForwardCall(ReadOnlySpan<float> input, Span<float> output);

internal delegate int PredictCall(ReadOnlySpan<float> input);

internal delegate void ForwardBatchCall(ReadOnlySpan<float> inputs, Span<float> outputs, int threads);

internal delegate float StepCall(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

/// <summary>A network that was compiled at test time: its public members as delegates, and what generic code sees of it.</summary>
internal abstract class LoadedNetwork
{
    protected LoadedNetwork(object instance)
    {
        Instance = instance;
        Forward = Member<ForwardCall>("Forward");
        Predict = Member<PredictCall>("Predict");
        ForwardBatch = Member<ForwardBatchCall>("ForwardBatch");
        Save = Member<Action<string>>("Save");
    }

    public object Instance { get; }

    public ForwardCall Forward { get; }

    public PredictCall Predict { get; }

    public ForwardBatchCall ForwardBatch { get; }

    public Action<string> Save { get; }

    public abstract int InputLength { get; }

    public abstract int OutputLength { get; }

    /// <summary>Gets the length of the last layer's output.</summary>
    public abstract int MainOutputLength { get; }

    /// <summary>Gets the value above which a single output means yes.</summary>
    public abstract float Threshold { get; }

    public abstract int ArenaBytes { get; }

    public abstract int WeightsLength { get; }

    public abstract NetworkSummary Summary { get; }

    public abstract TrainingPlan Training { get; }

    public abstract IReadOnlyList<ParameterTensor> Parameters { get; }

    public abstract Span<float> Weights { get; }

    public static LoadedNetwork Create(Type type, int seed) => Wrap(Activator.CreateInstance(type, seed)!);

    public static LoadedNetwork Wrap(object instance) =>
        (LoadedNetwork)Activator.CreateInstance(typeof(LoadedNetwork<>).MakeGenericType(instance.GetType()), instance)!;

    /// <summary>The class's own static Load.</summary>
    public LoadedNetwork Load(string path) =>
        Wrap(Instance.GetType().GetMethod("Load", [typeof(string)])!.Invoke(null, [path])!);

    /// <summary>The class's own static Load in an order that the caller knows.</summary>
    public LoadedNetwork Load(string path, WeightOrder order) =>
        Wrap(Instance.GetType().GetMethod("Load", [typeof(string), typeof(WeightOrder)])!.Invoke(null, [path, order])!);

    /// <summary>The class's own static Load of a file with other names.</summary>
    public LoadedNetwork Load(string path, IReadOnlyDictionary<string, string> names)
    {
        var load = Instance.GetType().GetMethod("Load", [typeof(string), typeof(IReadOnlyDictionary<string, string>)])!;
        return Wrap(load.Invoke(null, [path, names])!);
    }

    /// <summary>A public constant of the class.</summary>
    public object Constant(string name) => Instance.GetType().GetField(name)!.GetRawConstantValue()!;

    /// <summary>Inference in memory of the caller's, unchecked.</summary>
    public abstract void Run(ref float input, ref float output, ref float arena);

    public abstract void TrainForward(int phase, Span<float> workspace, int capacity, int count, ulong seed);

    public abstract void TrainBackward(
        int phase, Span<float> gradients, Span<float> workspace, int capacity, int count, ulong seed, int lowest = 0);

    public abstract StepCall Trainer(Optimizer optimizer, int threads);

    /// <summary>Sets every parameter from its canonical form.</summary>
    public void SetParameters(Func<ParameterTensor, float[]> values)
    {
        foreach (var parameter in Parameters)
            parameter.Pack(values(parameter), Weights);
        WeightsChanged();
    }

    /// <summary>Says that the weights have changed.</summary>
    public abstract void WeightsChanged();

    /// <summary>Writes the parameters as a file.</summary>
    public abstract void SaveTo(Stream stream);

    /// <summary>Replaces the parameters by those of a file.</summary>
    public abstract void LoadFrom(byte[] file);

    /// <summary>A tensor in its canonical form, of the weights or of gradients.</summary>
    public static float[] Canonical(ParameterTensor parameter, ReadOnlySpan<float> kernelOrder)
    {
        var values = new float[parameter.Length];
        parameter.Unpack(kernelOrder, values);
        return values;
    }

    /// <summary>The outputs of several inputs, one call each.</summary>
    public float[] ForwardEach(ReadOnlySpan<float> inputs)
    {
        var count = inputs.Length / InputLength;
        var outputs = new float[count * OutputLength];
        for (var n = 0; n < count; n++)
            Forward(inputs.Slice(n * InputLength, InputLength), outputs.AsSpan(n * OutputLength, OutputLength));
        return outputs;
    }

    private T Member<T>(string name)
        where T : Delegate
    {
        var parameters = typeof(T).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        return Instance.GetType().GetMethod(name, BindingFlags.Public | BindingFlags.Instance, parameters)!.CreateDelegate<T>(Instance);
    }
}

/// <inheritdoc/>
internal sealed class LoadedNetwork<TNetwork>(TNetwork network) : LoadedNetwork(network)
    where TNetwork : class, INetwork<TNetwork>
{
    public override int InputLength => TNetwork.InputLength;

    public override int OutputLength => TNetwork.OutputLength;

    public override int MainOutputLength => TNetwork.MainOutputLength;

    public override float Threshold => TNetwork.Threshold;

    public override int ArenaBytes => TNetwork.ArenaBytes;

    public override int WeightsLength => TNetwork.WeightsLength;

    public override NetworkSummary Summary => TNetwork.Summary;

    public override TrainingPlan Training => TNetwork.Training;

    public override IReadOnlyList<ParameterTensor> Parameters => TNetwork.Parameters;

    public override Span<float> Weights => network.Weights;

    public override void WeightsChanged() => network.WeightsChanged();

    public override void SaveTo(Stream stream) => NetworkWeights.Save(network, stream);

    public override void LoadFrom(byte[] file)
    {
        using var stream = new MemoryStream(file);
        NetworkWeights.LoadInto(network, stream);
    }

    public override void Run(ref float input, ref float output, ref float arena)
    {
        var weights = new GuardedMemory(network.InferenceWeights);
        TNetwork.Run(ref weights.Start, ref input, ref output, ref arena);
        Assert.Equal(network.InferenceWeights, weights.Checked("weights"));
    }

    public override void TrainForward(int phase, Span<float> workspace, int capacity, int count, ulong seed)
    {
        var (weights, floats) = (new GuardedMemory(Weights), new GuardedMemory(workspace));
        TNetwork.TrainForward(phase, ref weights.Start, ref floats.Start, capacity, count, seed);
        Assert.Equal(Weights, weights.Checked("weights"));
        floats.Checked("workspace").CopyTo(workspace);
    }

    public override void TrainBackward(
        int phase, Span<float> gradients, Span<float> workspace, int capacity, int count, ulong seed, int lowest = 0)
    {
        var (weights, sums, floats) = (new GuardedMemory(Weights), new GuardedMemory(gradients), new GuardedMemory(workspace));
        TNetwork.TrainBackward(phase, ref weights.Start, ref sums.Start, ref floats.Start, capacity, count, seed, lowest);
        Assert.Equal(Weights, weights.Checked("weights"));
        sums.Checked("gradients").CopyTo(gradients);
        floats.Checked("workspace").CopyTo(workspace);
    }

    public override StepCall Trainer(Optimizer optimizer, int threads) =>
        new Trainer<TNetwork>(network, optimizer, threads: threads).Step;
}
