using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Cnn.Generator;
using Cnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Benchmarks.Tuning;

/// <summary>The networks of examples/Zoo as the compiler sees them: up to the plan of their memory, before any code is printed.</summary>
internal static class ZooDeclarations
{
    /// <summary>Reads and compiles them; the name of the class with the compiler's state behind all checks.</summary>
    /// <param name="names">Those that are wanted; all where there are none.</param>
    /// <exception cref="ArgumentException">There is no network of a name, or it has errors.</exception>
    public static IReadOnlyList<(string Name, CompilerState State)> Compile(IReadOnlyList<string> names)
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "zoo"), "*.cs").Order(StringComparer.Ordinal);
        var trees = files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path)).ToList();
        var compilation = CSharpCompilation.Create("Zoo", trees, ProjectReferences.All);
        var classes = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .Where(DeclarationParser.HasInput)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var name in names.Where(name => !classes.Any(type => IsCalled(type, name))))
            throw new ArgumentException($"There is no network {name}; there are {string.Join(", ", classes.Select(type => type.Name))}.");
        return [.. classes.Where(type => names.Count == 0 || names.Any(name => IsCalled(type, name))).Select(type => (type.Name, Check(type)))];
    }

    private static bool IsCalled(INamedTypeSymbol type, string name) => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static CompilerState Check(INamedTypeSymbol type)
    {
        var parsed = DeclarationParser.Parse(type, null, lookForMembers: false, CancellationToken.None)!;
        var state = CompilerPipeline.Check(parsed.Declaration, CancellationToken.None);
        return state.InferenceChoices is not null ? state : throw new ArgumentException($"{type.Name} does not compile. {Explain(state)}");
    }

    private static string Explain(CompilerState state)
    {
        var errors = state.Faults.ToEquatableArray().Where(fault => fault.IsError).Select(fault => fault.ToString());
        return string.Join("\n", errors.DefaultIfEmpty("Is a file missing that declares one of its attributes?"));
    }
}
