using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The backward pass of pooling: a maximum hands its gradient to the first element, in row-major order, that reached it; a mean
/// spreads it. <see cref="Result"/> has the grid of the source, border included.
/// </summary>
internal sealed record PoolGradientKernel(PoolGeometry Geometry, TensorLayout Source, TensorLayout Gradient, TensorLayout Result) : Kernel
{
    public override string Signature => "ref float source, ref float gradient, ref float result";

    public override bool HasWidths => AcrossChannels || ByPairs;

    public override string Reason => AcrossChannels
        ? "vectorised across channels"
        : ByPairs ? "vectorised across the width" : "one output at a time";

    private bool AcrossChannels =>
        Source.Order == VolumeLayout.Hwc && Gradient.Order == VolumeLayout.Hwc && Result.Order == VolumeLayout.Hwc
        && Geometry.Input.Channels % 8 == 0;

    private bool ByPairs => Source.Order == VolumeLayout.Chw && Gradient.Order == VolumeLayout.Chw && Result.Order == VolumeLayout.Chw
        && Geometry.IsPairs && Geometry.OutWidth >= 4;

    private bool Covers => Geometry.IsDisjoint
        && Geometry.OutHeight * Geometry.Window.KernelHeight == Geometry.Input.Height
        && Geometry.OutWidth * Geometry.Window.KernelWidth == Geometry.Input.Width;

    private string Scale => (1f / Geometry.Size).ToString("R", CultureInfo.InvariantCulture) + "f";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        if (!Covers)
            writer.Line($"{Library}Blocks.Fill(ref result, {Result.Length}, 0f);");
        if (ByPairs)
        {
            EmitPairs(writer, width);
            return;
        }

