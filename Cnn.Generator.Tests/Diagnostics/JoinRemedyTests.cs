using System;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>
/// The layers that the message of CNN0048 proposes are written: they compile, and the join gives the shape of the message.
/// </summary>
public class JoinRemedyTests
{
    /// <summary>Gets what stands before the join, the join, and the way out.</summary>
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "Input(8, 8, 6), Conv(4, 1, Name = \"a\"), Conv(9, 1)", "Add(\"a\")", "put [Conv(4, 1)] before it, which gives 8x8x4" },
        {
            "Input(9, 9, 6), Conv(4, 1, Name = \"a\"), Conv(9, 3, Stride = 2, Padding = 1), Relu",
            "Add(\"a\")",
            "write [Conv(9, 1, Stride = 2, From = \"a\"), Add(\"relu1\")] in its place, which brings \"a\" to 5x5x9"
        },
        {
            "Input(8, 8, 6), Relu(Name = \"a\"), Conv(9, 3, Name = \"b\")",
            "Add(\"a\", Name = \"sum\")",
            "write [Conv(9, 3, From = \"a\"), Add(\"b\", Name = \"sum\")] in its place, which brings \"a\" to 6x6x9"
        },
        {
            "Input(8, 8, 6), Relu(Name = \"a\"), Conv(6, 3)",
            "Add(\"a\")",
            "keep its size with Padding = Padding.Same before it, or write [Crop(1, From = \"a\"), Add(\"conv1\")] in its place, "
                + "which brings \"a\" to 6x6x6"
        },
        {
            "Input(8, 8, 6), Relu(Name = \"a\"), Conv(6, 2, 3)",
            "Add(\"a\")",
            "keep its size with Padding = Padding.Same before it, or write [Crop(0, 1, 1, 1, From = \"a\"), Add(\"conv1\")] in its place, "
                + "which brings \"a\" to 7x6x6"
        },
        {
            "Input(8, 8, 6), Conv(5, 1, Name = \"skip\"), MaxPool(2), Conv(8, 3, Padding = 1)",
            "Concat(\"skip\")",
            "put [Upsample(2)] before it, which gives 8x8x8"
        },
        {
            "Input(8, 8, 6), MaxPool(2, Name = \"small\"), Conv(8, 3, Padding = 1, From = \"input\")",
            "Concat(\"small\")",
            "write [Upsample(2, From = \"small\"), Concat(\"conv1\")] in its place, which brings \"small\" to 8x8x6"
        },
        {
            "Input(8, 8, 6), MaxPool(2, Name = \"small\"), Conv(9, 3, Padding = 1, From = \"input\")",
            "Add(\"small\")",
            "put [Conv(6, 1, Stride = 2)] before it, which gives 4x4x6"
        },
        {
            "Input(8, 8, 6), Flatten, Dense(6, Name = \"gate\"), Conv(6, 3, From = \"input\")",
            "Multiply(\"gate\")",
            "write [Reshape(1, 1, 6, From = \"gate\"), Multiply(\"conv1\")] in its place, which brings \"gate\" to 1x1x6"
        },
        {
            "Input(8, 8, 6), Conv(6, 3, Name = \"a\"), GlobalAvgPool, Conv(5, 1), Sigmoid",
            "Multiply(\"a\")",
            "put [Conv(6, 1)] before it, which gives 1x1x6"
        },
        { "Input(8), Dense(6, Name = \"a\"), Dense(9)", "Add(\"a\")", "put [Dense(6)] before it, which gives 6" },
        { "Input(8, 8, 6), Flatten(Name = \"a\"), Conv(7, 3, From = \"input\")", "Concat(\"a\")", "put [Flatten] before it, which gives 252" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_way_out_is_one(string before, string join, string wayOut)
    {
        var fault = Assert.Single(Faults(before + ", " + join));
        Assert.Equal("CNN0048", fault.Id);
        Assert.EndsWith("; " + wayOut, fault.GetMessage(), StringComparison.Ordinal);

        var inserted = Regex.Match(wayOut, @"put \[(.*)\] before it, which");
        var replaced = Regex.Match(wayOut, @"write \[(.*)\] in its place");
        Assert.True(inserted.Success != replaced.Success);
        var mended = inserted.Success ? $"{before}, {inserted.Groups[1]}, {join}" : $"{before}, {replaced.Groups[1]}";
        Assert.Empty(Faults(mended));
    }

    /// <summary>No single layer does it, or the names within a block are not those of the message.</summary>
    [Theory]
    [InlineData("Input(64, 64, 6), Conv(4, 1, Name = \"a\"), Conv(9, 40)", "Add(\"a\")", "a sum takes equal shapes")]
    [InlineData("Input(8, 8, 6), Flatten(Name = \"a\"), Conv(6, 3, From = \"input\")", "Multiply(\"a\")", "with as many channels")]
    [InlineData(
        "Input(8, 8, 6), Conv(4, 1, Name = \"a\"), Conv(9, 1, Name = \"b\"), Relu",
        "Add(\"a\", From = \"b\")",
        "equal shapes; [Conv(4, 1)] on it would give 8x8x4")]
    public void What_has_no_short_way_out_promises_none(string before, string join, string end)
    {
        var fault = Assert.Single(Faults(before + ", " + join), fault => fault.Id == "CNN0048");
        Assert.EndsWith(end, fault.GetMessage(), StringComparison.Ordinal);
    }

    private static Diagnostic[] Faults(string layers) =>
        [.. Harness.Run($"using Cnn;\n[{layers}] public partial class Net;").Diagnostics.Where(fault => fault.Severity == DiagnosticSeverity.Error)];
}
