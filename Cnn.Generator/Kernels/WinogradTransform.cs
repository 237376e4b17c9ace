using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The one-dimensional transforms of Winograd's minimal filtering F(m, 3) (Lavin and Gray 2016, "Fast algorithms for convolutional neural
/// networks"), of points 0, 1, -1 and for four outputs 2, -2, and infinity. Applied to columns, then to rows: m x m outputs of a channel pair
/// take (m + 2)^2 products instead of 9 m^2.
/// </summary>
/// <param name="Outputs">The outputs along a side of a tile, m.</param>
/// <param name="Stride">The elements of the input from one output to the next.</param>
/// <param name="Constants">The factors, by the name of the local that holds each.</param>
/// <param name="InputLocals">What several rows of the input's transform share.</param>
/// <param name="Input">The transform of the input: of each point a sum of d0, d1, ...</param>
/// <param name="OutputLocals">What several rows of the output's transform share.</param>
/// <param name="Output">The transform of the products: m sums of d0, d1, ...</param>
internal sealed record WinogradTransform(
    int Outputs,
    int Stride,
    EquatableArray<(string Name, string Value)> Constants,
    EquatableArray<string> InputLocals,
    EquatableArray<string> Input,
    EquatableArray<string> OutputLocals,
    EquatableArray<string> Output) : IKernelHelpers
{
    /// <summary>Weights of a row.</summary>
    private const int Taps = 3;

    /// <summary>Four products an output of a row; its error is that of a direct convolution.</summary>
    public static readonly WinogradTransform Two = new(
        2,
        1,
        [],
        [],
        ["d0 - d2", "d1 + d2", "d2 - d1", "d1 - d3"],
        [],
        ["d0 + d1 + d2", "d1 - d2 - d3"]);

    /// <summary>Six products for four outputs of a row; factors up to 8 cost about a digit.</summary>
    public static readonly WinogradTransform Four = new(
        4,
        1,
        [("two", "2f"), ("four", "4f"), ("minusTwo", "-2f"), ("minusFour", "-4f"), ("minusFive", "-5f"), ("eight", "8f")],
        ["p = Fma(d2, minusFour, d4)", "q = Fma(d1, minusFour, d3)", "e = d4 - d2", "f = d3 - d1"],
        [
            "Fma(d0, four, Fma(d2, minusFive, d4))",
            "p + q",
            "p - q",
            "Fma(f, two, e)",
            "Fma(f, minusTwo, e)",
            "Fma(d1, four, Fma(d3, minusFive, d5))",
        ],
        ["p = d1 + d2", "q = d1 - d2", "e = d3 + d4", "f = d3 - d4"],
        ["d0 + p + e", "Fma(f, two, q)", "Fma(e, four, p)", "Fma(f, eight, q) + d5"]);

    /// <summary>
    /// Five products for two outputs of a row with stride 2: of the even elements F(2, 2) with the outer weights, which takes three, of the odd
    /// ones the middle weight with each. Its error is that of a direct convolution.
    /// </summary>
    public static readonly WinogradTransform TwoOfStrideTwo = new(
        2,
        2,
        [],
        [],
        ["d0 - d2", "d2", "d4 - d2", "d1", "d3"],
        [],
        ["d0 + d1 + d3", "d1 + d2 + d4"]);

    public static IReadOnlyList<WinogradTransform> All { get; } = [Two, Four, TwoOfStrideTwo];

    /// <summary>Gets the points of a row of a tile, and the elements of the input that it covers.</summary>
    public int Points => ((Outputs - 1) * Stride) + Taps;

    /// <summary>Gets the method that transforms all channels of a tile of the source.</summary>
    public string TileMethod(VectorWidth width) => $"Tile{Text.Number(Points)}x{Text.Number(width.Lanes)}";

    /// <summary>Gets the method that transforms the columns of a tile of products back, in place.</summary>
    public string ColumnsMethod(VectorWidth width) => $"Columns{Text.Number(Points)}x{Text.Number(width.Lanes)}";

    /// <summary>Gets the method that transforms a row of them back into its outputs.</summary>
    public string SumsMethod(VectorWidth width) => $"Sums{Text.Number(Points)}x{Text.Number(width.Lanes)}";

    /// <inheritdoc/>
    public void Emit(CodeWriter writer, VectorWidth width)
    {
        var points = Text.Number(Points);
        var line = $"Source{Text.Number(Points)}x{Text.Number(width.Lanes)}";
        using (OpenMethod(writer, $"void {line}(ref float source, nint step, ref float target, nint plane)"))
        {
            EmitLoads(writer, width, "source", "step", InputLocals, Input);
            for (var i = 0; i < Points; i++)
                writer.Line(width.StoreAt(Of(width, Input[i]), "target", Multiple(i, "plane")));
        }

        using (OpenMethod(writer, $"void {TileMethod(width)}(ref float source, nint row, nint pixel, ref float target, nint plane, int channels)"))
        using (writer.Block($"for (int c = 0; c < channels; c += {Text.Number(width.Lanes)})"))
        {
            writer.Line("ref float s = ref Add(ref source, c);");
            writer.Line("ref float t = ref Add(ref target, c);");
            writer.Line($"for (int x = 0; x < {points}; x++)");
            writer.Line($"    {line}(ref Add(ref s, x * pixel), row, ref Add(ref t, x * plane), {points} * plane);");
            writer.Line($"for (int y = 0; y < {points}; y++)");
            writer.Line($"    {line}(ref Add(ref t, y * {points} * plane), plane, ref Add(ref t, y * {points} * plane), plane);");
        }

        var outputs = Enumerable.Range(0, Outputs).Select(i => "u" + Text.Number(i)).ToList();
        var declared = string.Join(", ", outputs.Select(output => $"out {width.Float} {output}"));
        using (OpenMethod(writer, $"void {SumsMethod(width)}(ref float products, nint plane, {declared})"))
        {
            EmitLoads(writer, width, "products", "plane", OutputLocals, Output);
            for (var i = 0; i < Outputs; i++)
                writer.Line($"{outputs[i]} = {Of(width, Output[i])};");
        }

        using (OpenMethod(writer, $"void {ColumnsMethod(width)}(ref float products, nint plane)"))
        using (writer.Block($"for (int x = 0; x < {points}; x++)"))
        {
            writer.Line("ref float column = ref Add(ref products, x * plane);");
            writer.Line($"{SumsMethod(width)}(ref column, {points} * plane, {declared});");
            for (var i = 0; i < Outputs; i++)
                writer.Line(width.StoreAt(outputs[i], "column", Multiple(i * Points, "plane")));
        }
    }

    /// <summary>Loads the points of a row or column into d0, d1, ... and declares what the sums of them share.</summary>
    private void EmitLoads(
        CodeWriter writer, VectorWidth width, string reference, string step, EquatableArray<string> locals, EquatableArray<string> sums)
    {
        var points = Enumerable.Range(0, Points).Select(i => $"d{Text.Number(i)} = {width.LoadAt(reference, Multiple(i, step))}");
        writer.Line($"{width.Float} {string.Join(", ", points)};");
        var declared = Constants.Where(constant => locals.Concat(sums).Any(text => text.Contains(constant.Name + ",")))
            .Select(constant => $"{constant.Name} = All{width.Lanes}({constant.Value})")
            .Concat(locals.Select(local => Of(width, local)))
            .ToList();
        if (declared.Count > 0)
            writer.Line($"{width.Float} {string.Join(", ", declared)};");
    }

    /// <summary>A sum with the multiply-add of vectors of this width.</summary>
    private static string Of(VectorWidth width, string sum) => sum.Replace("Fma(", width.MultiplyAddMethod + "(");

    private static string Multiple(int count, string step) =>
        count == 0 ? "0" : count == 1 ? step : $"{Text.Number(count)} * {step}";

    private static CodeWriter.Scope OpenMethod(CodeWriter writer, string header)
    {
        writer.Line();
        writer.Line($"[MethodImpl({Kernel.Inlined})]");
        return writer.Block("static " + header);
    }
}
