using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Cnn.Benchmarks.Quick;
using Cnn.Benchmarks.Tuning;
using Cnn.Generator;
using Cnn.Generator.Emission;
using Cnn.Generator.Parsing;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Benchmarks.Scaling;

/// <summary>
/// Time against multiply-adds for a family of networks, four times as wide from end to end and on inputs of 32 to 256: the share of the peak must
/// have no cliff.
/// </summary>
internal static class ScaleRun
{
    private static readonly int[] Widths = [1, 2, 3, 4, 6, 8];
    private static readonly int[] Sizes = [32, 64, 96, 128, 224, 256];

    /// <summary>Work from which a network must keep up with the others.</summary>
    private const long LeastWork = 1_000_000;

    private delegate void Call(ref float weights, ref float input, ref float output, ref float arena);

    /// <summary>Measures the family and prints the table; returns 1 if a share falls below half of the median.</summary>
    public static int Run()
    {
        Console.WriteLine(ThisMachine.Description);
        Console.WriteLine();
        Console.WriteLine("| width | input | multiply-adds | us | billion per second | of the peak |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var shares = new List<(string Name, long Work, double Share)>();
        foreach (var width in Widths)
        {
            foreach (var size in Sizes)
            {
                var (work, run) = Prepare(width, size);
                var (times, peak) = Interleaved.Run([Contender.InProcess("Cnn", run)], 9, 8);
                var rate = work / times[0].Median / 1000;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| x{width} | {size} | {work:N0} | {times[0].Median:N1} | {rate:F1} | {rate / peak * 100:F0} % |"));
                shares.Add(($"width x{width}, input {size}", work, rate / peak));
            }
        }

        var counted = shares.Where(share => share.Work >= LeastWork).ToList();
        var median = counted.Select(share => share.Share).Order().ElementAt(counted.Count / 2);
        var least = counted.MinBy(share => share.Share);
        Report.Line($"median {median:P0} of the peak; least {least.Share:P0} at {least.Name}: {least.Share / median:F2} of the median");
        return least.Share < median / 2 ? 1 : 0;
    }

    /// <summary>A network in the manner of VGG: three stages of two convolutions and a pooling, each twice as wide as the one before.</summary>
    private static string Declaration(int width, int size) => $"""
        [Cnn.Input({size}, {size}, 3)]
        [Cnn.Conv({8 * width}, 3, Padding = 1), Cnn.Relu, Cnn.Conv({8 * width}, 3, Padding = 1), Cnn.Relu, Cnn.MaxPool(2)]
        [Cnn.Conv({16 * width}, 3, Padding = 1), Cnn.Relu, Cnn.Conv({16 * width}, 3, Padding = 1), Cnn.Relu, Cnn.MaxPool(2)]
        [Cnn.Conv({32 * width}, 3, Padding = 1), Cnn.Relu, Cnn.Conv({32 * width}, 1), Cnn.Relu, Cnn.GlobalAvgPool, Cnn.Flatten]
        [Cnn.Dense(10)]
        public partial class Network;
        """;

    private static (long Work, Action Run) Prepare(int width, int size)
    {
        var compilation = CSharpCompilation.Create("Family", [CSharpSyntaxTree.ParseText(Declaration(width, size))], ProjectReferences.All);
        var parsed = DeclarationParser.Parse(compilation.GetTypeByMetadataName("Network")!, null, lookForMembers: false, CancellationToken.None)!;
        var state = CompilerPipeline.Check(parsed.Declaration, CancellationToken.None);
        var network = state.Network ?? throw new InvalidOperationException(string.Join("; ", state.Faults.ToEquatableArray()));
        var (program, arena) = (state.Inference!, state.Arena!);
        var call = PrintedKernels.Compile<Call>(PrintedKernels.Print(
            "ref float weights, ref float input, ref float output, ref float arena",
            (writer, table) =>
            {
                writer.Line("var turns = default(Turns);");
                foreach (var step in program.Steps)
                    CallEmitter.Emit(writer, table, step, operand => InferenceEmitter.Text(arena, operand), "");
            }));
        var weights = Numbers(state.InferenceChoices!.WeightsLength);
        var input = Numbers(network.Input.Length);
        var (output, memory) = (new float[network.Output.Length], new float[arena.Floats + 64]);
        return (
            network.Nodes.Sum(node => node.Layer.MultiplyAdds(node.Input)),
            () => call(ref weights[0], ref input[0], ref output[0], ref memory[0]));
    }

    private static float[] Numbers(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) / 8)];
    }
}
