using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A depthwise convolution, vectorised across channels that are innermost: a tile of columns of one vector of channels stays in
/// registers, and a column of the source that is loaded once serves all outputs of the tile that read it. Where the channels are no
/// multiple of the vector, the last one overlaps the one before it.
/// </summary>
internal sealed record DepthwiseKernel(
    ConvGeometry Geometry,
    int Channels,
    TensorView Source,
    TensorView Target,
    Epilogue Epilogue,
    bool HasBias,
    string Choice) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Geometry.Reads(Source, Channels)),
        Parameter.Weights("weights", Region.Run(Geometry.Taps * Pitch)),
        .. Parameter.Where(HasBias, Parameter.Weights("bias", Region.Run(Channels))),
        Parameter.Writes("target", Geometry.Writes(Target, Channels)),
    ];

    public override string Reason => Choice;

    public override bool CanShare => true;

    public override bool HasWide(int part) => Channels >= VectorWidth.V512.Lanes;

    private int Pitch => Tiling.RoundUp(Channels, 8);

    public override string Describe(VectorWidth width, int part) => DepthwiseSchedule.Of(Geometry, width).Describe();

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var window = Geometry.Window;
        var schedule = DepthwiseSchedule.Of(Geometry, width);
        var columns = schedule.Columns;
        var (rowScope, y) = TileLoop.Open(body, "y", Geometry.OutHeight, 1, IsShared);
        using (rowScope)
        {
            var (columnScope, x) = TileLoop.Open(body, "x", Geometry.OutWidth, columns);
            using (columnScope)
            {
                var (channelScope, c) = TileLoop.Open(body, "c", Channels, width.Lanes);
                using (channelScope)
                {
                    if (HasBias)
                        body.Add(Declare("b", "bias", 0, (c, 1)));
                    var bias = HasBias ? width.Load("b", 0) : width.Zero;
                    body.Declare(width.Local, Enumerable.Range(0, columns).Select(t => new LocalVariable("a" + Text.Number(t), t == 0 ? bias : "a0")));
                    if (Geometry.Taps > 0)
                    {
                        body.Add(Declare(
                            "s", "source", 0, (y, window.StrideHeight * Source.Row), (x, window.StrideWidth * Source.Pixel), (c, 1)));
                        body.Add(Declare("w", "weights", 0, (c, 1)));
                        EmitRows(body, schedule);
                    }

                    body.Add(Declare("t", "target", 0, (y, Target.Row), (x, Target.Pixel), (c, 1)));
                    for (var t = 0; t < columns; t++)
                        body.Add(width.Store(Epilogue.Activate(width, "a" + Text.Number(t)), "t", t * Target.Pixel));
                }
            }
        }
    }

    private void EmitRows(KernelBody body, DepthwiseSchedule schedule)
    {
        var (rowScope, ky) = Loop(body, "ky", Geometry.KernelHeight);
        using (rowScope)
        {
            if (schedule.HoldsTaps)
                EmitRow(body, schedule.Width, schedule.Columns);
            else
                EmitLongRow(body, schedule.Width, schedule.Columns);
            if (ky.Length > 0)
            {
                body.Advance("s", Geometry.Window.DilationHeight * Source.Row);
                body.Advance("w", Geometry.KernelWidth * Pitch);
            }
        }
    }

    private void EmitRow(KernelBody body, VectorWidth width, int columns)
    {
        body.Declare(width.Local, [new LocalVariable("v"), .. Enumerable.Range(0, Geometry.KernelWidth).Select(kx =>
            new LocalVariable("k" + Text.Number(kx), width.Load("w", kx * Pitch)))]);
        var uses = from t in Enumerable.Range(0, columns)
                   from kx in Enumerable.Range(0, Geometry.KernelWidth)
                   select (Output: t, Tap: kx, Column: (t * Geometry.Window.StrideWidth) + (kx * Geometry.Window.DilationWidth));
        foreach (var column in uses.GroupBy(use => use.Column).OrderBy(column => column.Key))
        {
            body.Add([
                new Broadcast("v", width.Load("s", column.Key * Source.Pixel)),
                .. column.Select(use => width.Accumulate("v", "k" + Text.Number(use.Tap), "a" + Text.Number(use.Output))),
            ]);
        }
    }

    private void EmitLongRow(KernelBody body, VectorWidth width, int columns)
    {
        using (body.For("kx", Geometry.KernelWidth))
        {
            body.Add(Declare("column", "s", 0, ("kx", Geometry.Window.DilationWidth * Source.Pixel)));
            body.Declare(width.Local, "k", width.LoadAt("w", Distance(0, ("kx", Pitch))));
            for (var t = 0; t < columns; t++)
            {
                var source = width.Load("column", t * Geometry.Window.StrideWidth * Source.Pixel);
                body.Add(width.Accumulate(source, "k", "a" + Text.Number(t)));
            }
        }
    }
}
