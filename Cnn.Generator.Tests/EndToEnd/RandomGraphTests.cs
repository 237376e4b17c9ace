using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Random graphs of all layers, compiled and run at both vector widths, against the reference.</summary>
public sealed class RandomGraphTests
{
    private const int BatchSize = 25;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    /// <remarks>Every second batch poisons the memory that holds nothing, so that whatever reads it shows.</remarks>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Compiled_graphs_compute_what_the_reference_computes(int seed)
    {
        var genes = RandomGraphs.Draw((ulong)seed, BatchSize);
        if (FirstFault(genes, seed % 2 == 0) is not { } found)
            return;
        var (smallest, fault) = Shrink(found.Genes, found.Fault, seed % 2 == 0);
        var declarations = $"{smallest.Express().Declaration("Smallest")}shrunk from\n{found.Genes.Express().Declaration("Found")}";
        Assert.Fail($"{fault}\nSeed {seed}.\n{declarations}");
    }

    /// <summary>Takes steps away as long as what remains is wrong too.</summary>
    private static (GraphGenes Genes, string Fault) Shrink(GraphGenes genes, string fault, bool checkMemory)
    {
        while (FirstFault([.. genes.Smaller()], checkMemory) is { } smaller)
            (genes, fault) = smaller;
        return (genes, fault);
    }

    private static (GraphGenes Genes, string Fault)? FirstFault(List<GraphGenes> genes, bool checkMemory)
    {
        if (genes.Count == 0)
            return null;
        var architectures = genes.Select(gene => gene.Express()).ToList();
        NetworkBatch batch;
        try
        {
            batch = Compile(architectures, checkMemory);
        }
        catch (InvalidOperationException) when (architectures.Count > 1)
        {
            // One of them does not compile; by itself it says so.
            return genes.Select(gene => FirstFault([gene], checkMemory)).FirstOrDefault(fault => fault is not null);
        }
        catch (InvalidOperationException exception)
        {
            return (genes[0], exception.Message);
        }

        for (var i = 0; i < architectures.Count; i++)
        {
            foreach (var isWide in NetworkBatch.Widths)
            {
                batch.IsWide = isWide;
                try
                {
                    ReferenceComparison.Check(batch.Create("Random.Network" + i), architectures[i]);
                }
                catch (Exception exception)
                {
                    return (genes[i], $"With vectors of {(isWide ? 256 : 128)} bits: {exception.Message}");
                }
            }
        }

        return null;
    }

    private static NetworkBatch Compile(List<Architecture> architectures, bool checkMemory)
    {
        var source = new StringBuilder("namespace Random;\n\n");
        for (var i = 0; i < architectures.Count; i++)
            source.Append(architectures[i].Declaration("Network" + i)).Append('\n');
        return NetworkBatch.Compile(source.ToString(), checkMemory: checkMemory);
    }
}
