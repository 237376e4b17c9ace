using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Graph;
using Cnn.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Tests.Support;

/// <summary>Source read up to a declaration or a network, without the later stages.</summary>
internal static class Declarations
{
    /// <summary>Reads the first class with an input, or else with attributes of layers.</summary>
    public static ParsedDeclaration Read(params string[] sources)
    {
        var compilation = Harness.Compilation(true, [.. sources.Select((source, index) => Harness.Parse(source, $"Part{index}.cs"))]);
        return Types(compilation.Assembly.GlobalNamespace)
            .Select(type => DeclarationParser.Parse(type, null, lookForMembers: true, CancellationToken.None))
            .OfType<ParsedDeclaration>()
            .OrderBy(parsed => parsed.Declaration.Input is null)
            .First();
    }

    public static NetworkDeclaration Parse(params string[] sources) => Read(sources).Declaration;

    /// <summary>Reads, checks and shapes a network without error.</summary>
    public static Network Network(string source)
    {
        var state = CompilerPipeline.Check(Parse(source), CancellationToken.None);
        Xunit.Assert.DoesNotContain(state.Faults.ToEquatableArray(), fault => fault.IsError);
        return state.Network!;
    }

    private static System.Collections.Generic.IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
