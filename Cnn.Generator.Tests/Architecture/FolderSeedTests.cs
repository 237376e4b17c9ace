using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>The search of <see cref="FolderDirectionTests"/> finds a use however it is written.</summary>
public sealed class FolderSeedTests
{
    /// <summary>A file of another folder, whose types the searched one uses.</summary>
    private const string Offers = """
        namespace Cnn.Generator.Emission;
        internal class Offered(string text) : System.Attribute, System.Collections.IEnumerable
        {
            public string Text => text;
            public static implicit operator int(Offered offered) => 0;
            public static Offered operator +(Offered left, int right) => left;
            public void Deconstruct(out int first, out int second) => (first, second) = (1, 2);
            public System.Collections.IEnumerator GetEnumerator() => throw new System.NotSupportedException();
        }
        internal class Generic<T> { public static readonly T? Value; }
        internal enum Choice { One }
        internal static class Extensions
        {
            public static int Twice(this int number) => 2 * number;
            public static System.Collections.Generic.IEnumerator<int> GetEnumerator(this int number) => null!;
            public static void Add(this System.Collections.Queue queue, int number) => queue.Enqueue(number);
        }
        """;

    /// <summary>A file of the folder that is searched: faulty itself, and a source of values whose types others need not name.</summary>
    private const string Given = """
        namespace Cnn.Generator.Passes;
        internal static class Given
        {
            public static Emission.Offered Value => null!;
            public static Emission.Offered[] Values => [];
            public static System.Func<Emission.Offered, int> Function => null!;
            public static T Take<T>(System.Func<Emission.Offered, T> take) => default!;
            public static void Hand(Emission.Offered? value) { }
            public static Microsoft.CodeAnalysis.SyntaxNode Node => null!;
        }
        """;

    private static readonly Folders Table = new(
        new("Infrastructure"),
        new("Graph", "Infrastructure"),
        new("Passes", "Graph"),
        new("Passes/Inner", "Passes"),
        new("Emission") { MayUseRoslyn = true });

    private static readonly Lazy<CSharpCompilation> Prepared = new(() => Folders.CompilerWith(
        ("Emission/Offers.cs", Offers),
        ("Passes/Given.cs", Given),
        ("Passes/Alias.cs", "global using Alias = Cnn.Generator.Emission.Offered;")));

