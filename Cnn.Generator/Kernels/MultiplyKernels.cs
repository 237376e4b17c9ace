using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>target = left * right; the target may be one of them.</summary>
internal sealed record MultiplyKernel(TensorLayout Left, TensorLayout Right, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
        [Parameter.Reads("left", Left), Parameter.Reads("right", Right), Parameter.Writes("target", Target).InPlace()];

    public override bool HasWidths => false;

    public override bool CanShare => true;

    public override string Reason => "element by element";

    public override void Build(KernelBody body, VectorWidth width, int part) => JointRuns.Emit(
        body,
        ["left", "right", "target"],
        [Left, Right, Target],
        (r, n) => new Call("Runs.Multiply", [$"ref {r[0]}", $"ref {r[1]}", $"ref {r[2]}", n]),
        IsShared);
}

/// <summary>target = source times the number of its channel; the target may be the source.</summary>
internal sealed record GateKernel(TensorLayout Source, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Source),
        Parameter.Reads("gate", Region.Run(Source.Volume.Channels)),
        Parameter.Writes("target", Target).InPlace(),
    ];

    public override bool HasWidths => false;

    public override string Reason => Source.Order == VolumeLayout.Hwc ? "the gate across the channels of each pixel" : "plane by plane";

    public override void Build(KernelBody body, VectorWidth width, int part) => ChannelRuns.Emit(
        body,
        ["source", "target"],
        [Source, Target],
        (r, n) => Source.Order == VolumeLayout.Hwc
            ? new Call("Channels.Scale", [$"ref {r[0]}", Source.Pixel, $"ref {r[1]}", Target.Pixel, "ref gate", Source.Volume.Channels, n])
            : new Call("Runs.Scale", [$"ref {r[0]}", $"ref {r[1]}", n, "Add(ref gate, c)"]));
}

/// <summary>The gradient of a gate: for each channel the sum of the products of what it multiplied and the gradient.</summary>
internal sealed record GateGradientKernel(TensorLayout Source, TensorLayout Gradient) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Source),
        Parameter.Reads("gradient", Gradient),
        Parameter.Writes("gate", Region.Run(Source.Volume.Channels)),
    ];

    public override bool HasWidths => false;

    public override string Reason => "added up in double precision";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        body.Call("Blocks.Fill", "ref gate", Source.Volume.Channels, "0f");
        ChannelRuns.Emit(
            body,
            ["source", "gradient"],
            [Source, Gradient],
            (r, n) => Source.Order == VolumeLayout.Hwc
                ? new Call(
                    "Channels.AddDots", [$"ref {r[0]}", Source.Pixel, $"ref {r[1]}", Gradient.Pixel, "ref gate", Source.Volume.Channels, n])
                : new Assignment("Add(ref gate, c)", $"Runs.Dot(ref {r[0]}, ref {r[1]}, {n})", IsAdded: true));
    }
}

/// <summary>
/// The factors by which the channels of a sample are multiplied in dropout of whole channels: zero, or 1 / (1 - rate).
/// </summary>
internal sealed record ChannelMaskKernel(int Channels, float Rate, int Index) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Writes("target", Region.Run(Channels)), .. Parameter.Random];

    public override bool HasWidths => false;

    public override string Reason => "the mask is drawn from seed, layer, sample and channel";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        body.Call("Blocks.Fill", "ref target", Channels, "1f");
        body.Call("Dropout.Forward", "ref target", Channels, Text.Literal(Rate), "seed", Index, "sample");
    }
}

/// <summary>
/// Walks several buffers of the same volume and order by the longest runs of pixels: of all channels where they are innermost, else of
/// channel c.
/// </summary>
internal static class ChannelRuns
{
    /// <param name="body">Receives the loops.</param>
    /// <param name="names">The references.</param>
    /// <param name="layouts">As many layouts, all of one order.</param>
    /// <param name="call">Prints the call on a run of so many pixels, given one reference each.</param>
    public static void Emit(KernelBody body, string[] names, TensorLayout[] layouts, System.Func<string[], int, Statement> call)
    {
        var planar = layouts[0].Order == VolumeLayout.Chw;
        var volume = layouts[0].Volume;
        var whole = System.Array.TrueForAll(layouts, layout => layout.Row == volume.Width * layout.Pixel);
        using (body.For("c", planar ? volume.Channels : 1))
        using (body.For("y", whole ? 1 : volume.Height))
        {
            var moved = new string[names.Length];
            for (var i = 0; i < names.Length; i++)
            {
                moved[i] = "r" + Text.Number(i);
                var layout = layouts[i];
                body.Refer(moved[i], Kernel.PlaceOf(names[i], layout.Origin, ("c", layout.Channel), ("y", layout.Row)));
            }

            body.Add(call(moved, whole ? volume.Height * volume.Width : volume.Width));
        }
    }
}
