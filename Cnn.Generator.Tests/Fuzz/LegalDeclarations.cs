using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Tests.EndToEnd;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Fuzz;

/// <summary>Declarations of a batch that are legal: their code compiles without a warning and computes what the reference does.</summary>
internal sealed class LegalDeclarations
{
    /// <summary>Elements of a value, and multiply-adds, that the reference, in scalar double precision, can afford.</summary>
    private const int LargestValue = 20_000;
    private const int LargestNetwork = 1_000_000;

    private readonly List<(INamedTypeSymbol Type, Network Network)> _networks = [];
    private readonly HashSet<string> _blocks = [];

    public int Count => _networks.Count;

    public void Add(INamedTypeSymbol type, Network network, IEnumerable<string> blocks)
    {
        _networks.Add((type, network));
        _blocks.UnionWith(blocks);
    }

    /// <summary>Compiles them with the blocks that they use, and compares those that the reference can afford.</summary>
    /// <param name="blocks">All blocks of the batch, one per line.</param>
    /// <returns>How many were compared.</returns>
    public int Check(string blocks)
    {
        if (Count == 0)
            return 0;
        var used = blocks.Split('\n').Where((line, index) => index == 0 || _blocks.Contains("B" + (index - 1)));
        SyntaxTree[] trees = [.. _networks.Select(legal => legal.Type.DeclaringSyntaxReferences[0].SyntaxTree).Distinct()];
        var run = Harness.Run(Harness.Compilation(
            true, [Harness.Parse(DeclarationSoup.Shared), Harness.Parse(string.Join('\n', used)), .. trees]));
        Assert.Empty(run.Diagnostics);
        using var image = new MemoryStream();
        var emitted = run.Output.Emit(image);

        // The soup itself has fields that nobody reads.
        var generated = run.Files.Select(file => file.SyntaxTree).ToHashSet();
        Assert.Empty(emitted.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error
            || (problem.Severity == DiagnosticSeverity.Warning && generated.Contains(problem.Location.SourceTree!))));
        image.Position = 0;
        var assembly = Harness.Load(image);
        return _networks.Count(legal => IsSmall(legal.Network) && !IsGeneric(legal.Type)
            && ReferenceComparison.CheckInference(
                LoadedNetwork.Create(assembly.GetType(NameOf(legal.Type), true)!, seed: 1),
                DeclaredReference.Of(legal.Network),
                legal.Network.Numerics == NumericsMode.Fast));
    }

    private static bool IsSmall(Network network) =>
        network.Nodes.Sum(node => node.Layer.MultiplyAdds(node.Input) + node.Layer.ParameterCount(node.Input)) <= LargestNetwork
        && network.Nodes.All(node => node.Output.LongLength <= LargestValue && node.Input.LongLength <= LargestValue);

    private static bool IsGeneric(INamedTypeSymbol type) => type.IsGenericType || (type.ContainingType is { } outer && IsGeneric(outer));

    private static string NameOf(INamedTypeSymbol type) =>
        (type.ContainingType is { } outer ? NameOf(outer) + "+" : type.ContainingNamespace + ".") + type.MetadataName;
}
