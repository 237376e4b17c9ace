using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Cnn.Runtime.Tests;

/// <summary>The table of layers in each form of text.</summary>
public sealed class NetworkSummaryTests
{
    private static readonly NetworkSummary Summary = new(
        "Net",
        [
            new("input", "Input", 28, 28, 1, 0, 0, -1, 0),
            new("conv1", "Conv 5x5 + Clip 0, 6", 24, 24, 60, 1560, 864000, 0, 138240),
            new("pool1", "MaxPool 2x2", 12, 12, 60, 0, 0, -1, 0) { Sources = ["input"] },
            new("add1", "Add conv1", 24, 24, 60, 0, 0, 0, 138240) { Sources = ["pool1", "conv1"] },
            new("dense1", "Dense", 10, 1, 0, 345610, 345600, -1, 0),
        ],
        138240);

    [Fact]
    public void Markdown_shows_the_cells_of_the_text_with_the_totals_in_bold()
    {
        Assert.Equal(
            """
            | Layer | Kind | Activation Shape | Activation Size | # Parameters | Multiply-adds | Arena |
            | --- | --- | --- | ---: | ---: | ---: | ---: |
            | input | Input | (28, 28, 1) | 784 | 0 | 0 | - |
            | conv1 | Conv 5x5 + Clip 0, 6 | (24, 24, 60) | 34,560 | 1,560 | 864,000 | 0 + 138,240 |
            | pool1 | MaxPool 2x2 | (12, 12, 60) | 8,640 | 0 | 0 | - |
            | add1 | Add conv1 | (24, 24, 60) | 34,560 | 0 | 0 | 0 + 138,240 |
            | dense1 | Dense | (10, 1) | 10 | 345,610 | 345,600 | - |
            | **Net** |  |  |  | **347,170** | **1,209,600** | **138,240 bytes** |

            """,
            Summary.ToMarkdown());
    }

    [Fact]
    public void Comma_separated_values_quote_what_has_a_comma_and_separate_no_thousands()
    {
        Assert.Equal(
            """
            name,kind,height,width,channels,parameters,multiply_adds,arena_offset,arena_bytes
            input,Input,28,28,1,0,0,-1,0
            conv1,"Conv 5x5 + Clip 0, 6",24,24,60,1560,864000,0,138240
            pool1,MaxPool 2x2,12,12,60,0,0,-1,0
            add1,Add conv1,24,24,60,0,0,0,138240
            dense1,Dense,10,1,0,345610,345600,-1,0

            """,
            Summary.ToCsv());
    }

    [Fact]
    public void A_diagram_has_a_box_a_row_and_an_arrow_from_each_that_it_reads()
    {
        Assert.Equal(
            """
            flowchart TD
                n0["input<br/>Input<br/>(28, 28, 1)"]
                n1["conv1<br/>Conv 5x5 + Clip 0, 6<br/>(24, 24, 60)"]
                n0 --> n1
                n2["pool1<br/>MaxPool 2x2<br/>(12, 12, 60)"]
                n0 --> n2
                n3["add1<br/>Add conv1<br/>(24, 24, 60)"]
                n2 --> n3
                n1 --> n3
                n4["dense1<br/>Dense<br/>(10, 1)"]
                n3 --> n4

            """,
            Summary.ToMermaid());
    }

    [Fact]
    public void Every_form_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var invariant = Forms();
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (odd.NumberFormat.NegativeSign, odd.NumberFormat.NumberGroupSeparator) = ("minus", "'");
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(invariant, Forms());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_form_ends_its_lines_alike()
    {
        var forms = Forms();
        Assert.All(forms, form => Assert.True(form.EndsWith('\n') && !form.Contains('\r', StringComparison.Ordinal)));
        Assert.Equal([9, 8, 6, 11, 31], forms.Select(form => form.Count(letter => letter == '\n')));
    }

    private static string[] Forms() => [Summary.ToString(), Summary.ToMarkdown(), Summary.ToCsv(), Summary.ToMermaid(), Summary.ToSvg()];
}
