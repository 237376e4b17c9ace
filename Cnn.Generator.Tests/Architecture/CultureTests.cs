using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>No text of the compiler, the build or the library depends on the culture of the machine.</summary>
public sealed class CultureTests
{
    /// <summary>The file that formats for all others.</summary>
    private const string Handler = "DefaultInterpolatedStringHandler.cs";

    private const string Preamble = """
        using System.Collections.Generic; using System.Linq; using System.Text;
        record Numbered(int Number); record Named(string Name); record Own(int Number) { public override string ToString() => "own"; }
        static class Probe { static object Try(int n, int? m, float f, string s, object o, List<int> list, List<string> names, StringBuilder b) =>
        """;

    [Theory]
    [InlineData("Cnn.Generator")]
    [InlineData("Cnn.CodeFixes")]
    [InlineData("Cnn.Build")]
    [InlineData("Cnn.Runtime")]
    public void No_number_becomes_text_as_the_culture_writes_it(string project)
    {
        var uses = new CultureUses(ProjectSources.Compile(project));
        Assert.True(uses.InterpolatesInvariantly, project + " has no handler of its own for $\"...\".");
        Assert.DoesNotContain(uses.Find(), use => !use.StartsWith(Handler, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$\"{n}\"")]
    [InlineData("$\"{m}\"")]
    [InlineData("$\"{f:F2}\"")]
    [InlineData("$\"{o}\"")]
    [InlineData("$\"{(n, s)}\"")]
    [InlineData("$\"{new Numbered(n)}\"")]
    [InlineData("\"a\" + n")]
    [InlineData("s + m")]
    [InlineData("n.ToString()")]
    [InlineData("m?.ToString()")]
    [InlineData("f.ToString(\"R\")")]
    [InlineData("new Numbered(n).ToString()")]
    [InlineData("list.Select(x => x.ToString())")]
    [InlineData("string.Format(\"{0}\", n)")]
    [InlineData("string.Join(\",\", list)")]
    [InlineData("string.Concat(s, n)")]
    [InlineData("b.Append(n)")]
    [InlineData("b.Insert(0, f)")]
    [InlineData("b.Append($\"{n}\")")]
    [InlineData("b.AppendFormat(\"{0}\", n)")]
    [InlineData("int.Parse(s)")]
    [InlineData("System.Convert.ToString(n)")]
    [InlineData("s.StartsWith(s)")]
    [InlineData("string.Compare(s, s)")]
    [InlineData("names.OrderBy(x => x)")]
    [InlineData("names.Order()")]
    [InlineData("names.Max()")]
    public void The_search_finds(string expression) => Assert.NotEmpty(Probe(expression).Find());

    [Theory]
    [InlineData("$\"{s}{new Named(s)}{new Own(n)}{System.DayOfWeek.Monday}\"")]
    [InlineData("string.Create(System.Globalization.CultureInfo.InvariantCulture, $\"{n}\")")]
    [InlineData("b.Append(System.Globalization.CultureInfo.InvariantCulture, $\"{n}\")")]
    [InlineData("n.ToString(System.Globalization.CultureInfo.InvariantCulture)")]
    [InlineData("\"a\" + s + 'b'")]
    [InlineData("b.Append(' ', n).Append(s)")]
    [InlineData("s.StartsWith(s, System.StringComparison.Ordinal)")]
    [InlineData("names.OrderBy(x => x.Length).ThenBy(x => x, System.StringComparer.Ordinal)")]
    [InlineData("string.Join(\",\", names)")]
    [InlineData("names.Max(name => name.Length)")]
    public void The_search_leaves_alone(string expression) => Assert.Empty(Probe(expression).Find());

    [Theory]
    [InlineData("$\"{n}{m}{f:F2}\"", 0)]
    [InlineData("b.Append($\"{n}\")", 0)]
    [InlineData("$\"{new Numbered(n)}\"", 1)]
    [InlineData("$\"{(n, s)}\"", 1)]
    public void A_handler_of_its_own_formats_numbers_but_not_what_writes_its_parts_itself(string expression, int faults)
    {
        var handler = File.ReadAllText(Repository.Path("Cnn.Generator", Handler));
        var uses = Probe(expression, "namespace Microsoft.CodeAnalysis { internal sealed class EmbeddedAttribute : System.Attribute; }", handler);
        Assert.Equal(faults, uses.Find().Count());
    }

    [Fact]
    public void Interpolated_strings_of_the_generator_are_invariant_whatever_the_culture()
    {
        var texts = Cultures.Under(Cultures.Odd, () => new[]
        {
            Shape.Volume(-3, 4, 5).ToString(),
            Text.Number(-0.25f),
            Text.Number(1e-7),
            Text.Literal(-1.5f),
            Text.Count(-12, "row"),
            Text.Grouped(-1234567),
        });
        Assert.Equal(["-3x4x5", "-0.25", "1E-07", "-1.5f", "-12 rows", "-1,234,567"], texts);
    }

    /// <summary>A program whose text in another language would differ shows that the culture is in force.</summary>
    [Fact]
    public void The_odd_culture_writes_numbers_oddly() =>
        Assert.Equal("\u22121\u066b5", Cultures.Under(Cultures.Odd, () => (-1.5).ToString(CultureInfo.CurrentCulture)));

    private static CultureUses Probe(string expression, params string[] others)
    {
        var trees = others.Prepend(Preamble + expression + "; }").Select((text, i) => Harness.Parse(text, $"Probe{i}.cs")).ToArray();
        var compilation = Harness.Compilation(false, trees);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new CultureUses(compilation, "Probe0.cs");
    }
}
