using System;
using System.Linq;
using Cnn.Generator.Planning;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Generator.Tests.Planning;

public sealed class ArenaPlannerTests
{
    private const int CacheLine = 16;

    private static readonly Gen<Lifetime[]> Tensors = Gen.Select(
        Gen.Int[1, 300],
        Gen.Int[0, 12],
        Gen.Int[0, 6],
        (floats, first, length) => new Lifetime(floats, first, first + length)).Array[0, 14];

    [Fact]
    public void Tensors_that_live_at_once_do_not_overlap()
    {
        Tensors.ForAll(tensors =>
        {
            var plan = ArenaPlanner.Place(tensors);
            for (var i = 0; i < tensors.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var behind = plan.Offsets[i] + tensors[i].Floats <= plan.Offsets[j];
                    var before = plan.Offsets[j] + tensors[j].Floats <= plan.Offsets[i];
                    Assert.True(behind || before || !LiveAtOnce(tensors[i], tensors[j]), $"Tensors {j} and {i} share floats.");
                }
            }
        });
    }

    [Fact]
    public void Tensors_begin_on_cache_lines_inside_the_arena()
    {
        Tensors.ForAll(tensors =>
        {
            var plan = ArenaPlanner.Place(tensors);
            Assert.Equal(tensors.Length, plan.Offsets.Count);
            Assert.Equal(0, plan.Floats % CacheLine);
            for (var i = 0; i < tensors.Length; i++)
            {
                Assert.Equal(0, plan.Offsets[i] % CacheLine);
                Assert.InRange(plan.Offsets[i], 0, plan.Floats - tensors[i].Floats);
            }
        });
    }

    [Fact]
    public void The_arena_is_between_the_largest_live_set_and_the_sum_of_all()
    {
        Tensors.ForAll(tensors =>
        {
            var floats = ArenaPlanner.Place(tensors).Floats;
            var largest = Enumerable.Range(0, 20)
                .Max(step => tensors.Where(tensor => tensor.First <= step && step <= tensor.Last).Sum(tensor => tensor.Floats));
            Assert.InRange(floats, largest, tensors.Sum(tensor => (tensor.Floats + CacheLine - 1) / CacheLine * CacheLine));
        });
    }

    [Fact]
    public void Tensors_of_a_chain_share_two_places()
    {
        var chain = Enumerable.Range(0, 10).Select(i => new Lifetime(160, i, i + 1)).ToArray();

        Assert.Equal(320, ArenaPlanner.Place(chain).Floats);
    }

    [Fact]
    public void The_arena_of_a_network_is_planned_once_and_for_all()
    {
        var network = Declarations.Network(Sources.Mnist);

        Assert.Equal(CompilerPipeline.Lower(network).Arena, CompilerPipeline.Lower(network).Arena);
    }

    /// <summary>
    /// conv2 reads the 14x14x6 floats that conv1 and its pooling leave, 3x5 transformed floats of each of its 16x6 kernels and 7x14x6 of the source, and
    /// writes with its pooling 5x5x16; each from a cache line on. The rest fits where that was.
    /// </summary>
    [Fact]
    public void The_lecture_network_on_planar_images_needs_14464_bytes()
    {
        var planar = Sources.Lecture.Replace("[Input(32, 32, 3)]", "[Input(32, 32, 3, Layout = Layout.Chw)]", StringComparison.Ordinal);

        Assert.Equal(14_464, CompilerPipeline.Lower(Declarations.Network(planar)).Arena.Bytes);
    }

    private static bool LiveAtOnce(Lifetime a, Lifetime b) =>
        Enumerable.Range(0, 20).Any(step => a.First <= step && step <= a.Last && b.First <= step && step <= b.Last);
}
