using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Random networks, compiled and run at both vector widths, against the reference.</summary>
public sealed class RandomArchitectureTests
{
    internal const int BatchSize = 30;

    internal const int SeedCount = 5;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, SeedCount)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Compiled_networks_compute_what_the_reference_computes(int seed)
    {
        var genes = RandomArchitectures.Draw((ulong)seed, BatchSize);
        var share = seed % 2 == 0;
        if (FirstFault(genes, share) is { } found)
        {
            var (smallest, fault) = Shrink(found.Genes, found.Fault, share);
            var declarations = $"{smallest.Express().Declaration("Smallest")}shrunk from\n{found.Genes.Express().Declaration("Found")}";
            Assert.Fail($"{fault}\nSeed {seed}.\n{declarations}");
        }
    }

    /// <summary>Takes layers away as long as what remains is wrong too.</summary>
    private static (ArchitectureGenes Genes, string Fault) Shrink(ArchitectureGenes genes, string fault, bool share)
    {
        while (FirstFault([.. genes.Smaller()], share) is { } smaller)
            (genes, fault) = smaller;
        return (genes, fault);
    }

    private static (ArchitectureGenes Genes, string Fault)? FirstFault(List<ArchitectureGenes> genes, bool share)
    {
        if (genes.Count == 0)
            return null;
        var architectures = genes.Select(gene => gene.Express()).ToList();
        var source = new StringBuilder("namespace Random;\n\n");
        for (var i = 0; i < architectures.Count; i++)
            source.Append(architectures[i].Declaration("Network" + i)).Append('\n');
        var batch = NetworkBatch.Compile(source.ToString(), share: share);
        for (var i = 0; i < architectures.Count; i++)
        {
            var fault = Record.Exception(() => ReferenceComparison.CheckWidths(batch, "Random.Network" + i, architectures[i]));
            if (fault is not null)
                return (genes[i], fault.Message);
        }

        return null;
    }
}
