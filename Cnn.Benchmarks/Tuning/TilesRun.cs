using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using Cnn.Benchmarks.Quick;
using Cnn.Generator;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Schedules;

namespace Cnn.Benchmarks.Tuning;

/// <summary>
/// Times the schedules of each direct convolution across channels that the cost model finds nearly as good as the one it picks, and prints the pick
/// beside the fastest.
/// </summary>
internal static class TilesRun
{
    private const double SampleMilliseconds = 4;
    private const int Rounds = 21;

    /// <summary>Schedules that are timed beside the pick, the cheapest ones by the model.</summary>
    private const int MostRivals = 7;

    /// <summary>Runs the networks of these names, or all; returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> names)
    {
        try
        {
            Console.WriteLine(ThisMachine.Description);
            foreach (var (name, state) in ZooDeclarations.Compile(names))
                Measure(name, state);
            return 0;
        }
        catch (ArgumentException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private static VectorWidth Widest => Vector512.IsHardwareAccelerated ? VectorWidth.V512
        : Vector256.IsHardwareAccelerated ? VectorWidth.V256
        : VectorWidth.V128;

    private static void Measure(string name, CompilerState state)
    {
        var choices = state.InferenceChoices!;
        Report.Heading(name);
        foreach (var group in choices.Network.Nodes.Where(node => node.Layer is IConvolution)
            .Select(node => (Node: node, Probe: new ConvProbe(node, choices.Of(node).Conv!)))
            .Where(one => one.Probe.ByChannels is { Parts: 1 })
            .GroupBy(one => one.Probe.ByChannels!))
        {
            var (node, probe) = group.First();
            var kernel = group.Key;
            var picked = kernel.Passes(Widest, 0);
            var rivals = ChannelPass.All(kernel.Problem, kernel.Packing.Segments[0], Widest)
                .OrderBy(pass => pass.Cost(kernel.Geometry))
                .Select(pass => (EquatableArray<ChannelPass>)[pass])
                .Where(passes => !passes.Equals(picked))
                .Take(MostRivals);
            List<EquatableArray<ChannelPass>> all = [picked, .. rivals];
            var contenders = all.Select(passes => Contender.InProcess(Words(passes), probe.With(passes).Prepare())).ToList();
            var times = Interleaved.Run(contenders, Rounds, SampleMilliseconds).Measurements.Select(measurement => measurement.Median).ToList();
            var best = times.IndexOf(times.Min());
            Report.Line(
                $"{node.Name,-22} {node.Input} -> {node.Output}: {Words(picked)} {times[0]:F1} us; best {Words(all[best])} {times[best]:F1} us, loss {(times[0] / times[best]) - 1:P0}");
        }
    }

    private static string Words(EquatableArray<ChannelPass> passes) => string.Join(" and ", passes.Select(pass => pass.Describe()));
}
