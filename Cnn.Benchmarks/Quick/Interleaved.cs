using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime;
using System.Threading;

namespace Cnn.Benchmarks.Quick;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">The name in the report.</param>
/// <param name="Sample">Makes the given number of calls and returns the microseconds of one.</param>
internal sealed record Contender(string Name, Func<int, double> Sample)
{
    /// <summary>A contender that runs in this process.</summary>
    public static Contender InProcess(string name, Action call) => new(name, calls =>
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    });
}

/// <summary>Microseconds per call over the rounds.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Median">Half of the rounds were faster.</param>
/// <param name="Minimum">The fastest round.</param>
/// <param name="P90">Nine tenths of the rounds were faster.</param>
internal sealed record Measurement(string Name, double Median, double Minimum, double P90)
{
    /// <summary>Sums up samples, in any order.</summary>
    public static Measurement Of(string name, IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        return new Measurement(name, sorted[sorted.Length / 2], sorted[0], sorted[sorted.Length * 9 / 10]);
    }
}

/// <summary>
/// Measures contenders in alternation, each round in another order: machines have slow phases, and these then slow all alike. The
/// machine's peak is sampled in every round too.
/// </summary>
internal static class Interleaved
{
    private const int WarmUpCalls = 40;
    private const int JitTiers = 3;
    private const int MostJitWaits = 40;
    private const double WarmUpMilliseconds = 300;

    /// <summary>
    /// Runs the rounds and returns one measurement per contender, and the median peak in billions of multiply-adds per second.
    /// </summary>
    /// <param name="contenders">Who is measured.</param>
    /// <param name="rounds">Samples each.</param>
    /// <param name="sampleMilliseconds">About how long one sample takes.</param>
    /// <param name="pause">Milliseconds before a sample, for the threads of the contender before it to stop looking for work.</param>
    public static (Measurement[] Measurements, double Peak) Run(
        IReadOnlyList<Contender> contenders, int rounds, double sampleMilliseconds, int pause = 0)
    {
        var calls = contenders.Select(contender => Calls(contender, sampleMilliseconds)).ToArray();
        var samples = contenders.Select(_ => new List<double>()).ToArray();
        var peaks = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            peaks.Add(FmaPeak.Sample());
            for (var place = 0; place < contenders.Count; place++)
            {
                var index = (place + round) % contenders.Count;
                if (pause > 0)
                    Thread.Sleep(pause);

                // Each finds the caches as its own calls leave them, whoever had them before.
                contenders[index].Sample(1);
                samples[index].Add(contenders[index].Sample(calls[index]));
            }
        }

        Measurement[] measurements = [.. contenders.Select((contender, index) => Measurement.Of(contender.Name, samples[index]))];
        return (measurements, Measurement.Of("peak", peaks).Median);
    }

    private static int Calls(Contender contender, double sampleMilliseconds)
    {
        // The first call may compile; the JIT compiles what is called often in the background, some of it with counters first.
        contender.Sample(1);
        var warmUp = Math.Clamp((int)(WarmUpMilliseconds * 1000 / contender.Sample(1)), 1, WarmUpCalls);
        for (var tier = 0; tier < JitTiers; tier++)
        {
            contender.Sample(warmUp);
            WaitForJit();
        }

        contender.Sample(warmUp);
        return Math.Max(1, (int)(sampleMilliseconds * 1000 / contender.Sample(2)));
    }

    /// <summary>
    /// Waits until the JIT has compiled nothing for longer than it waits itself before it begins in the background; it may have other methods
    /// in its queue, such as those of a compiler in this process.
    /// </summary>
    private static void WaitForJit()
    {
        var compiled = -1L;
        for (var waits = 0; waits < MostJitWaits && compiled != JitInfo.GetCompiledMethodCount(); waits++)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            Thread.Sleep(250);
        }
    }
}
