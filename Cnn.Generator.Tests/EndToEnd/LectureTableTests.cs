using System;
using System.Linq;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The table of the lecture's network: shapes, sizes and parameters.</summary>
public sealed class LectureTableTests
{
    private static readonly NetworkSummary Summary = SharedNetworks.Lecture().Summary;

    [Fact]
    public void The_rows_are_the_lectures()
    {
        var rows = Summary.Layers.Select(layer => (layer.Name, layer.Shape, layer.ActivationSize, layer.Parameters));

        Assert.Equal(
            [
                ("input", "(32, 32, 3)", 3_072, 0),
                ("conv1", "(28, 28, 6)", 4_704, 456),
                ("pool1", "(14, 14, 6)", 1_176, 0),
                ("conv2", "(10, 10, 16)", 1_600, 2_416),
                ("pool2", "(5, 5, 16)", 400, 0),
                ("dense1", "(120, 1)", 120, 48_120),
                ("dense2", "(84, 1)", 84, 10_164),
                ("dense3", "(10, 1)", 10, 850),
            ],
            rows);
    }

    [Fact]
    public void The_totals_are_the_lectures()
    {
        var network = SharedNetworks.Lecture();

        Assert.Equal(62_006, Summary.Parameters);
        Assert.Equal(651_720, Summary.MultiplyAdds);
        Assert.Equal(62_006, network.Constant("ParameterCount"));
        Assert.Equal(651_720L, network.Constant("MultiplyAdds"));
        Assert.Equal(3_072, network.Constant("InputLength"));
        Assert.Equal(10, network.Constant("OutputLength"));
        Assert.Equal(Summary.ArenaBytes, network.Constant("ArenaBytes"));
    }

    [Theory]
    [InlineData("conv1", "4,704")]
    [InlineData("conv2", "2,416")]
    [InlineData("pool2", "400")]
    [InlineData("dense1", "48,120")]
    [InlineData("dense2", "10,164")]
    [InlineData("dense3", "850")]
    [InlineData("LectureLeNet", "62,006")]
    [InlineData("LectureLeNet", "651,720")]
    public void The_text_shows_the_numbers_in_their_rows(string row, string number)
    {
        var lines = Summary.ToString().TrimEnd('\n').Split('\n');

        var line = Assert.Single(lines, line => line.StartsWith(row + " ", StringComparison.Ordinal));
        Assert.Contains(" " + number + " ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documentation_of_Forward_shows_the_same_text()
    {
        var run = Harness.Run(Sources.Lecture.Replace("class LeNet5", "class LectureLeNet", StringComparison.Ordinal));
        var source = run.Source.Split('\n').Select(line => line.Trim()).ToList();

        var shown = source.Skip(source.IndexOf("/// <code>") + 1)
            .TakeWhile(line => line != "/// </code>")
            .Select(line => line["/// ".Length..]);

        Assert.Equal(Summary.ToString().TrimEnd('\n').Split('\n'), shown);
    }
}
