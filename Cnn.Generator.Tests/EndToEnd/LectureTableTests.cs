using System;
using System.Linq;
using System.Xml.Linq;
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
    public void An_editor_shows_the_same_text_beside_the_class()
    {
        var run = Harness.Run(Sources.Lecture.Replace("class LeNet5", "class LectureLeNet", StringComparison.Ordinal));
        var documented = XDocument.Parse(run.Output.GetTypeByMetadataName("LectureLeNet")!.GetDocumentationCommentXml()!);

        var table = Assert.Single(documented.Descendants("code")).Value.Trim('\n', ' ');

        Assert.Equal(Summary.ToString().TrimEnd('\n').Split('\n'), table.Split('\n').Select(line => line.TrimStart().TrimEnd()));
    }

    [Fact]
    public void A_row_names_the_rows_that_it_reads_where_it_is_not_the_one_before_it()
    {
        var summary = NetworkBatch.Compile("""
            using Cnn;
            [Input(8, 8, 3), Conv(4, 3, Padding = 1, Name = "stem"), Relu]
            [Residual(typeof(Body), Name = "block"), Relu]
            [MaxPool(2), Conv(4, 1, From = "block"), MaxPool(2), Concat("pool1"), Flatten, Dense(10)]
            public partial class Net;
            [Conv(4, 3, Padding = 1), Relu] class Body;
            """).Create("Net", 1).Summary;

        var sources = summary.Layers.Where(layer => layer.Sources.Count > 0).Select(layer => layer.Name + " < " + string.Join(", ", layer.Sources));

        Assert.Equal(["block.add1 < block.conv1, stem", "conv1 < block.add1", "concat1 < pool2, pool1"], sources);
        Assert.Contains("n3 --> n5\n", summary.ToMermaid(), StringComparison.Ordinal);
    }
}
