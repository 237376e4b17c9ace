using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Statements;

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
    EquatableArray<(string Name, string Value)> InputLocals,
    EquatableArray<string> Input,
    EquatableArray<(string Name, string Value)> OutputLocals,
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
        [("p", "Fma(d2, minusFour, d4)"), ("q", "Fma(d1, minusFour, d3)"), ("e", "d4 - d2"), ("f", "d3 - d1")],
        [
            "Fma(d0, four, Fma(d2, minusFive, d4))",
            "p + q",
            "p - q",
            "Fma(f, two, e)",
            "Fma(f, minusTwo, e)",
            "Fma(d1, four, Fma(d3, minusFive, d5))",
        ],
        [("p", "d1 + d2"), ("q", "d1 - d2"), ("e", "d3 + d4"), ("f", "d3 - d4")],
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
    public IEnumerable<HelperMethod> Methods(VectorWidth width)
    {
        var line = $"Source{Text.Number(Points)}x{Text.Number(width.Lanes)}";
        yield return new HelperMethod(
            Kernel.Inlined, $"void {line}(ref float source, nint step, ref float target, nint plane)", Line(width));
        yield return new HelperMethod(
            Kernel.Inlined,
            $"void {TileMethod(width)}(ref float source, nint row, nint pixel, ref float target, nint plane, int channels)",
            TileOf(width, line));
        var outputs = Enumerable.Range(0, Outputs).Select(i => "u" + Text.Number(i)).ToList();
        var declared = outputs.ConvertAll(output => $"out {width.Float} {output}");
        yield return new HelperMethod(
            Kernel.Inlined, $"void {SumsMethod(width)}(ref float products, nint plane, {string.Join(", ", declared)})", Row(width, outputs));
        yield return new HelperMethod(
            Kernel.Inlined, $"void {ColumnsMethod(width)}(ref float products, nint plane)", Columns(width, outputs, declared));
    }

    private KernelBody Line(VectorWidth width)
    {
        var body = new KernelBody();
        BuildLoads(body, width, "source", "step", InputLocals, Input);
        for (var i = 0; i < Points; i++)
            body.Add(width.StoreAt(Of(width, Input[i]), "target", Multiple(i, "plane")));
        return body;
    }

    private KernelBody TileOf(VectorWidth width, string line)
    {
        var (body, points) = (new KernelBody(), Text.Number(Points));
        using (body.Open(new Counted(LocalType.Integer, "c", "0", "channels", width.Lanes)))
        {
            body.Refer("s", At("source", "c"));
            body.Refer("t", At("target", "c"));
            body.Each("x", Points, new Call(line, [At("s", "x * pixel"), "row", At("t", "x * plane"), $"{points} * plane"]));
            body.Each("y", Points, new Call(line, [At("t", $"y * {points} * plane"), "plane", At("t", $"y * {points} * plane"), "plane"]));
        }

        return body;
    }

    private KernelBody Row(VectorWidth width, IReadOnlyList<string> outputs)
    {
        var body = new KernelBody();
        BuildLoads(body, width, "products", "plane", OutputLocals, Output);
        body.Assign(outputs[0], Of(width, Output[0]));
        body.Add(outputs.Skip(1).Select((output, i) => new Assignment(output, Of(width, Output[i + 1]))));
        return body;
    }

    private KernelBody Columns(VectorWidth width, IReadOnlyList<string> outputs, IReadOnlyList<string> declared)
    {
        var body = new KernelBody();
        using (body.For("x", Points))
        {
            body.Refer("column", At("products", "x * plane"));
            body.Call(SumsMethod(width), ["ref column", $"{Points} * plane", .. declared.Select(output => (CallArgument)output)]);
            for (var i = 0; i < Outputs; i++)
                body.Add(width.StoreAt(outputs[i], "column", Multiple(i * Points, "plane")));
        }

        return body;
    }

    /// <summary>Loads the points of a row or column into d0, d1, ... and declares what the sums of them share.</summary>
    private void BuildLoads(
        KernelBody body, VectorWidth width, string reference, string step, EquatableArray<(string Name, string Value)> locals, EquatableArray<string> sums)
    {
        body.Declare(width.Local, Enumerable.Range(0, Points).Select(i => new LocalVariable("d" + Text.Number(i), width.LoadAt(reference, Multiple(i, step)))));
        var declared = Constants.Where(constant => locals.Select(local => local.Value).Concat(sums).Any(text => text.Contains(constant.Name + ",")))
            .Select(constant => new LocalVariable(constant.Name, $"All{width.Lanes}({constant.Value})"))
            .Concat(locals.Select(local => new LocalVariable(local.Name, Of(width, local.Value))))
            .ToList();
        if (declared.Count > 0)
            body.Declare(width.Local, declared);
    }

    /// <summary>A sum with the multiply-add of vectors of this width.</summary>
    private static string Of(VectorWidth width, string sum) => sum.Replace("Fma(", width.MultiplyAddMethod + "(");

    /// <summary>So many steps, whose length is known when the method runs.</summary>
    private static Offset Multiple(int count, string step) =>
        count == 0 ? default : Distance(count == 1 ? step : $"{Text.Number(count)} * {step}");

    private static Place At(string reference, string distance) => new(reference, Distance(distance));

    private static Offset Distance(string distance) => Offset.Of(0, (distance, 1));
}
