using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Random graphs of all layers, compiled and run at both vector widths, against the reference.</summary>
public sealed class RandomGraphTests
{
    internal const int BatchSize = 25;

    internal const int SeedCount = 40;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, SeedCount)];

    /// <remarks>
    /// Every second batch poisons the memory that holds nothing, so that whatever reads it shows. Half of each share their inferences among threads.
    /// </remarks>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Compiled_graphs_compute_what_the_reference_computes(int seed)
    {
        var genes = RandomGraphs.Draw((ulong)seed, BatchSize);
        var checks = new Checks(seed % 2 == 0, seed % 4 is 1 or 2);
        if (FirstFault(genes, checks) is not { } found)
            return;
        var smallest = Shrink(found, checks);
        var declarations = $"{smallest.Genes.Express().Declaration("Smallest")}shrunk from\n{found.Genes.Express().Declaration("Found")}";
        Assert.Fail($"{smallest.Message}\nSeed {seed}: {found.Message}\n{declarations}");
    }

    /// <summary>Takes steps away as long as what remains is wrong too, and in the same way.</summary>
    private static Fault Shrink(Fault fault, Checks checks)
    {
        while (FirstFault([.. fault.Genes.Smaller()], checks, fault.Compiles) is { } smaller)
            fault = smaller;
        return fault;
    }

    /// <param name="genes">The networks.</param>
    /// <param name="checks">How they are compiled.</param>
    /// <param name="compiles">Which faults count: of networks that compile, of those that do not; all where null.</param>
    private static Fault? FirstFault(List<GraphGenes> genes, Checks checks, bool? compiles = null)
    {
        if (genes.Count == 0)
            return null;
        var architectures = genes.Select(gene => gene.Express()).ToList();
        NetworkBatch batch;
        try
        {
            batch = Compile(architectures, checks);
        }
        catch (InvalidOperationException) when (architectures.Count > 1)
        {
            // One of them does not compile; by itself it says so.
            return genes.Select(gene => FirstFault([gene], checks, compiles)).FirstOrDefault(fault => fault is not null);
        }
        catch (InvalidOperationException exception)
        {
            return compiles == true ? null : new Fault(genes[0], false, exception.Message);
        }

        if (compiles == false)
            return null;
        for (var i = 0; i < architectures.Count; i++)
        {
            var fault = Record.Exception(() => ReferenceComparison.CheckWidths(batch, "Random.Network" + i, architectures[i]));
            if (fault is not null)
                return new Fault(genes[i], true, fault.Message);
        }

        return null;
    }

    private static NetworkBatch Compile(List<Architecture> architectures, Checks checks)
    {
        var source = new StringBuilder("namespace Random;\n\n");
        for (var i = 0; i < architectures.Count; i++)
            source.Append(architectures[i].Declaration("Network" + i)).Append('\n');
        return NetworkBatch.Compile(source.ToString(), checkMemory: checks.Memory, share: checks.Share);
    }

    /// <summary>How a batch is compiled.</summary>
    /// <param name="Memory">Whether memory that holds nothing is poisoned.</param>
    /// <param name="Share">Whether inferences can be shared.</param>
    private sealed record Checks(bool Memory, bool Share);

    /// <summary>The fault of a network.</summary>
    private sealed record Fault(GraphGenes Genes, bool Compiles, string Message);
}
