using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Cnn.Benchmarks.Tuning;
using Cnn.Generator;
using Cnn.Generator.Emission;
using Cnn.Generator.Scheduling;

namespace Cnn.Benchmarks.Zoo;

/// <summary>The time of one step of an inference.</summary>
/// <param name="Layer">The sentence of the generated code that describes it.</param>
/// <param name="Kernel">The kernel, with the reason for its choice.</param>
/// <param name="MultiplyAdds">The multiply-adds of the layer; 0 if it has none, or if another step computes it.</param>
/// <param name="Microseconds">The median.</param>
internal sealed record LayerTime(string Layer, string Kernel, long MultiplyAdds, double Microseconds);

/// <summary>
/// The steps of an inference, one by one: the same kernels in the same memory as in the network, each timed by itself within the whole, so
/// that caches are as warm as they are there.
/// </summary>
internal static class LayerTimes
{
    private const int FewestRuns = 9;
    private const int MostRuns = 300;
    private const double Milliseconds = 1500;

    /// <summary>After this number of calls and this time the JIT has optimised all it will.</summary>
    private const int WarmUpRuns = 40;
    private const double WarmUpMilliseconds = 400;

    private delegate void StepCall(int step, ref float weights, ref float input, ref float output, ref float arena);

    /// <summary>Times them.</summary>
    /// <param name="state">The network after all stages except the last.</param>
    /// <param name="weights">The weights of inference.</param>
    /// <param name="input">An input.</param>
    public static IReadOnlyList<LayerTime> Measure(CompilerState state, float[] weights, float[] input)
    {
        var (program, arena) = (state.Inference!, state.Arena!);
        var call = PrintedKernels.Compile<StepCall>(PrintedKernels.Print(
            "int step, ref float weights, ref float input, ref float output, ref float arena",
            (writer, table) =>
            {
                for (var i = 0; i < program.Steps.Count; i++)
                {
                    using (writer.Block($"if (step == {i})"))
                    {
                        writer.Line("var turns = default(Turns);");
                        CallEmitter.Emit(writer, table, program.Steps[i], operand => InferenceEmitter.Text(arena, operand), "");
                        writer.Line("return;");
                    }
                }
            }));
        var memory = new float[arena.Floats + 64];
        var output = new float[state.Network!.Output.Length];
        var samples = program.Steps.Select(_ => new List<double>()).ToArray();
        for (var begin = Stopwatch.GetTimestamp(); samples[0].Count < WarmUpRuns || Elapsed(begin) < WarmUpMilliseconds;)
            Sample();
        foreach (var times in samples)
            times.Clear();
        for (var begin = Stopwatch.GetTimestamp(); samples[0].Count < FewestRuns || (samples[0].Count < MostRuns && Elapsed(begin) < Milliseconds);)
            Sample();

        return [.. samples.Select((times, i) => Describe(state, program, i, times.Order().ElementAt(times.Count / 2)))
            .GroupBy(time => (time.Layer, time.Kernel, time.MultiplyAdds))
            .Select(group => group.First() with { Microseconds = group.Sum(time => time.Microseconds) })];

        void Sample()
        {
            for (var step = 0; step < samples.Length; step++)
            {
                var start = Stopwatch.GetTimestamp();
                call(step, ref weights[0], ref input[0], ref output[0], ref memory[0]);
                samples[step].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }
    }

    private static double Elapsed(long begin) => Stopwatch.GetElapsedTime(begin).TotalMilliseconds;

    private static LayerTime Describe(CompilerState state, InferenceProgram program, int index, double microseconds)
    {
        var step = program.Steps[index];
        var node = state.Network!.Nodes[Math.Max(0, step.Node)];
        var isLayer = step.Node >= 0 && step.Name == Names.Method(node.Name);
        return new LayerTime(step.Comment, step.Kernel.Reason, isLayer ? node.Layer.MultiplyAdds(node.Input) : 0, microseconds);
    }
}
