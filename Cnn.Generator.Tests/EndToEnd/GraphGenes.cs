using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The numbers of which one step of a random graph is made: what it is, and what bends it until it is legal.</summary>
internal sealed record StepGene(int Kind, int A, int B, int C, int D, bool Flag);

/// <summary>Genes of a random graph; any of them, and any part of them, give a legal architecture.</summary>
internal sealed record GraphGenes(int Height, int Width, int Channels, bool IsHwc, StepGene[] Steps, int Block, int Samples)
{
    public Architecture Express() => new GraphExpression(this).Architecture();

    /// <summary>All genes that lack one step, for shrinking.</summary>
    public IEnumerable<GraphGenes> Smaller() => Enumerable.Range(0, Steps.Length)
        .Select(i => this with { Steps = [.. Steps[..i], .. Steps[(i + 1)..]] })
        .Concat(Block > 0 ? [this with { Block = 0 }] : Array.Empty<GraphGenes>())
        .Concat(Samples > 2 ? [this with { Samples = 2 }] : Array.Empty<GraphGenes>());
}
