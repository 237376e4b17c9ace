using Cnn.Generator.Emission;
using Xunit;

namespace Cnn.Generator.Tests.Emission;

/// <summary>How the lines of a method are put together.</summary>
public sealed class FoldingTests
{
    [Theory]
    [InlineData("ref float s = ref Add(ref source, x);|ref float t = ref s;", "ref float s = ref Add(ref source, x), t = ref s;")]
    [InlineData("F8 a0 = F8.Zero;|F8 v, k0;|F4 w;", "F8 a0 = F8.Zero, v, k0;|F4 w;")]
    [InlineData("F8 v = All8(s);|v = Load8(s);", "F8 v = All8(s);|v = Load8(s);")]
    [InlineData("ref float s = ref x;|    ref float t = ref s;", "ref float s = ref x;|    ref float t = ref s;")]
    [InlineData("w = ref Add(ref w, 8);|s = ref Add(ref s, 1);", "w = ref Add(ref w, 8); s = ref Add(ref s, 1);")]
    public void Short_statements_of_one_kind_stand_side_by_side(string lines, string folded) =>
        Assert.Equal(folded.Split('|'), StatementFolding.Fold(lines.Split('|')));

    [Fact]
    public void A_declaration_goes_on_in_the_next_line_where_one_has_no_room()
    {
        var place = "ref Add(ref source, (p + 1) * 2048 + (p + 1) / 7 * 14336)";

        var folded = StatementFolding.Fold([$"ref float a = {place};", $"ref float b = {place}, c = {place};", "ref float d = ref c;"]);

        Assert.Equal([$"ref float a = {place}, b = {place};", $"ref float c = {place}, d = ref c;"], folded);
    }

    [Theory]
    [InlineData("for (a)|{|    int x = 1;|    {|        f(x);|        g(x);|    }|}", "for (a)|{|    int x = 1;|    f(x);|    g(x);|}")]
    [InlineData("for (a)|{|    {|        f();|        g();|    }|}", "for (a)|{|    f();|    g();|}")]
    [InlineData("for (a)|for (b)|{|    f();|    g();|}", "for (a)|for (b)|{|    f();|    g();|}")]

    // The names of the first block may be those of the second.
    [InlineData("for (a)|{|    {|        int x = 1;|    }|    {|        int x = 2;|    }|}", "for (a)|{|    {|        int x = 1;|    }|    {|        int x = 2;|    }|}")]
    [InlineData("for (a)|{|    int y = 1;|    {|        int x = 1;|    }|    f(y);|}", "for (a)|{|    int y = 1;|    {|        int x = 1;|    }|    f(y);|}")]
    public void Braces_that_hold_the_rest_of_a_block_fall(string lines, string folded) =>
        Assert.Equal(folded.Split('|'), BraceFolding.Fold(lines.Split('|')));
}