        var window = Geometry.Window;
        var (rowScope, y) = Loop(writer, "y", Geometry.OutHeight);
        using (rowScope)
        {
            var (columnScope, x) = Loop(writer, "x", Geometry.OutWidth);
            using (columnScope)
            {
                writer.Line(Declare(
                    "s",
                    "source",
                    Source.Corner(window.Top, window.Left),
                    (y, window.StrideHeight * Source.GridRow),
                    (x, window.StrideWidth * Source.GridColumn)));
                writer.Line(Declare("g", "gradient", Gradient.Origin, (y, Gradient.Row), (x, Gradient.Pixel)));
                writer.Line(Declare(
                    "r",
                    "result",
                    Result.Corner(window.Top, window.Left),
                    (y, window.StrideHeight * Result.GridRow),
                    (x, window.StrideWidth * Result.GridColumn)));
                if (AcrossChannels)
                    ChannelVectors.Emit(writer, width, Geometry.Input.Channels, c => EmitVectors(writer, width, c));
                else
                    EmitScalars(writer);
            }
        }
    }

    private IEnumerable<(int Source, int Result)> Window() =>
        from ky in Enumerable.Range(0, Geometry.Window.KernelHeight)
        from kx in Enumerable.Range(0, Geometry.Window.KernelWidth)
        select ((ky * Source.GridRow) + (kx * Source.GridColumn), (ky * Result.GridRow) + (kx * Result.GridColumn));

    private void EmitVectors(CodeWriter writer, VectorWidth width, string c)
    {
        string Load(string reference, int offset) => $"{width.Type}.LoadUnsafe(ref Unsafe.Add(ref {reference}, {Offset(offset, (c, 1))}))";
        writer.Line($"{width.Float} d = {Load("g", 0)}{(Geometry.IsMax ? "" : $" * {Scale}")};");
        if (Geometry.IsMax)
        {
            var maximum = Window().Select(tap => Load("s", tap.Source)).Aggregate((left, right) => $"{width.Type}.Max({left}, {right})");
            writer.Line($"{width.Float} m = {maximum};");
            writer.Line($"{width.Float} hit;");
        }

        var last = Window().Last();
        foreach (var tap in Window())
        {
            if (Geometry.IsMax)
                writer.Line($"hit = d & {width.Type}.Equals(m, {Load("s", tap.Source)});");
            var value = Geometry.IsMax ? "hit" : "d";
            var sum = Geometry.IsDisjoint ? value : $"({Load("r", tap.Result)} + {value})";
            writer.Line($"{sum}.StoreUnsafe(ref Unsafe.Add(ref r, {Offset(tap.Result, (c, 1))}));");
            if (Geometry.IsMax && tap != last)
                writer.Line($"d = {width.Type}.AndNot(d, {width.Type}.Equals(m, {Load("s", tap.Source)}));");
        }
    }

    private void EmitScalars(CodeWriter writer)
    {
        using (writer.Block($"for (int c = 0; c < {Geometry.Input.Channels}; c++)"))
        {
            writer.Line($"float d = Unsafe.Add(ref g, {Offset(0, ("c", Gradient.Channel))});");
            writer.Line(Declare("rc", "r", 0, ("c", Result.Channel)));
            if (Geometry.IsMax)
            {
                writer.Line(Declare("sc", "s", 0, ("c", Source.Channel)));
                writer.Line("float best = float.NegativeInfinity;");
                writer.Line("int winner = 0;");
            }

            using (writer.Block($"for (int ky = 0; ky < {Geometry.Window.KernelHeight}; ky++)"))
            using (writer.Block($"for (int kx = 0; kx < {Geometry.Window.KernelWidth}; kx++)"))
            {
                var place = Offset(0, ("ky", Result.GridRow), ("kx", Result.GridColumn));
                if (!Geometry.IsMax)
                {
                    writer.Line($"Unsafe.Add(ref rc, {place}) {(Geometry.IsDisjoint ? "=" : "+=")} d * {Scale};");
                }
                else
                {
                    writer.Line($"float v = Unsafe.Add(ref sc, {Offset(0, ("ky", Source.GridRow), ("kx", Source.GridColumn))});");
                    using (writer.Block("if (v > best)"))
                    {
                        writer.Line("best = v;");
                        writer.Line($"winner = {place};");
                    }

                    if (Geometry.IsDisjoint)
                        writer.Line($"Unsafe.Add(ref rc, {place}) = 0f;");
                }
            }

            if (Geometry.IsMax)
                writer.Line("Unsafe.Add(ref rc, winner) += d;");
        }
    }

    private void EmitPairs(CodeWriter writer, VectorWidth width)
    {
        PairTiles.Emit(writer, width, Geometry, (c, y, x) =>
        {
            writer.Line(Declare("s", "source", Source.Origin, (c, Source.Channel), (y, 2 * Source.Row), (x, 2)));
            writer.Line(Declare("g", "gradient", Gradient.Origin, (c, Gradient.Channel), (y, Gradient.Row), (x, 1)));
            writer.Line(Declare("r", "result", Result.Origin, (c, Result.Channel), (y, 2 * Result.Row), (x, 2)));
            var twice = width.Lanes == 8 ? "VectorLanes.Twice(Vector128.LoadUnsafe(ref g))" : "VectorLanes.LoadTwice(ref g, 0)";
            if (!Geometry.IsMax)
            {
                writer.Line($"{width.Float} d = {twice} * {Scale};");
                writer.Line("d.StoreUnsafe(ref r);");
                writer.Line($"d.StoreUnsafe(ref r, {Result.Row});");
                return;
            }

            writer.Line($"{width.Float} d = {twice};");
            writer.Line($"{width.Float} top = {width.Load("s", 0)};");
            writer.Line($"{width.Float} bottom = {width.Load("s", Source.Row)};");
            writer.Line($"{width.Float} m = {width.Type}.Max(top, bottom);");
            writer.Line($"m = {width.Type}.Max(m, VectorLanes.SwapPairs(m));");
            writer.Line($"top = VectorLanes.FirstOfPairs({width.Type}.Equals(top, m));");
            writer.Line($"bottom = {width.Type}.AndNot({width.Type}.Equals(bottom, m), top | VectorLanes.SwapPairs(top));");
            writer.Line("(d & top).StoreUnsafe(ref r);");
            writer.Line($"(d & VectorLanes.FirstOfPairs(bottom)).StoreUnsafe(ref r, {Result.Row});");
        });
    }
}
