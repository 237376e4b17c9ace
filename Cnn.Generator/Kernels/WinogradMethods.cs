using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>The methods of a Winograd transform, which all convolutions that use it call.</summary>
/// <param name="Transform">The transform.</param>
internal sealed record WinogradMethods(WinogradTransform Transform) : IKernelHelpers
{
    /// <summary>Gets the method that transforms all channels of a tile of the source.</summary>
    public string TileMethod(VectorWidth width) => $"Tile{Text.Number(Transform.Points)}x{Text.Number(width.Lanes)}";

    /// <summary>Gets the method that transforms the columns of a tile of products back, in place.</summary>
    public string ColumnsMethod(VectorWidth width) => $"Columns{Text.Number(Transform.Points)}x{Text.Number(width.Lanes)}";

    /// <summary>Gets the method that transforms a row of them back into its outputs.</summary>
    public string SumsMethod(VectorWidth width) => $"Sums{Text.Number(Transform.Points)}x{Text.Number(width.Lanes)}";

    /// <inheritdoc/>
    public IEnumerable<HelperMethod> Methods(VectorWidth width)
    {
        var line = $"Source{Text.Number(Transform.Points)}x{Text.Number(width.Lanes)}";
        yield return new HelperMethod(
            Kernel.Inlined, $"void {line}(ref float source, nint step, ref float target, nint plane)", Line(width));
        yield return new HelperMethod(
            Kernel.Inlined,
            $"void {TileMethod(width)}(ref float source, nint row, nint pixel, ref float target, nint plane, int channels)",
            TileOf(width, line));
        var outputs = Enumerable.Range(0, Transform.Outputs).Select(i => "u" + Text.Number(i)).ToList();
        var declared = outputs.ConvertAll(output => $"out {width.Float} {output}");
        yield return new HelperMethod(
            Kernel.Inlined, $"void {SumsMethod(width)}(ref float products, nint plane, {string.Join(", ", declared)})", Row(width, outputs));
        yield return new HelperMethod(
            Kernel.Inlined, $"void {ColumnsMethod(width)}(ref float products, nint plane)", Columns(width, outputs, declared));
    }

    private KernelBody Line(VectorWidth width)
    {
        var body = new KernelBody();
        BuildLoads(body, width, "source", "step", Transform.InputLocals, Transform.Input);
        for (var i = 0; i < Transform.Points; i++)
            body.Add(width.StoreAt(Of(width, Transform.Input[i]), "target", Multiple(i, "plane")));
        return body;
    }

    private KernelBody TileOf(VectorWidth width, string line)
    {
        var (body, points) = (new KernelBody(), Text.Number(Transform.Points));
        using (body.Open(new Counted(LocalType.Integer, "c", "0", "channels", width.Lanes)))
        {
            body.Refer("s", At("source", "c"));
            body.Refer("t", At("target", "c"));
            body.Each("x", Transform.Points, new Call(line, [At("s", "x * pixel"), "row", At("t", "x * plane"), $"{points} * plane"]));
            body.Each("y", Transform.Points, new Call(line, [At("t", $"y * {points} * plane"), "plane", At("t", $"y * {points} * plane"), "plane"]));
        }

        return body;
    }

    private KernelBody Row(VectorWidth width, IReadOnlyList<string> outputs)
    {
        var body = new KernelBody();
        BuildLoads(body, width, "products", "plane", Transform.OutputLocals, Transform.Output);
        body.Assign(outputs[0], Of(width, Transform.Output[0]));
        body.Add(outputs.Skip(1).Select((output, i) => new Assignment(output, Of(width, Transform.Output[i + 1]))));
        return body;
    }

    private KernelBody Columns(VectorWidth width, IReadOnlyList<string> outputs, IReadOnlyList<string> declared)
    {
        var body = new KernelBody();
        using (body.For("x", Transform.Points))
        {
            body.Refer("column", At("products", "x * plane"));
            body.Call(SumsMethod(width), ["ref column", $"{Transform.Points} * plane", .. declared.Select(output => (CallArgument)output)]);
            for (var i = 0; i < Transform.Outputs; i++)
                body.Add(width.StoreAt(outputs[i], "column", Multiple(i * Transform.Points, "plane")));
        }

        return body;
    }

    /// <summary>Loads the points of a row or column into d0, d1, ... and declares what the sums of them share.</summary>
    private void BuildLoads(
        KernelBody body, VectorWidth width, string reference, string step, EquatableArray<(string Name, string Value)> locals, EquatableArray<string> sums)
    {
        body.Declare(width.Local, Enumerable.Range(0, Transform.Points).Select(i => new LocalVariable("d" + Text.Number(i), width.LoadAt(reference, Multiple(i, step)))));
        var declared = Transform.Constants.Where(constant => locals.Select(local => local.Value).Concat(sums).Any(text => text.Contains(constant.Name + ",")))
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
