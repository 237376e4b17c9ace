using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;
using Cnn.Generator.Tests.EndToEnd;
using Cnn.Generator.Tests.Planning;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>Kernels of every kind, as networks call them.</summary>
internal static class KernelSamples
{
    private static readonly Lazy<IReadOnlyList<Step>> Distinct = new(() => [.. Programs().SelectMany(Steps).DistinctBy(step => step.Kernel)]);

    /// <summary>Gets the kernels.</summary>
    public static IEnumerable<Kernel> All => Distinct.Value.Select(step => step.Kernel);

    /// <summary>Gets a call of each.</summary>
    public static IReadOnlyList<Step> Calls => Distinct.Value;

    private static IEnumerable<CompilerState> Programs()
    {
        string[] declared =
        [
            "[Input(32, 32, 3, Scale = 0.004)] [Conv(6, 5), Relu, MaxPool(2), Conv(16, 5), Relu, MaxPool(2), Flatten, Dense(120), Relu, Dense(10)]",
            "[Input(16, 16, 16)] [Conv(16, 3, Padding = 1), SpatialDropout(0.5), GlobalAvgPool, Flatten, Dense(1400), Relu, Dense(400)]",
            "[Input(40)] [Dense(1400), Relu, Dense(1300), Relu, Dropout(0.5), Dense(12), Softmax]",
        ];
        var graphs = Enumerable.Range(1, 3).SelectMany(seed => RandomGraphs.Draw((ulong)seed, 25)).Select(genes => genes.Express());
        var structures = typeof(StructureNetworks).GetMethods()
            .Where(method => method.ReturnType == typeof(IEnumerable<EndToEnd.Architecture>))
            .SelectMany(method => new[] { true, false }.SelectMany(isHwc => (IEnumerable<EndToEnd.Architecture>)method.Invoke(null, [isHwc])!));
        return declared.Select(attributes => CheckedPrograms.Of(attributes))
            .Concat(new[] { "MobileNetV2", "ResNet8" }.Select(name => CheckedPrograms.OfZoo(name, isPlanar: false)))
            .Concat(structures.Concat(graphs).Select((architecture, i) => CheckedPrograms.Of(architecture, isShared: i % 3 == 0)));
    }

    /// <summary>All calls of a network, of inference and of training.</summary>
    public static IEnumerable<Step> Steps(CompilerState state) =>
    [
        .. state.Inference!.Steps,
        .. state.Bytes?.Program.Steps ?? [],
        .. state.Batch?.Program.Steps.Select(step => step.Step) ?? [],
        .. state.Training!.Forward.Concat(state.Training.Backward).Select(step => step.Step).OfType<Step>(),
    ];
}
