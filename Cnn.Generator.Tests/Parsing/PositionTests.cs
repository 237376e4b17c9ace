using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Parsing;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Parsing;

public class PositionTests
{
    private const string Source = """
        using Cnn;
        public partial class Outer {
        [Input(8, channels: 1, width: 9, Layout = Layout.Chw)]
        [Conv(2, kernel: 3, Stride = 1), Relu]
        [Flatten, Dense(2, Bias = false)]
        public partial class Net { } }
        """;

    [Theory]
    [InlineData(PlaceKind.Type, 0, "", "Net")]
    [InlineData(PlaceKind.Input, 0, "", "Input(8, channels: 1, width: 9, Layout = Layout.Chw)")]
    [InlineData(PlaceKind.Input, 0, "height", "8")]
    [InlineData(PlaceKind.Input, 0, "width", "width: 9")]
    [InlineData(PlaceKind.Input, 0, "channels", "channels: 1")]
    [InlineData(PlaceKind.Input, 0, "Layout", "Layout = Layout.Chw")]
    [InlineData(PlaceKind.Layer, 0, "filters", "2")]
    [InlineData(PlaceKind.Layer, 0, "kernel", "kernel: 3")]
    [InlineData(PlaceKind.Layer, 0, "Stride", "Stride = 1")]
    [InlineData(PlaceKind.Layer, 0, "Padding", "Conv(2, kernel: 3, Stride = 1)")]
    [InlineData(PlaceKind.Layer, 1, "", "Relu")]
    [InlineData(PlaceKind.Layer, 3, "Bias", "Bias = false")]
    [InlineData(PlaceKind.Member, 5, "", "Net")]
    public void A_place_is_found_where_it_is_written_and_else_where_its_attribute_or_class_is(
        object kind, int index, string argument, string written)
    {
        var locations = Declarations.Read(Source).Locations;
        var place = new Place((PlaceKind)kind, index, argument);
        var inSource = locations.Find(place);
        Assert.Equal(written, inSource.SourceTree!.ToString().Substring(inSource.SourceSpan.Start, inSource.SourceSpan.Length));
        var kept = DeclarationPositions.From(locations).Find(place);
        Assert.Equal(inSource.SourceSpan, kept.SourceSpan);
        Assert.Equal(inSource.GetLineSpan(), kept.GetLineSpan());
        Assert.Null(kept.SourceTree);
    }

    [Fact]
    public void Moving_a_declaration_changes_its_positions_and_not_the_declaration()
    {
        var before = Declarations.Read(Source);
        var after = Declarations.Read("// A line above.\n" + Source.Replace("[Flatten, Dense", "[Flatten,   Dense"));
        Assert.Equal(before.Declaration, after.Declaration);
        Assert.Equal(before.Declaration.GetHashCode(), after.Declaration.GetHashCode());
        Assert.NotEqual(DeclarationPositions.From(before.Locations), DeclarationPositions.From(after.Locations));
    }

    [Fact]
    public void Changing_a_value_changes_the_declaration()
    {
        var declarations = new[] { "Stride = 1", "Stride = 2", "Bias = true", "Bias = false" }
            .Select(argument => Declarations.Parse(Source.Replace("Stride = 1", argument)))
            .ToList();
        Assert.Equal(declarations.Count, declarations.Distinct().Count());
    }
}
