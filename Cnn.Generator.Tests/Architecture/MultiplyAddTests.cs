using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>
/// Multiply-adds of 128 bits go one way, and so do maxima: WebAssembly's interpreter computes what is fused by definition element by element, tens of
/// times slower than a product and a sum.
/// </summary>
public sealed partial class MultiplyAddTests
{
    private const string Condition = "PackedSimd.IsSupported ?";

    private const string Networks = """
        [Cnn.Input(12, 12, 3)]
        [Cnn.Conv(16, 3), Cnn.Relu, Cnn.Conv(16, 3, Padding = 1), Cnn.LayerNorm, Cnn.Gelu, Cnn.MaxPool(2), Cnn.Flatten, Cnn.Dense(5), Cnn.Softmax]
        public partial class Wide;

        [Cnn.Input(10, 10, 2, Layout = Cnn.Layout.Chw)]
        [Cnn.Conv(3, 3), Cnn.BatchNorm, Cnn.Tanh, Cnn.Flatten, Cnn.Dense(5)]
        public partial class Narrow;
        """;

    [Fact]
    public void Only_one_method_of_the_runtime_may_compute_a_fused_multiply_add_of_128_bits_or_fewer()
    {
        var lines = Slow("Cnn.Runtime").ToList();

        // The reference needs the exact rest of a square, once.
        Assert.Equal(["VectorMath.cs", "ErrorFunction.cs"], lines.Select(line => line.File).OrderDescending());
        Assert.Contains(Condition, lines.Single(line => line.File == "VectorMath.cs").Text);
    }

    [Fact]
    public void Only_the_shorthand_of_generated_code_computes_a_multiply_add()
    {
        var line = Assert.Single(Lines("Cnn.Generator"), line => line.Text.Contains(": $\"{width.Type}.MultiplyAddEstimate("));
        Assert.Equal("Shorthands.cs", line.File);
        Assert.Equal(2, Lines("Cnn.Generator").Count(other => Calls().IsMatch(other.Text) && !other.Text.TrimStart().StartsWith("///")));

        var printed = Printed().Where(text => Calls().IsMatch(text) && Regex.IsMatch(text, @"\b(Vector128|F4)\b")).ToList();
        Assert.NotEmpty(printed);
        Assert.All(printed, text => Assert.Contains(Condition, text));
    }

    [Fact]
    public void Generated_code_of_128_bits_multiplies_and_adds_where_it_runs_in_a_browser()
    {
        var narrow = Printed().Where(text => text.Contains(" Fma4(F4 a, F4 b, F4 c) =>")).ToList();
        Assert.NotEmpty(narrow);
        Assert.All(narrow, text => Assert.Contains(Condition + " a * b + c : ", text));
    }

    [Fact]
    public void Generated_code_of_128_bits_needs_no_instruction_for_an_address_where_it_runs_in_a_browser()
    {
        var lines = Printed().ToList();
        Assert.All(lines.Where(text => text.Contains(" All4At(in float source")), text => Assert.Contains(Condition + " Vector128.Create(Unsafe.As<float, int>(", text));

        // Weights at offsets known to the generator, up to where fields reach.
        Assert.Contains(lines, text => text.Contains("Near(w).V4"));
        Assert.DoesNotContain(lines, text => Regex.IsMatch(text, @"\bLoad4\(w(, (4|8|12|16|508))?\)"));
    }

    [Fact]
    public void Only_the_helpers_of_the_runtime_compute_maxima_and_minima_of_128_bits()
    {
        var lines = Lines("Cnn.Runtime").Where(line => Maxima().IsMatch(line.Text) && !line.Text.TrimStart().StartsWith("///")).ToList();

        // The variances of normalisations are doubles, a few for each pixel.
        Assert.Equal(["Totals.256.cs", "VectorLanes.cs", "VectorMath.cs"], lines.Select(line => line.File).Distinct().Order());
        Assert.All(lines.Where(line => line.File != "Totals.256.cs"), line => Assert.Contains(Condition, line.Text));
        Assert.All(Printed().Where(text => Maxima().IsMatch(text)), text => Assert.Contains(Condition, text));
    }

    private static IEnumerable<string> Printed() => Harness.Run(Networks).Files.SelectMany(file => file.SourceText.ToString().Split('\n'));

    private static IEnumerable<(string File, string Text)> Slow(string project) => Lines(project)
        .Where(line => SlowCalls().IsMatch(line.Text) && !line.Text.TrimStart().StartsWith("///"));

    private static IEnumerable<(string File, string Text)> Lines(string project) =>
        from path in Directory.GetFiles(Repository.Path(project), "*.cs", SearchOption.AllDirectories)
        where !Regex.IsMatch(path, @"[/\\](obj|bin)[/\\]")
        from line in File.ReadLines(path)
        select (Path.GetFileName(path), path.EndsWith(".256.cs", StringComparison.Ordinal) ? Narrow().Replace(line, "Vector128") : line);

    /// <summary>The names from which the build makes operations of 128 bits. Three others become helpers of the runtime.</summary>
    [GeneratedRegex(@"\bVector256\b(?!\.(MultiplyAddEstimate|MaxNative|MinNative)\b)")]
    private static partial Regex Narrow();

    [GeneratedRegex(@"\bVector128\.(Max|Min|MaxNative|MinNative)\(")]
    private static partial Regex Maxima();

    [GeneratedRegex(@"\b(MultiplyAddEstimate|FusedMultiplyAdd)\(")]
    private static partial Regex Calls();

    /// <summary>Vectors of 256 and 512 bits are what such machines do not have.</summary>
    [GeneratedRegex(@"(?<!Vector(256|512)(<float>|<double>)?\.)\b(MultiplyAddEstimate|FusedMultiplyAdd|MultiplyAddRelaxed)\(|\bFma\.Multiply|AdvSimd\.FusedMultiply")]
    private static partial Regex SlowCalls();
}
