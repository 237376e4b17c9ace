using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Benchmarks.Quick;
using Cnn.Generator;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Schedules;

namespace Cnn.Benchmarks.Tuning;

/// <summary>
/// Times every way to compute each convolution of a network on this machine, and prints what the cost model picks beside the fastest: so
/// that the model can be mended.
/// </summary>
internal static class TuneRun
{
    private const double SampleMilliseconds = 4;
    private const int Rounds = 15;

    /// <summary>Runs the networks of these names, or all; returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> names)
    {
        try
        {
            Console.WriteLine(ThisMachine.Description);
            var losses = new List<double>();
            foreach (var (name, state) in ZooDeclarations.Compile(names))
            {
                if (Measure(name, state) is { } loss)
                    losses.Add(loss);
            }

            if (losses.Count > 0)
                Report.Heading(string.Create(CultureInfo.InvariantCulture, $"Mean loss against the fastest: {losses.Average():P1}"));
            return 0;
        }
        catch (ArgumentException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    /// <returns>The part of the time that better choices would save; null where there is no choice.</returns>
    private static double? Measure(string name, CompilerState state)
    {
        var choices = state.InferenceChoices!;
        var convolutions = choices.Network.Nodes
            .Where(node => node.Layer is IConvolution)
            .Select(node => new Convolution(node, choices.Of(node).Conv!, choices.Natural(node.Sources[0]).Order, choices.Network.Numerics))
            .Where(convolution => convolution.Candidates.Count > 1)
            .GroupBy(convolution => convolution.Key)
            .Select(group => (First: group.First(), Count: group.Count()))
            .ToList();
        if (convolutions.Count == 0)
            return null;
        Report.Heading(name);
        var (picked, best) = (0.0, 0.0);
        foreach (var (convolution, count) in convolutions)
        {
            var times = Times(convolution);
            var pick = times[convolution.PickedIndex];
            picked += count * pick;
            best += count * times.Min();
            var all = string.Join("  ", convolution.Candidates.Select((candidate, i) =>
                string.Create(CultureInfo.InvariantCulture, $"{Short(candidate)}{(i == convolution.PickedIndex ? "*" : "")} {times[i]:F1}")));
            var node = convolution.Node;
            Report.Line($"{node.Name,-26} {node.Input} -> {node.Output}, {count}x: {all} us, loss {(pick / times.Min()) - 1:P0}");
        }

        Report.Line($"in all: {picked:F0} us picked (*), {best:F0} us the fastest of each, loss {(picked / best) - 1:P1}");
        return (picked / best) - 1;
    }

    private static double[] Times(Convolution convolution)
    {
        var contenders = convolution.Candidates
            .Select(candidate => Contender.InProcess(Short(candidate), new ConvProbe(convolution.Node, candidate).Prepare()))
            .ToList();
        return [.. Interleaved.Run(contenders, Rounds, SampleMilliseconds).Measurements.Select(measurement => measurement.Median)];
    }

    private static string Short(ConvChoice choice) => choice.Winograd is { } tiling
        ? string.Create(CultureInfo.InvariantCulture, $"F({tiling.Transform.Outputs}x{tiling.Transform.Outputs})")
        : choice.Way.ToString().ToLowerInvariant() + (choice.Pairs is null ? "" : " in pairs");

    /// <summary>A convolution of a network, and what was chosen for it.</summary>
    private sealed record Convolution(Node Node, ConvChoice Picked, VolumeLayout Order, NumericsMode Numerics)
    {
        /// <summary>Gets what two nodes share that are computed by the same code.</summary>
        public (ConvTask Task, VolumeLayout Order, Epilogue Epilogue) Key => (ConvTask.Of(Node.Layer, Node.Input), Order, Epilogue.Of(Node));

        public IReadOnlyList<ConvChoice> Candidates { get; } =
            ConvChoice.Candidates(ConvTask.Of(Node.Layer, Node.Input), Order, Node.Pool is not null, Numerics);

        /// <summary>Gets the number of the candidate that was chosen.</summary>
        public int PickedIndex => Candidates.Select((candidate, i) => (candidate, i))
            .First(entry => entry.candidate.Way == Picked.Way && Equals(entry.candidate.Winograd, Picked.Winograd) && Equals(entry.candidate.Pairs, Picked.Pairs)).i;
    }
}
