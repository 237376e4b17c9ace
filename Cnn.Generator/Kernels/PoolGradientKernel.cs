using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The backward pass of a maximum: its gradient goes to the first element, in row-major order, that reached it.
/// <see cref="Result"/> has room for the border that the windows read.
/// </summary>
internal sealed record PoolGradientKernel(PoolGeometry Geometry, TensorLayout Source, TensorLayout Gradient, TensorLayout Result)
    : WindowKernel(Geometry)
{
    /// <remarks>No maximum lies in the border, which stays zero.</remarks>
    public override EquatableArray<Parameter> Parameters =>
        [Parameter.Reads("source", Windows(Source)), Parameter.Reads("gradient", Gradient), Parameter.Writes("result", Result).Clearing(Unreached(Result))];

    public override bool HasWidths => AcrossChannels || ByPairs;

    public override string Reason => AcrossChannels
        ? "vectorised across channels"
        : ByPairs ? "vectorised across the width" : "one output at a time";

    private bool AcrossChannels =>
        Source.Order == VolumeLayout.Hwc && Gradient.Order == VolumeLayout.Hwc && Result.Order == VolumeLayout.Hwc
        && FillVectors(Geometry.Input.Channels);

    private bool ByPairs => Source.Order == VolumeLayout.Chw && Gradient.Order == VolumeLayout.Chw && Result.Order == VolumeLayout.Chw
        && Geometry.IsPairs && Geometry.OutWidth >= 4;

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        if (!Geometry.Covers)
            writer.Line($"Blocks.Fill(ref result, {Result.Length}, 0f);");
        if (ByPairs)
        {
            EmitPairs(writer, width);
            return;
        }

        EmitOutputs(writer, (y, x) =>
        {
            writer.Line(DeclareWindow("s", "source", Source, y, x));
            writer.Line(Declare("g", "gradient", Gradient.Origin, (y, Gradient.Row), (x, Gradient.Pixel)));
            writer.Line(DeclareWindow("r", "result", Result, y, x));
            if (AcrossChannels)
                EmitVectors(writer, Fitting(width, Geometry.Input.Channels));
            else
                EmitScalars(writer);
        });
    }

    private void EmitVectors(CodeWriter writer, VectorWidth width) =>
        ChannelVectors.Emit(writer, width, Geometry.Input.Channels, !Geometry.IsDisjoint, (c, mask) =>
        {
            writer.Line($"{width.Float} d = {width.LoadAt("g", Offset(0, (c, 1)))}{(mask.Length == 0 ? "" : " & " + mask)};");
            EmitMaximum(writer, width, tap => width.LoadAt("s", Place(tap, Source, c)));
            if (IsUnrolled)
                writer.Line($"{width.Float} hit;");
            EmitTaps(writer, unroll: true, tap =>
            {
                var isMaximum = $"{width.Type}.Equals(m, {width.LoadAt("s", Place(tap, Source, c))})";
                var place = Place(tap, Result, c);
                writer.Line($"{(IsUnrolled ? "" : width.Float + " ")}hit = d & {isMaximum};");
                var sum = Geometry.IsDisjoint ? "hit" : width.LoadAt("r", place) + " + hit";
                writer.Line(width.StoreAt(sum, "r", place));
                if (!IsUnrolled || tap.Row < Window.KernelHeight - 1 || tap.Column < Window.KernelWidth - 1)
                    writer.Line($"d = {width.Type}.AndNot(d, {isMaximum});");
            });
        });

    private void EmitMaximum(CodeWriter writer, VectorWidth width, System.Func<Tap, string> load)
    {
        if (!IsUnrolled)
        {
            writer.Line($"{width.Float} m = {width.Type}.Create(float.NegativeInfinity);");
            EmitTaps(writer, unroll: true, tap => writer.Line($"m = {width.Max("m", load(tap))};"));
            return;
        }

        var values = new List<string>();
        EmitTaps(writer, unroll: true, tap => values.Add(load(tap)));
        var maximum = values[0];
        for (var i = 1; i < values.Count; i++)
            maximum = width.Max(maximum, values[i]);
        writer.Line($"{width.Float} m = {maximum};");
    }

    private void EmitScalars(CodeWriter writer)
    {
        using (writer.Block($"for (int c = 0; c < {Geometry.Input.Channels}; c++)"))
        {
            writer.Line($"float d = Add(ref g, {Offset(0, ("c", Gradient.Channel))});");
            writer.Line(Declare("rc", "r", 0, ("c", Result.Channel)));
            writer.Line(Declare("sc", "s", 0, ("c", Source.Channel)));
            writer.Line("float best = float.NegativeInfinity;");
            writer.Line("int winner = 0;");
            EmitTaps(writer, unroll: false, tap =>
            {
                writer.Line($"float v = Add(ref sc, {Place(tap, Source)});");
                using (writer.Block("if (v > best)"))
                {
                    writer.Line("best = v;");
                    writer.Line($"winner = {Place(tap, Result)};");
                }

                if (Geometry.IsDisjoint)
                    writer.Line($"Add(ref rc, {Place(tap, Result)}) = 0f;");
            });
            writer.Line("Add(ref rc, winner) += d;");
        }
    }

    private void EmitPairs(CodeWriter writer, VectorWidth width)
    {
        PairTiles.Emit(writer, width, Geometry, isShared: false, (c, y, x) =>
        {
            writer.Line(Declare("s", "source", Source.Origin, (c, Source.Channel), (y, 2 * Source.Row), (x, 2)));
            writer.Line(Declare("g", "gradient", Gradient.Origin, (c, Gradient.Channel), (y, Gradient.Row), (x, 1)));
            writer.Line(Declare("r", "result", Result.Origin, (c, Result.Channel), (y, 2 * Result.Row), (x, 2)));
            writer.Line($"{width.Float} d = {PairTiles.Twice(width, "g")};");
            writer.Line($"{width.Float} top = {width.Load("s", 0)};");
            writer.Line($"{width.Float} bottom = {width.Load("s", Source.Row)};");
            writer.Line($"{width.Float} m = {width.Max("top", "bottom")};");
            writer.Line($"m = {width.Max("m", "VectorLanes.SwapPairs(m)")};");
            writer.Line($"top = VectorLanes.FirstOfPairs({width.Type}.Equals(top, m));");
            writer.Line($"bottom = {width.Type}.AndNot({width.Type}.Equals(bottom, m), top | VectorLanes.SwapPairs(top));");
            writer.Line(width.Store("d & top", "r", 0));
            writer.Line(width.Store("d & VectorLanes.FirstOfPairs(bottom)", "r", Result.Row));
        });
    }
}
