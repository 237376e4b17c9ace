using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator;
using Cnn.Generator.Planning;
using Cnn.Generator.Tests.Support;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>The arenas of the zoo: small, and used as planned.</summary>
public sealed class MemoryTests
{
    private const double Excess = 1.1;

    [Theory]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void The_arena_is_within_a_tenth_of_what_lives_at_once(string name, string order)
    {
        var declarations = ZooSource.Of(order);
        var state = CompilerPipeline.Check(Declarations.Parse(declarations[name], declarations["NormRelu"]), CancellationToken.None);
        var lifetimes = ArenaPlanner.Lifetimes(state.Inference!);

        var largest = Enumerable.Range(0, state.Inference!.Steps.Count).Max(step => LiveAt(step, lifetimes));

        Assert.True(largest > 0);
        Assert.True(
            state.Arena!.Floats <= Excess * largest,
            $"{state.Arena.Floats} floats are planned where {largest} live at once.");
    }

    /// <summary>
    /// A build with CnnCheckMemory fills memory that is not live with NaN and refuses a write after the end of a tensor. The zoo gives the
    /// same bits.
    /// </summary>
    [Theory]
    [InlineData("hwc")]
    [InlineData("chw")]
    public void A_build_that_checks_memory_computes_the_same_bits(string order)
    {
        var assembly = Harness.Load(ZooSource.Generate(order, checkMemory: true));
        foreach (var name in Networks.Names)
        {
            var plain = Networks.Get(name, order);
            var guarded = ZooNetwork.Of(assembly.GetType("ZooExample." + name, throwOnError: true)!);
            var input = plain.Input(seed: 1);

            var expected = plain.Create(seed: 1).Output(plain, input);
            var actual = guarded.Create(seed: 1).Output(guarded, input);

            Assert.True(guarded.ArenaBytes > plain.ArenaBytes, name + " is not checked.");
            Assert.All(expected, value => Assert.True(float.IsFinite(value), name));
            Assert.True(expected.AsSpan().SequenceEqual(actual), name + " computes other bits.");
        }
    }

    private static int LiveAt(int step, IReadOnlyList<Lifetime> lifetimes) =>
        lifetimes.Where(tensor => tensor.First <= step && step <= tensor.Last).Sum(tensor => tensor.Floats);
}
