using System;
using System.Collections.Generic;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The loops over the taps of a kernel: outer loops that move the source, and an innermost run whose taps follow each other
/// in the weights and at one distance in the source. The run is unrolled a little; the weights move on without a gap through all loops.
/// </summary>
internal static class TapLoops
{
    public static void Emit(
        CodeWriter writer,
        IReadOnlyList<(string Index, int Count, int Stride)> loops,
        int run,
        int sourceStep,
        int weightStep,
        int unroll,
        Action<int> emitTap)
    {
        var real = new List<(string Index, int Count, int Stride)>();
        foreach (var loop in loops)
        {
            if (loop.Count > 1)
                real.Add(loop);
        }

        EmitLevel(writer, real, 0, run, sourceStep, weightStep, Math.Max(1, unroll), emitTap);
    }

    private static void EmitLevel(
        CodeWriter writer,
        List<(string Index, int Count, int Stride)> loops,
        int level,
        int run,
        int sourceStep,
        int weightStep,
        int unroll,
        Action<int> emitTap)
    {
        if (level == loops.Count)
        {
            EmitRun(writer, run, sourceStep, weightStep, unroll, emitTap, restore: level > 0);
            return;
        }

        var (index, count, stride) = loops[level];
        using (writer.Block($"for (int {index} = 0; {index} < {count}; {index}++)"))
        {
            var saved = "s" + index;
            writer.Line($"ref float {saved} = ref s;");
            EmitLevel(writer, loops, level + 1, run, sourceStep, weightStep, unroll, emitTap);
            writer.Line($"s = ref Add(ref {saved}, {stride});");
        }
    }

    private static void EmitRun(
        CodeWriter writer, int run, int sourceStep, int weightStep, int unroll, Action<int> emitTap, bool restore)
    {
        unroll = Choose(run, unroll);
        var turns = run / unroll;
        var rest = run % unroll;
        if (turns > 1)
        {
            using (writer.Block($"for (int i = 0; i < {turns}; i++)"))
            {
                for (var tap = 0; tap < unroll; tap++)
                    emitTap(tap);
                writer.Line($"s = ref Add(ref s, {unroll * sourceStep});");
                writer.Line($"w = ref Add(ref w, {unroll * weightStep});");
            }
        }
        else
        {
            rest += turns * unroll;
        }

        for (var tap = 0; tap < rest; tap++)
            emitTap(tap);
        if (rest > 0 && restore)
            writer.Line($"w = ref Add(ref w, {rest * weightStep});");
    }

    /// <summary>The whole run where it fits, else the largest divisor that is at least half of what fits, else what fits.</summary>
    private static int Choose(int run, int fits)
    {
        if (run <= fits)
            return run;
        for (var size = fits; size * 2 >= fits && size > 0; size--)
        {
            if (run % size == 0)
                return size;
        }

        return fits;
    }
}
