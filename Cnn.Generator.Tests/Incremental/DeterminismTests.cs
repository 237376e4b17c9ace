using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Incremental;

public class DeterminismTests
{
    private const string Source = Sources.Mnist
        + "[Input(9, 9, 2, Layout = Layout.Chw), Conv(3, 2, Padding = Padding.Same), LeakyRelu(0.25), "
        + "Dropout(0.5), AvgPool(3), Flatten, Dense(3)]\n"
        + "partial class İıIi; [Input(1000, 1000, 3), Conv(6, 2000), Dropout(1.5)] partial class Faulty;";

    [Fact]
    public void Two_runs_give_the_same_bytes()
    {
        Assert.Equal(Generate(), Generate());
    }

    [Theory]
    [InlineData("tr-TR", ",", ".", "-")]
    [InlineData("de-DE", ",", ".", "-")]
    [InlineData("sv-SE", ",", "\u00a0", "\u2212")]
    public void Every_culture_gives_the_same_bytes(string name, string point, string group, string minus)
    {
        var expected = Generate();
        var old = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = Culture(point, group, minus);
            Assert.Equal(minus + "1" + point + "5", (-1.5).ToString(CultureInfo.CurrentCulture));
            Assert.Equal(name + expected, name + Generate());
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = old;
        }
    }

    /// <summary>
    /// Turkish has an i of its own. The tests run without the data of cultures, so the source is searched for what would meet
    /// it.
    /// </summary>
    [Fact]
    public void The_generator_changes_the_case_of_no_text_by_culture()
    {
        var files = Directory.GetFiles(Repository.Path("Cnn.Generator"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(
            @"\.(ToUpper|ToLower)\(|CurrentCulture|\bchar\.To(Upper|Lower)\(",
            File.ReadAllText(file)));
    }

    [Fact]
    public void The_order_of_the_files_changes_no_generated_file()
    {
        var first = Harness.Parse(Sources.Mnist, "A.cs");
        var second = Harness.Parse("using Cnn;\n[Input(8, 8, 1), Flatten, Dense(2)] partial class Second;", "B.cs");
        var forth = Harness.Run(Harness.Compilation(true, first, second)).Files;
        var back = Harness.Run(Harness.Compilation(true, second, first)).Files;
        Assert.Equal(
            forth.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => file.SourceText.ToString()),
            back.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => file.SourceText.ToString()));
    }

    [Fact]
    public void Generated_files_end_their_lines_alike_on_every_machine()
    {
        foreach (var file in Harness.Run(Source).Files)
            Assert.DoesNotContain("\r", file.SourceText.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Made by hand, for the tests run without the data of cultures.</summary>
    private static CultureInfo Culture(string point, string group, string minus)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = point;
        culture.NumberFormat.NumberGroupSeparator = group;
        culture.NumberFormat.NegativeSign = minus;
        return culture;
    }

    /// <summary>All files and problems of <see cref="Source"/> and of the zoo, whose layers write numbers of every kind.</summary>
    private static string Generate()
    {
        var zoo = Directory.GetFiles(Repository.Path("examples", "Zoo", "Networks"), "*.cs").Order(StringComparer.Ordinal);
        var trees = zoo.Select(file => Harness.Parse(File.ReadAllText(file), file)).Prepend(Harness.Parse(Source));
        var run = Harness.Run(Harness.Compilation(true, [.. trees]));
        var text = new StringBuilder();
        foreach (var file in run.Files)
            text.Append(file.HintName).Append('\n').Append(file.SourceText);
        foreach (var diagnostic in run.Diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            text.Append(diagnostic.Id).Append(diagnostic.GetMessage(CultureInfo.CurrentCulture)).Append('\n');
        return text.ToString();
    }
}
