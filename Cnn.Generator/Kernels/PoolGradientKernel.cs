using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Shapes;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The backward pass of a maximum: its gradient goes to the first element, in row-major order, that reached it.
/// <see cref="Result"/> has room for the border that the windows read.
/// </summary>
internal sealed record PoolGradientKernel(PoolGeometry Geometry, TensorLayout Source, TensorLayout Gradient, TensorLayout Result)
    : WindowKernel(Geometry)
{
    /// <remarks>No maximum lies in the border, which stays zero.</remarks>
    protected override EquatableArray<Parameter> State() =>
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

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        if (!Geometry.Covers)
            body.Call("Blocks.Fill", "ref result", Result.Length, "0f");
        if (ByPairs)
        {
            EmitPairs(body, width);
            return;
        }

        EmitOutputs(body, (y, x) =>
        {
            body.Add(DeclareWindow("s", "source", Source, y, x));
            body.Add(Declare("g", "gradient", Gradient.Origin, (y, Gradient.Row), (x, Gradient.Pixel)));
            body.Add(DeclareWindow("r", "result", Result, y, x));
            if (AcrossChannels)
                EmitVectors(body, Fitting(width, Geometry.Input.Channels));
            else
                EmitScalars(body);
        });
    }

    private void EmitVectors(KernelBody body, VectorWidth width) =>
        ChannelVectors.Emit(body, width, Geometry.Input.Channels, !Geometry.IsDisjoint, (c, mask) =>
        {
            body.Declare(width.Local, "d", $"{width.LoadAt("g", Distance(0, (c, 1)))}{(mask.Length == 0 ? "" : " & " + mask)}");
            EmitMaximum(body, width, tap => width.LoadAt("s", Place(tap, Source, c)));
            if (IsUnrolled)
                body.Declare(width.Local, "hit");
            EmitTaps(body, unroll: true, tap =>
            {
                var isMaximum = $"{width.Type}.Equals(m, {width.LoadAt("s", Place(tap, Source, c))})";
                var place = Place(tap, Result, c);
                body.Add(IsUnrolled ? new Assignment("hit", $"d & {isMaximum}") : new Declaration(width.Local, [new LocalVariable("hit", $"d & {isMaximum}")]));
                var sum = Geometry.IsDisjoint ? "hit" : width.LoadAt("r", place) + " + hit";
                body.Add(width.StoreAt(sum, "r", place));
                if (!IsUnrolled || tap.Row < Window.KernelHeight - 1 || tap.Column < Window.KernelWidth - 1)
                    body.Assign("d", $"{width.Type}.AndNot(d, {isMaximum})");
            });
        });

    private void EmitMaximum(KernelBody body, VectorWidth width, System.Func<Tap, string> load)
    {
        if (!IsUnrolled)
        {
            body.Declare(width.Local, "m", $"{width.Type}.Create(float.NegativeInfinity)");
            EmitTaps(body, unroll: true, tap => body.Assign("m", width.Max("m", load(tap))));
            return;
        }

        var values = new List<string>();
        EmitTaps(body, unroll: true, tap => values.Add(load(tap)));
        var maximum = values[0];
        for (var i = 1; i < values.Count; i++)
            maximum = width.Max(maximum, values[i]);
        body.Declare(width.Local, "m", maximum);
    }

    private void EmitScalars(KernelBody body)
    {
        using (body.For("c", Geometry.Input.Channels))
        {
            body.Declare(LocalType.Float, "d", $"Add(ref g, {Distance(0, ("c", Gradient.Channel))})");
            body.Add(Declare("rc", "r", 0, ("c", Result.Channel)));
            body.Add(Declare("sc", "s", 0, ("c", Source.Channel)));
            body.Declare(LocalType.Float, "best", "float.NegativeInfinity");
            body.Declare(LocalType.Integer, "winner", "0");
            EmitTaps(body, unroll: false, tap =>
            {
                body.Declare(LocalType.Float, "v", $"Add(ref sc, {Place(tap, Source)})");
                using (body.If("v > best"))
                {
                    body.Assign("best", "v");
                    body.Assign("winner", Place(tap, Result).ToString());
                }

                if (Geometry.IsDisjoint)
                    body.Assign($"Add(ref rc, {Place(tap, Result)})", "0f");
            });
            body.Increase("Add(ref rc, winner)", "d");
        }
    }

    private void EmitPairs(KernelBody body, VectorWidth width)
    {
        PairTiles.Emit(body, width, Geometry, isShared: false, (c, y, x) =>
        {
            body.Add(Declare("s", "source", Source.Origin, (c, Source.Channel), (y, 2 * Source.Row), (x, 2)));
            body.Add(Declare("g", "gradient", Gradient.Origin, (c, Gradient.Channel), (y, Gradient.Row), (x, 1)));
            body.Add(Declare("r", "result", Result.Origin, (c, Result.Channel), (y, 2 * Result.Row), (x, 2)));
            body.Declare(width.Local, "d", PairTiles.Twice(width, "g"));
            body.Declare(width.Local, "top", width.Load("s", 0));
            body.Declare(width.Local, "bottom", width.Load("s", Source.Row));
            body.Declare(width.Local, "m", width.Max("top", "bottom"));
            body.Assign("m", width.Max("m", "VectorLanes.SwapPairs(m)"));
            body.Assign("top", $"VectorLanes.FirstOfPairs({width.Type}.Equals(top, m))");
            body.Assign("bottom", $"{width.Type}.AndNot({width.Type}.Equals(bottom, m), top | VectorLanes.SwapPairs(top))");
            body.Add(width.Store("d & top", "r", 0));
            body.Add(width.Store("d & VectorLanes.FirstOfPairs(bottom)", "r", Result.Row));
        });
    }
}
