using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>docs/glossary.md stays short, and its types exist.</summary>
public sealed partial class GlossaryTests
{
    private const int MostWords = 40;

    private static readonly string[][] Rows =
    [
        .. File.ReadAllLines(Repository.Path("docs", "glossary.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    [Fact]
    public void It_has_at_most_forty_words_each_once()
    {
        Assert.InRange(Rows.Length, 1, MostWords);
        Assert.Equal(Rows.Length, Rows.Select(row => row[1]).Distinct().Count());
    }

    [Fact]
    public void The_type_of_every_word_exists()
    {
        var types = typeof(CompilerPipeline).Assembly.GetTypes().Concat(typeof(InputAttribute).Assembly.GetTypes())
            .Select(type => type.Name.Split('`')[0])
            .ToHashSet();
        Assert.All(Rows, row => Assert.Contains(TypeName().Match(row[3]).Groups[1].Value, types));
    }

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/pipeline.md")]
    [InlineData("docs/walk.md")]
    public void It_is_linked(string file) =>
        Assert.Contains("glossary.md)", File.ReadAllText(Repository.Path(file.Split('/'))), StringComparison.Ordinal);

    [GeneratedRegex("^`([A-Za-z]+)`$")]
    private static partial Regex TypeName();
}
