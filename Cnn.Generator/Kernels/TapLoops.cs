using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The loops over the taps of a kernel: outer loops, and an innermost run whose taps follow each other in the weights and at one distance in
/// the source. The run is unrolled a little. The weights move on without a gap through all loops; in the source one index serves the
/// references to all pixels, so that a turn takes few instructions, and short ones.
/// </summary>
internal static class TapLoops
{
    private const string Index = "i";

    /// <summary>Prints the loops.</summary>
    /// <param name="body">Where to.</param>
    /// <param name="loops">The outer loops, and by how much each turn moves the source.</param>
    /// <param name="run">Taps of the innermost run.</param>
    /// <param name="sourceStep">The floats of the source from one tap to the next.</param>
    /// <param name="weightStep">The floats of the weights from one tap to the next.</param>
    /// <param name="unroll">The most taps of a turn.</param>
    /// <param name="emitTap">Prints a tap, given its number in the weights' turn, the source's index, and the distance from it.</param>
    /// <param name="fetched">The floats of later weights that each tap fetches into the cache, from <c>next</c> on; 0 for none.</param>
    public static void Emit(
        KernelBody body,
        IReadOnlyList<(string Index, int Count, int Stride)> loops,
        int run,
        int sourceStep,
        int weightStep,
        int unroll,
        Action<int, string, int> emitTap,
        int fetched = 0)
    {
        var real = loops.Where(loop => loop.Count > 1).ToList();
        var scopes = new Stack<KernelBody.Scope>();
        foreach (var (index, count, _) in real)
            scopes.Push(body.For(index, count));
        var start = string.Join(" + ", real.Select(loop => $"{loop.Index} * {Text.Number(loop.Stride)}"));
        unroll = Choose(run, Math.Max(1, unroll));
        var turns = run / unroll > 1 ? run / unroll : 0;
        var rest = run - (turns * unroll);
        var length = turns * unroll * sourceStep;
        if (start.Length > 0)
            body.Declare(LocalType.Native, Index, start);
        if (turns > 0)
        {
            var step = unroll * sourceStep;
            var head = start.Length > 0
                ? new Counted(LocalType.Native, Index, null, Offset.Of(length, (Index, 1)), step) { EndName = "end" }
                : new Counted(LocalType.Native, Index, "0", length, step);
            if (fetched > 0 && start.Length > 0)
                body.Refer("ahead", Kernel.PlaceOf("next", 0, [.. Behind(real, run).Select(loop => (loop.Index, loop.Floats * fetched))]));
            using (body.Open(head))
            {
                for (var line = 0; line < fetched * unroll; line += Machine.Usual.LineFloats)
                    body.Add(new Fetch(Kernel.PlaceOf(start.Length > 0 ? "ahead" : "next", line, (Index, fetched))));
                for (var tap = 0; tap < unroll; tap++)
                    emitTap(tap, Index, tap * sourceStep);
                body.Advance("w", unroll * weightStep);
            }
        }

        for (var tap = 0; tap < rest; tap++)
            emitTap(tap, start.Length > 0 ? Index : "", (start.Length > 0 ? 0 : length) + (tap * sourceStep));
        if (rest > 0 && real.Count > 0)
            body.Advance("w", rest * weightStep);
        while (scopes.Count > 0)
            scopes.Pop().Dispose();
    }

    /// <summary>By how much the taps that a loop's turn passes are behind the floats of the source that it passes.</summary>
    private static IEnumerable<(string Index, int Floats)> Behind(List<(string Index, int Count, int Stride)> loops, int run)
    {
        var taps = run;
        for (var level = loops.Count - 1; level >= 0; level--)
        {
            yield return (loops[level].Index, taps - loops[level].Stride);
            taps *= loops[level].Count;
        }
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
