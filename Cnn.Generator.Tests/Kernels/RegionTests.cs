using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;
using Cnn.Generator.Tests.Planning;
using Xunit;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>The regions that kernels state, held to what the printed kernels read and write when they run.</summary>
public sealed class RegionTests
{
    private const int MostOfAKind = 6;

    private static readonly Lazy<IReadOnlyList<(Step Step, KernelCall Call)>> Printed = new(() => Load(Samples));

    private static readonly Lazy<IReadOnlyList<(Step Step, KernelCall Call)>> Broken = new(() => Load(
    [
        .. new[] { "[Input(6, 6, 8)] [Conv(8, 1), MaxPool(3, Stride = 2), Conv(8, 1)]", "[Input(120)] [Dense(120), Dense(120)]" }
            .SelectMany(attributes => KernelSamples.Steps(CheckedPrograms.Of(attributes))).DistinctBy(step => step.Kernel),
    ]));

    /// <summary>Some kernels of each kind. A dropout that drops nothing hands on what it gets.</summary>
    private static IReadOnlyList<Step> Samples =>
        [.. KernelSamples.Calls.Where(step => step.Kernel is not DropoutKernel { Layer.Rate: 0 }).GroupBy(step => step.Kernel.GetType()).SelectMany(Some)];

    [Fact]
    public void A_kernel_changes_nothing_beside_the_regions_that_it_writes() => Check(RegionRules.Writes);

    [Fact]
    public void What_a_kernel_writes_depends_on_the_regions_alone_that_it_reads() => Check(RegionRules.Reads);

    [Fact]
    public void What_a_kernel_writes_depends_on_each_part_of_the_regions_that_it_reads() => Check(RegionRules.ReadsAll);

    [Fact]
    public void A_kernel_that_may_write_over_its_source_computes_the_same_there() => Check(RegionRules.InPlace);

    [Fact]
    public void A_region_too_small_for_what_is_written_is_found() => Finds<PoolKernel>("target", RegionRules.Writes, "target is written at 1", target =>
        Parameter.Writes("target", Region.Run(1)));

    [Fact]
    public void A_parameter_that_is_written_and_said_to_be_read_is_found() => Finds<PoolKernel>("target", RegionRules.Writes, "target is written at 0", target =>
        Parameter.Reads("target", target.Region));

    [Fact]
    public void A_border_that_is_cleared_without_a_word_is_found() => Finds<PoolGradientKernel>("result", RegionRules.Writes, "result is written at", result =>
        Parameter.Writes("result", Region.Run(1)));

    [Fact]
    public void A_region_too_large_for_what_is_written_is_found() => Finds<PoolKernel>("target", RegionRules.Reads, "is not written", target =>
        Parameter.Writes("target", target.Region.And(Region.Run(1, target.Region.End))));

    [Fact]
    public void A_region_too_small_for_what_is_read_is_found() => Finds<PoolKernel>("source", RegionRules.Reads, "depends on what stands beside", source =>
        Parameter.Reads("source", Region.Run(source.Region.End - 1)));

    [Fact]
    public void Weights_too_few_for_what_is_read_are_found() => Finds<ConvChannelsKernel>("weights", RegionRules.Reads, "depends on what stands beside", weights =>
        Parameter.Weights("weights", Region.Run(weights.Region.End - 1)));

    [Fact]
    public void Sums_that_are_said_to_be_written_anew_are_found() => Finds<ChannelSumsKernel>("bias", RegionRules.Reads, "depends on what stands beside", sums =>
        Parameter.Writes("bias", sums.Region));

    [Fact]
    public void Scratch_memory_that_is_a_result_is_found() => Finds<PoolKernel>("target", RegionRules.ReadsAll, "source is not read from 0 on", target =>
        Parameter.Scratch("target", target.Region.End));

    [Fact]
    public void A_region_too_large_for_what_is_read_is_found() => Finds<PoolKernel>("source", RegionRules.ReadsAll, "source is not read from 288 on", source =>
        Parameter.Reads("source", source.Region.And(Region.Run(8, 288))));

    [Fact]
    public void A_kernel_that_cannot_write_over_its_source_is_found()
    {
        var (step, call) = Broken.Value.First(printed => printed.Step.Kernel is TransposeWeightsKernel);
        var all = Region.Run(120 * 120);
        var target = AlteredKernel.Of(step.Kernel, "target", _ => Parameter.Writes("target", all).InPlace());
        var altered = AlteredKernel.Of(target, "source", _ => Parameter.Reads("source", all));

        Assert.Contains(RegionRules.InPlace(altered, call), text => text.Contains("in the place of source", StringComparison.Ordinal));
    }

    private static IReadOnlyList<(Step Step, KernelCall Call)> Load(IReadOnlyList<Step> steps) => [.. steps.Zip(PrintedKernels.Load(steps))];

    /// <summary>A few, spread evenly.</summary>
    private static IEnumerable<Step> Some(IEnumerable<Step> steps)
    {
        var all = steps.ToList();
        var count = Math.Min(all.Count, MostOfAKind);
        return Enumerable.Range(0, count).Select(i => all[i * all.Count / count]);
    }

    private static void Check(Func<Kernel, KernelCall, IEnumerable<string>> rule)
    {
        var found = new List<string>();
        foreach (var (step, call) in Printed.Value)
        {
            if (rule(step.Kernel, call).FirstOrDefault() is { } fault)
                found.Add($"{step.Kernel.GetType().Name} of {step.Name}: {fault}");
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    /// <summary>A rule finds a kernel of a kind that says something else of a parameter than it does, and nothing while it says what it does.</summary>
    private static void Finds<TKernel>(
        string parameter, Func<Kernel, KernelCall, IEnumerable<string>> rule, string fault, Func<Parameter, Parameter> change)
    {
        var (step, call) = Broken.Value.First(printed => printed.Step.Kernel is TKernel);

        Assert.Empty(rule(step.Kernel, call));
        Assert.Contains(rule(AlteredKernel.Of(step.Kernel, parameter, change), call), text => text.Contains(fault, StringComparison.Ordinal));
    }
}
