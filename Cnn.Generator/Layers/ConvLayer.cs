using System;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>A 2-D convolution, computed as cross-correlation: y[o] = b[o] + sum over c, i, j of w[o, c, i, j] x[c, i, j].</summary>
internal sealed record ConvLayer(int Filters, int KernelHeight, int KernelWidth, int Stride, PaddingSpec Padding, bool Bias)
    : Layer, IWindowed
{
    public override string Kind => "Conv";

    public override string NameStem => "conv";

    public override string Title => "Conv " + Text.Number(KernelHeight) + "x" + Text.Number(KernelWidth);

    public override bool FoldsBatchNorm => true;

    public override bool HasEpilogue => true;

    public override bool HasPoolingEpilogue => true;

    public override string Smaller => "use fewer filters or a larger stride";

    public static Layer? Read(ArgumentReader reader)
    {
        var filters = reader.Size("filters", "the number of filters");
        var isSquare = reader.Has("kernel");
        var height = isSquare ? reader.Size("kernel", "the kernel") : reader.Size("kernelHeight", "the height of the kernel");
        var width = isSquare ? height : reader.Size("kernelWidth", "the width of the kernel");
        var stride = reader.Size("Stride", "the stride");
        reader.Size("InChannels", "InChannels");
        var layer = new ConvLayer(filters, height, width, stride, reader.Padding(), reader.Flag("Bias", true));
        return reader.Failed ? null : layer;
    }

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        if (check.Written("InChannels") is { } promised && promised != input.Channels)
        {
            check.Report(
                Rules.ChannelMismatch,
                "InChannels",
                Text.Count(promised, "channel"),
                check.Producer.ToString(),
                input.ToString(),
                Text.Count(input.Channels, "channel"),
                Text.Number(input.Channels));
        }

        return WindowChecks.Check(this, input, check);
    }

    public override string Describe(Shape input) =>
        Text.Number(KernelHeight) + "x" + Text.Number(KernelWidth) + " convolution" + (Bias ? "" : " without bias")
        + WindowChecks.Describe(Window(input)) + ", " + ShapesText(input) + ParametersText(input);

    int IWindowed.Height => KernelHeight;

    int IWindowed.Width => KernelWidth;

    string IWindowed.Noun => "kernel";

    public Window Window(Shape input) => Shapes.Window.Resolve(input, KernelHeight, KernelWidth, Stride, Stride, Padding);

    public override Shape Infer(Shape input)
    {
        var window = Window(input);
        return Shape.Volume(window.OutputHeight(input.Height), window.OutputWidth(input.Width), Filters);
    }

    public override EquatableArray<ParameterSpec> Parameters(Shape input)
    {
        var taps = KernelHeight * KernelWidth;
        var fanOut = (int)Math.Min(int.MaxValue, (long)Filters * taps);
        var weight = new ParameterSpec("weight", [Filters, input.Channels, KernelHeight, KernelWidth], input.Channels * taps, fanOut);
        return Bias ? [weight, new ParameterSpec("bias", [Filters], 0, 0)] : [weight];
    }

    public override long MultiplyAdds(Shape input) => Infer(input).LongLength * input.Channels * KernelHeight * KernelWidth;
}
