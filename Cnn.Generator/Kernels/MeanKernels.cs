using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The windows of adaptive pooling: output i of m over n elements stands for floor(i * n / m) to ceil((i + 1) * n / m) - 1; one output for
/// each channel is global pooling.
/// </summary>
internal sealed record AdaptiveWindows(Shape Input, int OutHeight, int OutWidth)
{
    /// <summary>Gets a value indicating whether no element stands in two windows.</summary>
    public bool IsDisjoint => Input.Height % OutHeight == 0 && Input.Width % OutWidth == 0;

    /// <summary>Declares the rows and columns of the window of output (y, x).</summary>
    public void Declare(KernelBody body)
    {
        Declare(body, "top", "bottom", "y", Input.Height, OutHeight);
        Declare(body, "left", "right", "x", Input.Width, OutWidth);
        body.Declare(LocalType.Float, "scale", "1f / ((bottom - top) * (right - left))");
    }

    private static void Declare(KernelBody body, string first, string end, string index, int size, int outputs)
    {
        if (outputs == 1)
        {
            body.Declare(LocalType.Constant, first, "0");
            body.Declare(LocalType.Constant, end, Text.Number(size));
        }
        else if (size % outputs == 0)
        {
            body.Declare(LocalType.Integer, first, $"{index} * {size / outputs}");
            body.Declare(LocalType.Integer, end, $"{first} + {size / outputs}");
        }
        else
        {
            body.Declare(LocalType.Integer, first, $"(int)({index} * {size}L / {outputs})");
            body.Declare(LocalType.Integer, end, $"(int)(((({index} + 1) * {size}L) + {outputs - 1}) / {outputs})");
        }
    }
}

/// <summary>Means over the windows of global and adaptive pooling.</summary>
internal sealed record MeanKernel(AdaptiveWindows Windows, TensorLayout Source, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Reads("source", Source), Parameter.Writes("target", Target)];

    public override bool HasWidths => false;

    public override string Reason => Source.Order == VolumeLayout.Hwc ? "vectorised across channels" : "vectorised along rows";

    /// <summary>Whole rows, one behind the other without a border, are one run.</summary>
    private bool IsOneRun => Windows.OutWidth == 1 && Source.Row == Source.Volume.Width * Source.Pixel;

    private string Rows => IsOneRun ? "top + 1" : "bottom";

    private string Length => IsOneRun ? $"(bottom - top) * {Source.Volume.Width}" : "right - left";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var byChannels = Source.Order == VolumeLayout.Hwc;
        var channels = Source.Volume.Channels;
        using (body.For("c", byChannels ? 1 : channels))
        using (body.For("y", Windows.OutHeight))
        using (body.For("x", Windows.OutWidth))
        {
            Windows.Declare(body);
            body.Add(Declare("t", "target", Target.Origin, ("c", Target.Channel), ("y", Target.Row), ("x", Target.Pixel)));
            body.Add(byChannels ? new Call("Blocks.Fill", ["ref t", channels, "0f"]) : new Declaration(LocalType.Float, [new LocalVariable("sum", "0f")]));
            using (body.Open(new Counted(LocalType.Integer, "row", "top", Rows)))
            {
                body.Add(Declare("s", "source", Source.Origin, ("c", Source.Channel), ("row", Source.Row), ("left", Source.Pixel)));
                body.Add(byChannels
                    ? new Call("Channels.AddSums", ["ref s", Source.Pixel, "ref t", channels, Length])
                    : new Assignment("sum", $"Runs.Sum(ref s, {Length})", IsAdded: true));
            }

            body.Add(byChannels ? new Call("Runs.Scale", ["ref t", "ref t", channels, "scale"]) : new Assignment("t", "sum * scale"));
        }
    }
}

/// <summary>The backward pass of <see cref="MeanKernel"/>: each window hands its gradient, divided, to its elements.</summary>
internal sealed record MeanGradientKernel(AdaptiveWindows Windows, TensorLayout Gradient, TensorLayout Result) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("gradient", Gradient),
        Parameter.Writes("result", Result).Clearing(Windows.IsDisjoint ? Region.Nothing : Region.Run(Result.Length)),
    ];

    public override bool HasWidths => false;

    public override string Reason => Result.Order == VolumeLayout.Hwc ? "vectorised across channels" : "vectorised along rows";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var byChannels = Result.Order == VolumeLayout.Hwc;
        var channels = Result.Volume.Channels;
        if (!Windows.IsDisjoint)
            body.Call("Blocks.Fill", "ref result", Result.Length, "0f");
        using (body.For("c", byChannels ? 1 : channels))
        using (body.For("y", Windows.OutHeight))
        using (body.For("x", Windows.OutWidth))
        {
            Windows.Declare(body);
            body.Add(Declare("g", "gradient", Gradient.Origin, ("c", Gradient.Channel), ("y", Gradient.Row), ("x", Gradient.Pixel)));
            using (body.Open(new Counted(LocalType.Integer, "row", "top", "bottom")))
            {
                if (!byChannels && Windows.IsDisjoint)
                {
                    body.Add(Declare("r", "result", Result.Origin, ("c", Result.Channel), ("row", Result.Row), ("left", 1)));
                    body.Call("Blocks.Fill", "ref r", "right - left", "g * scale");
                    return;
                }

                using (body.Open(new Counted(LocalType.Integer, "column", "left", "right")))
                {
                    body.Add(Declare("r", "result", Result.Origin, ("c", Result.Channel), ("row", Result.Row), ("column", Result.Pixel)));
                    body.Add(byChannels
                        ? new Call($"Runs.{(Windows.IsDisjoint ? "Scale" : "ScaleAddTo")}", ["ref g", "ref r", channels, "scale"])
                        : new Assignment("r", "g * scale", IsAdded: true));
                }
            }
        }
    }
}
