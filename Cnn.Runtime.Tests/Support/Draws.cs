using System;
using System.Collections.Generic;
using CsCheck;

namespace Cnn.Tests.Support;

/// <summary>
/// Random cases that are the same on every machine and in every run, so that a change is judged by what it changed.
/// <c>CNN_SEED</c>, a number, draws others.
/// </summary>
internal static class Draws
{
    private const int Cases = 100;

    private static readonly ulong Shift = ulong.Parse(Environment.GetEnvironmentVariable("CNN_SEED") ?? "0");

    /// <summary>One of these, each as often.</summary>
    public static Gen<T> From<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    public static IEnumerable<T> Of<T>(Gen<T> gen, ulong seed, int count)
    {
        var random = new PCG(1, seed + Shift);
        for (var i = 0; i < count; i++)
            yield return gen.Generate(random, null, out var _);
    }

    /// <summary>Runs the test on drawn cases; the first that fails is made smaller, and thrown by CsCheck.</summary>
    public static void ForAll<T>(this Gen<T> gen, Action<T> test, int cases = Cases)
    {
        const int Smaller = 1_000;
        var random = new PCG(1, Shift);
        for (var i = 0; i < cases; i++)
        {
            var state = random.State;
            var drawn = gen.Generate(random, null, out var _);
            try
            {
                test(drawn);
            }
            catch (Exception)
            {
                gen.Sample(test, seed: random.ToString(state), iter: Smaller, threads: 1);
                throw;
            }
        }
    }

    public static void ForAll<T1, T2>(this Gen<(T1 First, T2 Second)> gen, Action<T1, T2> test, int cases = Cases) =>
        gen.ForAll(drawn => test(drawn.First, drawn.Second), cases);

    public static void ForAll<T1, T2, T3>(
        this Gen<(T1 First, T2 Second, T3 Third)> gen, Action<T1, T2, T3> test, int cases = Cases) =>
        gen.ForAll(drawn => test(drawn.First, drawn.Second, drawn.Third), cases);

    public static void ForAll<T1, T2, T3, T4>(
        this Gen<(T1 First, T2 Second, T3 Third, T4 Fourth)> gen, Action<T1, T2, T3, T4> test, int cases = Cases) =>
        gen.ForAll(drawn => test(drawn.First, drawn.Second, drawn.Third, drawn.Fourth), cases);

    public static void ForAll<T1, T2, T3, T4, T5>(
        this Gen<(T1 First, T2 Second, T3 Third, T4 Fourth, T5 Fifth)> gen, Action<T1, T2, T3, T4, T5> test, int cases = Cases) =>
        gen.ForAll(drawn => test(drawn.First, drawn.Second, drawn.Third, drawn.Fourth, drawn.Fifth), cases);
}
