using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Where the pixels around a padded volume come from, and the loops over them.</summary>
/// <param name="Layer">The padding.</param>
/// <param name="Padded">How the padded volume lies.</param>
internal sealed record PaddedPixels(PadLayer Layer, TensorLayout Padded)
{
    public bool IsPlanar => Padded.Order == VolumeLayout.Chw;

    /// <summary>Gets the floats of a pixel that lie together.</summary>
    public int Unit => IsPlanar ? 1 : Padded.Volume.Channels;

    public int InsideHeight => Padded.Volume.Height - Layer.Top - Layer.Bottom;

    public int InsideWidth => Padded.Volume.Width - Layer.Left - Layer.Right;

    /// <summary>Gets the floats from the first of a row to its last.</summary>
    public int RowSpan => ((Padded.Volume.Width - 1) * Padded.Pixel) + Unit;

    private bool IsMirror => Layer.Mode == PadMode.Reflect;

    /// <summary>Walks the rows above and below: the offset of each in its plane, and of the row that it repeats.</summary>
    public void EmitRows(KernelBody body, Action<string, string> emit)
    {
        var last = Layer.Top + InsideHeight;
        Emit(body, "y", Layer.Top, Padded.Row, 0, IsMirror ? 2 * Layer.Top : Layer.Top, emit);
        Emit(body, "y", Layer.Bottom, Padded.Row, last, IsMirror ? last - 2 : last - 1, emit);
    }

    /// <summary>Walks the pixels beside a row: the offset of each in its row, and of the pixel that it repeats.</summary>
    public void EmitColumns(KernelBody body, Action<string, string> emit)
    {
        var last = Layer.Left + InsideWidth;
        Emit(body, "x", Layer.Left, Padded.Pixel, 0, IsMirror ? 2 * Layer.Left : Layer.Left, emit);
        Emit(body, "x", Layer.Right, Padded.Pixel, last, IsMirror ? last - 2 : last - 1, emit);
    }

    private void Emit(KernelBody body, string index, int count, int stride, int first, int origin, Action<string, string> emit)
    {
        if (count == 0)
            return;
        using (body.For(index, count))
            emit($"({first} + {index}) * {stride}", IsMirror ? $"({origin} - {index}) * {stride}" : Text.Number(origin * stride));
    }
}

/// <summary>Copies a volume and puts rows and columns around it: a number, its mirror image, or its border repeated.</summary>
internal sealed record PadKernel(PadLayer Layer, TensorLayout Source, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Reads("source", Source), Parameter.Writes("target", Target)];

    public override bool HasWidths => false;

    public override string Reason => "row by row, the columns beside each row before the rows around all";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var pixels = new PaddedPixels(Layer, Target);
        using (body.For("c", pixels.IsPlanar ? Source.Volume.Channels : 1))
        {
            body.Add(Declare("plane", "target", Target.Origin, ("c", Target.Channel)));
            using (body.For("y", Source.Volume.Height))
                EmitRow(body, pixels);
            pixels.EmitRows(body, (row, origin) => body.Add(Layer.Mode == PadMode.Constant
                ? Fill($"Add(ref plane, {row})", Target.Volume.Width, pixels.Unit)
                : new Call("Blocks.Copy", [$"ref Add(ref plane, {origin})", $"ref Add(ref plane, {row})", pixels.RowSpan])));
        }
    }

    private void EmitRow(KernelBody body, PaddedPixels pixels)
    {
        var (unit, columns) = (pixels.Unit, Source.Volume.Width);
        body.Add(Declare("s", "source", Source.Origin, ("c", Source.Channel), ("y", Source.Row)));
        body.Add(Declare("t", "plane", Layer.Top * Target.Row, ("y", Target.Row)));
        var inside = At("t", Layer.Left * Target.Pixel);
        body.Add(Source.Pixel == unit && Target.Pixel == unit
            ? new Call("Blocks.Copy", ["ref s", inside, columns * unit])
            : new Call("Blocks.CopyRows", ["ref s", Source.Pixel, inside, Target.Pixel, unit, columns]));
        if (Layer.Mode == PadMode.Constant)
        {
            if (Layer.Left > 0)
                body.Add(Fill("t", Layer.Left, unit));
            if (Layer.Right > 0)
                body.Add(Fill(At("t", (Layer.Left + columns) * Target.Pixel).Substring(4), Layer.Right, unit));
            return;
        }

        pixels.EmitColumns(body, (place, origin) => body.Add(unit == 1
            ? new Assignment($"Add(ref t, {place})", $"Add(ref t, {origin})")
            : new Call("Blocks.Copy", [$"ref Add(ref t, {origin})", $"ref Add(ref t, {place})", unit])));
    }

    /// <summary>Fills so many pixels; the gaps between them stay as they are.</summary>
    private Statement Fill(string reference, int pixels, int unit)
    {
        var value = Text.Literal(Layer.Value);
        return Target.Pixel == unit
            ? new Call("Blocks.Fill", [$"ref {reference}", pixels * unit, value])
            : new Raw($"for (int p = 0; p < {pixels}; p++) Blocks.Fill(ref Add(ref {reference}, p * {Target.Pixel}), {unit}, {value});");
    }
}

/// <summary>The backward pass of a mirrored or repeated border: what stands around the volume is added to what it repeats, in place.</summary>
internal sealed record FoldBorderKernel(PadLayer Layer, TensorLayout Gradient) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Accumulates("gradient", Gradient)];

    public override bool HasWidths => false;

    public override string Reason => "the rows around all before the columns beside each row";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var pixels = new PaddedPixels(Layer, Gradient);
        using (body.For("c", pixels.IsPlanar ? Gradient.Volume.Channels : 1))
        {
            body.Add(Declare("plane", "gradient", Gradient.Origin, ("c", Gradient.Channel)));
            pixels.EmitRows(body, (row, origin) => body.Add(
                new Call("Runs.AddTo", [$"ref Add(ref plane, {origin})", $"ref Add(ref plane, {row})", pixels.RowSpan])));
            if (Layer.Left + Layer.Right == 0)
                return;
            using (body.For("y", pixels.InsideHeight))
            {
                body.Add(Declare("t", "plane", Layer.Top * Gradient.Row, ("y", Gradient.Row)));
                pixels.EmitColumns(body, (place, origin) => body.Add(pixels.Unit == 1
                    ? new Assignment($"Add(ref t, {origin})", $"Add(ref t, {place})", IsAdded: true)
                    : new Call("Runs.AddTo", [$"ref Add(ref t, {origin})", $"ref Add(ref t, {place})", pixels.Unit])));
            }
        }
    }
}

/// <summary>Fills a tensor with zeros, its border too.</summary>
internal sealed record ClearKernel(int Length) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Writes("target", Region.Run(Length))];

    public override bool HasWidths => false;

    public override string Reason => "zeros where nothing else is written";

    public override void Build(KernelBody body, VectorWidth width, int part) =>
        body.Call("Blocks.Fill", "ref target", Length, "0f");
}
