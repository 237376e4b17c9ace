using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

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
    public void Declare(CodeWriter writer)
    {
        Declare(writer, "top", "bottom", "y", Input.Height, OutHeight);
        Declare(writer, "left", "right", "x", Input.Width, OutWidth);
        writer.Line("float scale = 1f / ((bottom - top) * (right - left));");
    }

    private static void Declare(CodeWriter writer, string first, string end, string index, int size, int outputs)
    {
        if (outputs == 1)
        {
            writer.Line($"const int {first} = 0;");
            writer.Line($"const int {end} = {size};");
        }
        else if (size % outputs == 0)
        {
            writer.Line($"int {first} = {index} * {size / outputs};");
            writer.Line($"int {end} = {first} + {size / outputs};");
        }
        else
        {
            writer.Line($"int {first} = (int)({index} * {size}L / {outputs});");
            writer.Line($"int {end} = (int)(((({index} + 1) * {size}L) + {outputs - 1}) / {outputs});");
        }
    }
}

/// <summary>Means over the windows of global and adaptive pooling.</summary>
internal sealed record MeanKernel(AdaptiveWindows Windows, TensorLayout Source, TensorLayout Target) : Kernel
{
    public override EquatableArray<Parameter> Parameters => [Parameter.Reads("source", Source), Parameter.Writes("target", Target)];

    public override bool HasWidths => false;

    public override string Reason => Source.Order == VolumeLayout.Hwc ? "vectorised across channels" : "vectorised along rows";

    /// <summary>Whole rows, one behind the other without a border, are one run.</summary>
    private bool IsOneRun => Windows.OutWidth == 1 && Source.Row == Source.Volume.Width * Source.Pixel;

    private string Rows => IsOneRun ? "top + 1" : "bottom";

    private string Length => IsOneRun ? $"(bottom - top) * {Source.Volume.Width}" : "right - left";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var byChannels = Source.Order == VolumeLayout.Hwc;
        var channels = Source.Volume.Channels;
        using (writer.Block($"for (int c = 0; c < {(byChannels ? 1 : channels)}; c++)"))
        using (writer.Block($"for (int y = 0; y < {Windows.OutHeight}; y++)"))
        using (writer.Block($"for (int x = 0; x < {Windows.OutWidth}; x++)"))
        {
            Windows.Declare(writer);
            writer.Line(Declare("t", "target", Target.Origin, ("c", Target.Channel), ("y", Target.Row), ("x", Target.Pixel)));
            writer.Line(byChannels ? $"Blocks.Fill(ref t, {channels}, 0f);" : "float sum = 0f;");
            using (writer.Block($"for (int row = top; row < {Rows}; row++)"))
            {
                writer.Line(Declare("s", "source", Source.Origin, ("c", Source.Channel), ("row", Source.Row), ("left", Source.Pixel)));
                writer.Line(byChannels
                    ? $"Channels.AddSums(ref s, {Source.Pixel}, ref t, {channels}, {Length});"
                    : $"sum += Runs.Sum(ref s, {Length});");
            }

            writer.Line(byChannels ? $"Runs.Scale(ref t, ref t, {channels}, scale);" : "t = sum * scale;");
        }
    }
}

/// <summary>The backward pass of <see cref="MeanKernel"/>: each window hands its gradient, divided, to its elements.</summary>
internal sealed record MeanGradientKernel(AdaptiveWindows Windows, TensorLayout Gradient, TensorLayout Result) : Kernel
{
    public override EquatableArray<Parameter> Parameters =>
    [
        Parameter.Reads("gradient", Gradient),
        Parameter.Writes("result", Result).Clearing(Windows.IsDisjoint ? Region.Nothing : Region.Run(Result.Length)),
    ];

    public override bool HasWidths => false;

    public override string Reason => Result.Order == VolumeLayout.Hwc ? "vectorised across channels" : "vectorised along rows";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var byChannels = Result.Order == VolumeLayout.Hwc;
        var channels = Result.Volume.Channels;
        if (!Windows.IsDisjoint)
            writer.Line($"Blocks.Fill(ref result, {Result.Length}, 0f);");
        using (writer.Block($"for (int c = 0; c < {(byChannels ? 1 : channels)}; c++)"))
        using (writer.Block($"for (int y = 0; y < {Windows.OutHeight}; y++)"))
        using (writer.Block($"for (int x = 0; x < {Windows.OutWidth}; x++)"))
        {
            Windows.Declare(writer);
            writer.Line(Declare("g", "gradient", Gradient.Origin, ("c", Gradient.Channel), ("y", Gradient.Row), ("x", Gradient.Pixel)));
            using (writer.Block("for (int row = top; row < bottom; row++)"))
            {
                if (!byChannels && Windows.IsDisjoint)
                {
                    writer.Line(Declare("r", "result", Result.Origin, ("c", Result.Channel), ("row", Result.Row), ("left", 1)));
                    writer.Line($"Blocks.Fill(ref r, right - left, g * scale);");
                    return;
                }

                using (writer.Block("for (int column = left; column < right; column++)"))
                {
                    writer.Line(Declare("r", "result", Result.Origin, ("c", Result.Channel), ("row", Result.Row), ("column", Result.Pixel)));
                    writer.Line(byChannels
                        ? $"Runs.{(Windows.IsDisjoint ? "Scale" : "ScaleAddTo")}(ref g, ref r, {channels}, scale);"
                        : "r += g * scale;");
                }
            }
        }
    }
}
