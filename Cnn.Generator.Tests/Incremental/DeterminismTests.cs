using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Cnn.Generator.Tests.EndToEnd;
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
        var culture = Cultures.Of(point, group, minus);
        Assert.Equal(minus + "1" + point + "5", Cultures.Under(culture, () => (-1.5).ToString(CultureInfo.CurrentCulture)));
        Assert.Equal(name + Generate(), name + Cultures.Under(culture, Generate));
    }

    /// <summary>Their code has negative numbers where the zoo's has none: in the bounds of windows, and in offsets.</summary>
    [Theory]
    [InlineData("Input(6, 6, 8), Conv(8, 3, Padding = 1), AvgPool(3, Stride = 2, Padding = 1, CeilMode = true), Flatten, Dense(4)")]
    [InlineData("Input(8, 8, 3), Conv(4, 3), Relu, Conv(8, 3), Flatten, Dense(3)")]
    public void Negative_numbers_are_printed_alike_in_every_culture(string attributes)
    {
        var source = $"using Cnn; [{attributes}] public partial class Network;";
        var odd = Cultures.Under(Cultures.Odd, () => Harness.Run(source));
        Assert.Equal(Harness.Run(source).Source, odd.Source);
        Assert.Empty(odd.Problems);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    [InlineData(104)]
    public void Random_networks_are_printed_alike_in_every_culture(int seed)
    {
        var graphs = RandomGraphs.Draw((ulong)seed, 25).Select(genes => genes.Express());
        var networks = graphs.Concat(RandomArchitectures.Draw((ulong)seed, 25).Select(genes => genes.Express())).ToList();
        var source = string.Concat(networks.Select((network, i) => network.Declaration("Network" + i) + "\n"));
        Assert.Equal(Text(Harness.Run(source)), Cultures.Under(Cultures.Odd, () => Text(Harness.Run(source))));
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

    /// <summary>All files and problems of <see cref="Source"/> and of the zoo, whose layers write numbers of every kind.</summary>
    private static string Generate()
    {
        var zoo = Directory.GetFiles(Repository.Path("examples", "Zoo", "Networks"), "*.cs").Order(StringComparer.Ordinal);
        var trees = zoo.Select(file => Harness.Parse(File.ReadAllText(file), file)).Prepend(Harness.Parse(Source));
        return Text(Harness.Run(Harness.Compilation(true, [.. trees])));
    }

    private static string Text(GeneratorRun run)
    {
        var text = new StringBuilder();
        foreach (var file in run.Files)
            text.Append(file.HintName).Append('\n').Append(file.SourceText);
        foreach (var diagnostic in run.Diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            text.Append(diagnostic.Id).Append(diagnostic.GetMessage(CultureInfo.CurrentCulture)).Append('\n');
        return text.ToString();
    }
}