    [Theory]
    [InlineData("class Seed { Emission.Offered? field; }", "Offered of Emission")]
    [InlineData("class Seed { Generator.Emission.Offered? field; }", "Offered of Emission")]
    [InlineData("class Seed { global::Cnn.Generator.Emission.Offered? field; }", "Offered of Emission")]
    [InlineData("using Cnn.Generator.Emission; class Seed { Offered? field; }", "Offered of Emission")]
    [InlineData("using Other = Cnn.Generator.Emission.Offered; class Seed { Other? field; }", "Offered of Emission")]
    [InlineData("class Seed { Alias? field; }", "Offered of Emission")]
    [InlineData("class Seed { System.Collections.Generic.List<Emission.Offered[]>? field; }", "Offered of Emission")]
    [InlineData("class Seed { (int, Emission.Offered?) field; }", "Offered of Emission")]
    [InlineData("class Seed { Emission.Generic<int>? field; }", "Generic of Emission")]
    [InlineData("class Seed : Emission.Generic<int>;", "Generic of Emission")]
    [InlineData("[Emission.Offered(\"a\")] class Seed;", "Offered of Emission")]
    [InlineData("class Seed { string Name => nameof(Emission.Offered); }", "Offered of Emission")]
    [InlineData("class Seed { object Type => typeof(Emission.Offered); }", "Offered of Emission")]
    [InlineData("class Seed { bool Is(object o) => o is Emission.Offered; }", "Offered of Emission")]
    [InlineData("/// <summary><see cref=\"Emission.Offered\"/></summary>\nclass Seed;", "Offered of Emission")]
    [InlineData("using static Cnn.Generator.Emission.Generic<int>; class Seed { int Read() => Value; }", "Generic of Emission")]
    [InlineData("using static Cnn.Generator.Emission.Choice; class Seed { int Read() => (int)One; }", "Choice of Emission")]
    [InlineData("using Cnn.Generator.Emission; class Seed { int Read() => 1.Twice(); }", "Extensions of Emission")]
    [InlineData("using Cnn.Generator.Emission; class Seed { void Read() { foreach (var i in 1) { } } }", "Extensions of Emission")]
    [InlineData("using Cnn.Generator.Emission; class Seed { System.Collections.Queue s = new() { 1 }; }", "Extensions of Emission")]
    [InlineData("class Seed { void Read() { var value = Given.Value; } }", "Offered of Emission")]
    [InlineData("class Seed { int Read() => Given.Value.Text.Length; }", "Offered of Emission")]
    [InlineData("class Seed { int Read() => Given.Value; }", "Offered of Emission")]
    [InlineData("class Seed { void Read() { var (first, second) = Given.Value; } }", "Offered of Emission")]
    [InlineData("class Seed { void Read() { foreach (var value in Given.Values) { } } }", "Offered of Emission")]
    [InlineData("class Seed { int Read() => Given.Take(value => 1); }", "Offered of Emission")]
    [InlineData("class Seed { void Read() => Given.Hand(null); }", "Offered of Emission")]
    [InlineData("class Seed { void Read() => Given.Hand(new(\"\")); }", "Offered of Emission")]
    [InlineData("class Seed { object Read() => Given.Function; }", "Offered of Emission")]
    [InlineData("class Seed { Microsoft.CodeAnalysis.ISymbol? field; }", "ISymbol of Roslyn")]
    [InlineData("class Seed { void Read() { var node = Given.Node; } }", "SyntaxNode of Roslyn")]
    [InlineData("class Seed { int Read() => Given.Node.SpanStart; }", "SyntaxNode of Roslyn")]
    [InlineData("using Microsoft.CodeAnalysis.CSharp; class Seed { bool Is() => SyntaxFacts.IsKeywordKind(0); }", "SyntaxFacts of Roslyn")]
    public void A_use_is_found(string source, string expected) =>
        Assert.Contains(Faults(source), fault => fault.EndsWith(" uses " + expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("class Seed;")]
    [InlineData("// Emission.Offered\nclass Seed { string Text => \"Cnn.Generator.Emission.Offered, Microsoft.CodeAnalysis.ISymbol\"; }")]
    [InlineData("using Cnn.Generator.Emission; class Seed;")]
    [InlineData("class Seed { Graph.Network? field; }")]
    [InlineData("class Seed { string Text => TensorMatch.Unknown; }")]
    [InlineData("class Seed { object Read() => typeof(Given); }")]
    public void What_a_row_allows_is_left_alone(string source) => Assert.Empty(Faults(source));

    [Fact]
    public void A_row_that_names_a_later_row_itself_or_none_is_found()
    {
        var table = new Folders(new("Graph"), new("Passes", "Graph", "Emission"), new("Emission", "Graph", "Passes", "Emission", "Gone"));
        Assert.Equal(["Passes names Emission", "Emission names Emission", "Emission names Gone"], table.Backward());
    }

    [Fact]
    public void An_inner_folder_with_a_row_of_its_own_is_held_to_that()
    {
        var compilation = Folders.CompilerWith(
            ("Passes/Inner/Seed.cs", "namespace Cnn.Generator.Passes.Inner; class Seed { Graph.Network? field; }"),
            ("Passes/Other/Plain.cs", "namespace Cnn.Generator.Passes.Other; class Plain { Graph.Network? field; Inner.Seed? inner; }"));
        Assert.Equal(["Passes/Inner/Seed.cs:1 uses Network of Graph"], Table.Faults(compilation, Row("Passes/Inner")));
        Assert.Contains("Passes/Other/Plain.cs:1 uses Seed of Passes/Inner", Table.Faults(compilation, Row("Passes")));
    }

    [Fact]
    public void A_file_without_a_row_and_a_row_without_a_file_are_found()
    {
        var compilation = Folders.CompilerWith(("Unknown/Seed.cs", ""), ("Graphs/Seed.cs", ""), ("Seed.cs", ""));
        var unmatched = Table.Unmatched(compilation).ToList();
        Assert.All(["Unknown/Seed.cs", "Graphs/Seed.cs", "Seed.cs", "Passes/Inner"], name => Assert.Contains(name, unmatched));
        Assert.DoesNotContain(unmatched, name => name.StartsWith("Graph/", StringComparison.Ordinal) || name == "Passes");
    }

    [Fact]
    public void A_namespace_of_another_folder_is_found()
    {
        var compilation = Folders.CompilerWith(
            ("Passes/One.cs", "namespace Cnn.Generator.Graph;"),
            ("Passes/Two.cs", "namespace Cnn.Generator;"),
            ("Passes/Inner/Three.cs", "namespace Cnn.Generator.Passes;"),
            ("Passes/Other/Fine.cs", "namespace Cnn.Generator.Passes;"),
            ("Passes/Polyfill.cs", "namespace System;"),
            ("Root.cs", "namespace Cnn.Generator.Passes;"));
        var added = Table.Misnamed(compilation).Except(Table.Misnamed(Folders.Compiler));
        Assert.Equal(
            [
                "Passes/One.cs declares Cnn.Generator.Graph",
                "Passes/Two.cs declares Cnn.Generator",
                "Passes/Inner/Three.cs declares Cnn.Generator.Passes",
                "Root.cs declares Cnn.Generator.Passes",
            ],
            added);
    }

    private static FolderRow Row(string name) => Table.Rows.Single(row => row.Name == name);

    /// <summary>The faults of one file of Passes, which C# finds without error.</summary>
    private static List<string> Faults(string source)
    {
        var usings = source.StartsWith("using", StringComparison.Ordinal) ? source.LastIndexOf("; class", StringComparison.Ordinal) + 1 : 0;
        var text = source[..usings] + " namespace Cnn.Generator.Passes; " + source[usings..];
        var seed = Harness.Parse(text, Repository.Path("Cnn.Generator", "Passes", "Seed.cs"), LanguageVersion.Preview);
        var compilation = Prepared.Value.AddSyntaxTrees(seed);
        Assert.DoesNotContain(compilation.GetSemanticModel(seed).GetDiagnostics(), fault => fault.Severity == DiagnosticSeverity.Error);
        return [.. Table.Faults(compilation, seed)];
    }
}
