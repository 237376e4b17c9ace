using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Runtime.Tests;

/// <summary>The drawing of a network.</summary>
public sealed class DiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly NetworkSummary Branched = new(
        "Net<1>",
        [
            new("input", "Input", 28, 28, 1, 0, 0, -1, 0),
            new("conv1", "Conv 5x5 & more", 24, 24, 60, 1560, 864000, 0, 138240),
            new("pool1", "MaxPool 2x2", 12, 12, 60, 0, 0, -1, 0) { Sources = ["input"] },
            new("conv2", "Conv 1x1", 12, 12, 60, 5, 0, -1, 0),
            new("add1", "Add conv1", 24, 24, 60, 0, 0, 0, 138240) { Sources = ["conv2", "conv1"] },
            new("dense1", "Dense", 10, 1, 0, 345610, 345600, -1, 0) { Sources = ["add1", "input"] },
        ],
        138240);

    [Fact]
    public void A_drawing_has_a_box_a_row_that_says_name_kind_shape_and_parameters()
    {
        var boxes = XDocument.Parse(Branched.ToSvg()).Descendants(Svg + "g");
        Assert.Equal(
            [
                "input|Input|(28, 28, 1)", "conv1|Conv 5x5 & more|(24, 24, 60)  1,560 parameters", "pool1|MaxPool 2x2|(12, 12, 60)",
                "conv2|Conv 1x1|(12, 12, 60)  5 parameters", "add1|Add conv1|(24, 24, 60)", "dense1|Dense|(10, 1)  345,610 parameters",
            ],
            boxes.Select(box => string.Join('|', box.Elements(Svg + "text").Select(text => text.Value))));
        Assert.Equal("Net<1>", XDocument.Parse(Branched.ToSvg()).Root!.Element(Svg + "title")!.Value);
    }

    [Fact]
    public void A_drawing_has_an_arrow_for_each_row_that_another_reads() =>
        Assert.Equal(7, XDocument.Parse(Branched.ToSvg()).Descendants(Svg + "path").Count(path => (string?)path.Attribute("class") == "edge"));

    [Fact]
    public void A_drawing_refers_to_nothing_outside_of_it()
    {
        var names = XDocument.Parse(Branched.ToSvg()).Descendants().Select(element => element.Name.LocalName).Distinct();
        Assert.Equal(["g", "marker", "path", "rect", "style", "svg", "text", "title"], names.Order());
        Assert.DoesNotContain("http", Branched.ToSvg().Replace(Svg.NamespaceName, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_of_random_graphs_lie_apart_within_the_drawing()
    {
        Networks.ForAll(
            network =>
            {
                var root = XDocument.Parse(network.ToSvg()).Root!;
                var boxes = root.Descendants(Svg + "rect").Select(Area).ToList();
                Assert.Equal(network.Layers.Count, boxes.Count);
                var (width, height) = (Number(root, "width"), Number(root, "height"));
                Assert.All(boxes, box => Assert.True(box.X > 0 && box.Y > 0 && box.X + box.Width < width && box.Y + box.Height < height));
                for (var i = 0; i < boxes.Count; i++)
                    Assert.All(boxes[..i], other => Assert.False(Meet(boxes[i], other)));
            },
            cases: 300);
    }

    [Fact]
    public void Arrows_of_random_graphs_touch_the_boxes_that_they_join_and_no_other()
    {
        Graphs.ForAll(
            sources =>
            {
                var layout = new DiagramLayout(sources, 100);
                Assert.Equal(sources.Sum(read => read.Distinct().Count()), layout.Arrows.Count);
                foreach (var arrow in layout.Arrows)
                {
                    for (var box = 0; box < sources.Count; box++)
                    {
                        var touches = arrow.Points.Zip(arrow.Points.Skip(1)).Any(line => Meet(Box(layout, box), Line(line.First, line.Second)));
                        Assert.Equal(box == arrow.From || box == arrow.To, touches);
                    }

                    Assert.All(arrow.Points, point => Assert.True(point.X > 0 && point.X < layout.Width));
                }
            },
            cases: 300);
    }

    [Fact]
    public void A_chain_is_one_column_and_a_skip_lies_beside_it()
    {
        var layout = new DiagramLayout([[], [0], [1], [2, 0]], 100);
        Assert.Single(Enumerable.Range(0, 4).Select(box => layout.Corner(box).X).Distinct());
        var skip = Assert.Single(layout.Arrows, arrow => arrow is { From: 0, To: 3 });
        Assert.True(skip.Points.Min(point => point.X) < layout.Corner(0).X);
    }

    private static Gen<List<int[]>> Graphs => Gen.Int.Array[1, 24].Select(numbers =>
    {
        var sources = new List<int[]> { Array.Empty<int>() };
        foreach (var number in numbers)
        {
            var random = new Random(number);
            var last = sources.Count - 1;
            int[] read = random.Next(3) switch
            {
                0 => [random.Next(sources.Count)],
                1 => [last, random.Next(sources.Count)],
                _ => [last],
            };
            sources.Add([.. read.Distinct()]);
        }

        return sources;
    });

    private static Gen<NetworkSummary> Networks => Graphs.Select(graph => new NetworkSummary(
        "Net",
        [.. graph.Select((sources, i) => new LayerSummary("n" + Text(i), "Kind " + Text(i * 977), 1 + i, 1, i, i % 2, 0, -1, 0)
        {
            Sources = [.. sources.Select(source => "n" + Text(source))],
        })],
        0));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    private static (double X, double Y, double Width, double Height) Area(XElement element) =>
        (Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"));

    private static (double X, double Y, double Width, double Height) Box(DiagramLayout layout, int box)
    {
        var (x, y) = layout.Corner(box);
        return (x, y, layout.BoxWidth, DiagramLayout.BoxHeight);
    }

    private static (double X, double Y, double Width, double Height) Line((double X, double Y) from, (double X, double Y) to) =>
        (Math.Min(from.X, to.X), Math.Min(from.Y, to.Y), Math.Abs(from.X - to.X), Math.Abs(from.Y - to.Y));

    private static bool Meet(
        (double X, double Y, double Width, double Height) one, (double X, double Y, double Width, double Height) other) =>
        one.X <= other.X + other.Width && other.X <= one.X + one.Width && one.Y <= other.Y + other.Height && other.Y <= one.Y + one.Height;
}
