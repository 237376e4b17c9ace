using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>The promises of a kernel's parameters, asked of the kernel while it runs. Each rule gives sentences about what is broken.</summary>
internal static class RegionRules
{
    /// <summary>It changes nothing beside the regions that it writes.</summary>
    public static IEnumerable<string> Writes(Kernel kernel, KernelCall call)
    {
        var before = new KernelMemory(kernel, 1).Spoil(float.NaN);
        var after = before.Copy().Run(call);
        return before.Parameters.SelectMany((parameter, p) => after.Differing(before, p)
            .Where(place => !parameter.IsWritten || !before.IsInside(p, place))
            .Select(place => $"{parameter.Name} is written at {before.FromReference(p, place)}"));
    }

    /// <summary>Its results depend on the regions alone that it reads, and all of them are written.</summary>
    public static IEnumerable<string> Reads(Kernel kernel, KernelCall call)
    {
        var one = new KernelMemory(kernel, 1).Run(call);
        var other = new KernelMemory(kernel, 1).Spoil(float.NaN).Run(call);
        return Results(one).SelectMany(p => other.Differing(one, p)
            .Where(place => one.IsInside(p, place))
            .Select(place => $"{one.Parameters[p].Name} at {one.FromReference(p, place)} depends on what stands beside what it reads, or is not written"));
    }

    /// <summary>Its results depend on each part of the regions that it reads.</summary>
    public static IEnumerable<string> ReadsAll(Kernel kernel, KernelCall call)
    {
        var result = new KernelMemory(kernel, 1).Run(call);
        var read = result.Parameters.Select((parameter, p) => (parameter, p)).Where(of => of.parameter.IsRead);
        return
            from of in read
            from box in of.parameter.Region.Boxes
            where !box.IsEmpty
            let other = new KernelMemory(kernel, 1).Spoil(of.p, box).Run(call)
            where !Results(result).Any(p => other.Differing(result, p).Any()) || (of.parameter.IsWritten && !IsChanged(of.p, box))
            select $"{of.parameter.Name} is not read from {box.First} on";

        bool IsChanged(int p, Box box)
        {
            var before = new KernelMemory(kernel, 1);
            return result.Differing(before, p).Any(place =>
                before.FromReference(p, place) is var at && box.Runs().Any(run => at >= run.Start && at < run.Start + run.Length));
        }
    }

    /// <summary>It computes the same where it may write over its source.</summary>
    public static IEnumerable<string> InPlace(Kernel kernel, KernelCall call)
    {
        var apart = new KernelMemory(kernel, 1).Run(call);
        var parameters = apart.Parameters.ToList();
        return
            from target in Enumerable.Range(0, parameters.Count).Where(p => parameters[p].IsInPlace)
            from source in Enumerable.Range(0, parameters.Count)
            where parameters[source].IsRead && source != target && parameters[source].Region == parameters[target].Region
            where parameters[source].Pitch == parameters[target].Pitch
            where Shared(target, source).Differing(apart, target).Any(place => apart.IsInside(target, place))
            select $"{parameters[target].Name} is another in the place of {parameters[source].Name}";

        KernelMemory Shared(int target, int source)
        {
            var memory = new KernelMemory(kernel, 1);
            memory.Share(target, source);
            return memory.Run(call);
        }
    }

    /// <summary>The parameters that hold something of meaning after the call.</summary>
    private static IEnumerable<int> Results(KernelMemory memory) =>
        Enumerable.Range(0, memory.Parameters.Count).Where(p => memory.Parameters[p].Role is Role.Writes or Role.Accumulates);
}
