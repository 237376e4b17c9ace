using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>The gradient of a bias: each channel of a gradient summed up over all pixels, added to what is there.</summary>
internal sealed record ChannelSumsKernel(int Height, int Width, int Channels, TensorView Gradient) : Kernel
{
    public override string Signature => "ref float gradient, ref float bias";

    public override bool HasWidths => false;

    public override string Reason => "sums up each channel over all pixels";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        if (Gradient.Order == VolumeLayout.Chw)
        {
            using (writer.Block($"for (int c = 0; c < {Channels}; c++)"))
            {
                writer.Line(Declare("plane", "gradient", 0, ("c", Gradient.Channel)));
                writer.Line($"Unsafe.Add(ref bias, c) += {Library}Runs.SumOfRows(ref plane, {Gradient.Row}, {Width}, {Height});");
            }

            return;
        }

        var isOneRun = Height == 1 || Gradient.Row == Width * Gradient.Pixel;
        var (rows, pixels) = isOneRun ? (1, Height * Width) : (Height, Width);
        var (scope, y) = Loop(writer, "y", rows);
        using (scope)
        {
            writer.Line(Declare("row", "gradient", 0, (y, Gradient.Row)));
            writer.Line($"{Library}Channels.AddSums(ref row, {Gradient.Pixel}, ref bias, {Channels}, {pixels});");
        }
    }
}
