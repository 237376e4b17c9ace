using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;
using Xunit;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>The regions that kernels state, held to what the printed kernels read and write when they run.</summary>
public sealed class RegionTests
{
    private const int MostOfAKind = 6;

    private static readonly Lazy<IReadOnlyList<(Step Step, KernelCall Call)>> Printed = new(() =>
        [.. Samples.Zip(PrintedKernels.Load(Samples))]);

    /// <summary>Some kernels of each kind. A dropout that drops nothing hands on what it gets.</summary>
    private static IReadOnlyList<Step> Samples =>
        [.. KernelSamples.Calls.Where(step => step.Kernel is not DropoutKernel { Layer.Rate: 0 }).GroupBy(step => step.Kernel.GetType()).SelectMany(Some)];

    [Fact]
    public void A_kernel_changes_nothing_beside_the_regions_that_it_writes() => Check((step, call) =>
    {
        var before = new KernelMemory(step.Kernel, 1).Spoil(float.NaN);
        var after = before.Copy().Run(call);
        return before.Parameters.SelectMany((parameter, p) => after.Differing(before, p)
            .Where(place => !parameter.IsWritten || !before.IsInside(p, place))
            .Select(place => $"{parameter.Name} is written at {before.FromReference(p, place)}"));
    });

    [Fact]
    public void What_a_kernel_writes_depends_on_the_regions_alone_that_it_reads() => Check((step, call) =>
    {
        var one = new KernelMemory(step.Kernel, 1).Run(call);
        var other = new KernelMemory(step.Kernel, 1).Spoil(float.NaN).Run(call);
        return Results(one).SelectMany(p => other.Differing(one, p)
            .Where(place => one.IsInside(p, place))
            .Select(place => $"{one.Parameters[p].Name} at {one.FromReference(p, place)} depends on what stands beside what it reads, or is not written"));
    });

    [Fact]
    public void What_a_kernel_writes_depends_on_each_part_of_the_regions_that_it_reads() => Check((step, call) =>
    {
        var result = new KernelMemory(step.Kernel, 1).Run(call);
        var read = result.Parameters.Select((parameter, p) => (parameter, p)).Where(of => of.parameter.IsRead);
        return
            from of in read
            from box in of.parameter.Region.Boxes
            where !box.IsEmpty
            let other = new KernelMemory(step.Kernel, 1).Spoil(of.p, box).Run(call)
            where !Results(result).Any(p => other.Differing(result, p).Any()) || (of.parameter.IsWritten && !IsChanged(of.p, box))
            select $"{of.parameter.Name} is not read from {box.First} on";

        bool IsChanged(int p, Box box)
        {
            var before = new KernelMemory(step.Kernel, 1);
            return result.Differing(before, p).Any(place =>
                before.FromReference(p, place) is var at && box.Runs().Any(run => at >= run.Start && at < run.Start + run.Length));
        }
    });

    [Fact]
    public void A_kernel_that_may_write_over_its_source_computes_the_same_there() => Check((step, call) =>
    {
        var apart = new KernelMemory(step.Kernel, 1).Run(call);
        var parameters = apart.Parameters.ToList();
        return
            from target in Enumerable.Range(0, parameters.Count).Where(p => parameters[p].IsInPlace)
            from source in Enumerable.Range(0, parameters.Count)
            where parameters[source].IsRead && source != target && parameters[source].Region == parameters[target].Region
            where parameters[source].Pitch == parameters[target].Pitch
            let inPlace = InPlace(step, call, target, source)
            where inPlace.Differing(apart, target).Any(place => apart.IsInside(target, place))
            select $"{parameters[target].Name} in the place of {parameters[source].Name}";
    });

    /// <summary>A few, spread evenly.</summary>
    private static IEnumerable<Step> Some(IEnumerable<Step> steps)
    {
        var all = steps.ToList();
        var count = Math.Min(all.Count, MostOfAKind);
        return Enumerable.Range(0, count).Select(i => all[i * all.Count / count]);
    }

    private static KernelMemory InPlace(Step step, KernelCall call, int target, int source)
    {
        var memory = new KernelMemory(step.Kernel, 1);
        memory.Share(target, source);
        return memory.Run(call);
    }

    /// <summary>The parameters that hold something of meaning after the call.</summary>
    private static IEnumerable<int> Results(KernelMemory memory) =>
        Enumerable.Range(0, memory.Parameters.Count).Where(p => memory.Parameters[p].Role is Role.Writes or Role.Accumulates);

    private static void Check(Func<Step, KernelCall, IEnumerable<string>> faults)
    {
        var found = new List<string>();
        foreach (var (step, call) in Printed.Value)
        {
            if (faults(step, call).FirstOrDefault() is { } fault)
                found.Add($"{step.Kernel.GetType().Name} of {step.Name}: {fault}");
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }
}
