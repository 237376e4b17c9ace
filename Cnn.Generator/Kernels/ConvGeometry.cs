using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Kernels;

/// <summary>The numbers of one convolution: channels, window, and the grid of outputs before any pooling.</summary>
internal sealed record ConvGeometry(
    int InChannels,
    int OutChannels,
    Window Window,
    int OutHeight,
    int OutWidth)
{
    public int KernelHeight => Window.KernelHeight;

    public int KernelWidth => Window.KernelWidth;

    public int Taps => InChannels * KernelHeight * KernelWidth;

    public static ConvGeometry Of(ConvLayer layer, Shape input)
    {
        var output = layer.Infer(input);
        return new ConvGeometry(input.Channels, layer.Filters, layer.Window(input), output.Height, output.Width);
    }

    /// <summary>
    /// The convolution that computes the gradient of the input: from the gradient of the output, pulled apart by the stride, with
    /// the kernel turned by 180 degrees and the roles of the channels exchanged, at stride 1.
    /// </summary>
    public ConvGeometry BackwardData(Shape input)
    {
        var top = KernelHeight - 1 - Window.Top;
        var left = KernelWidth - 1 - Window.Left;
        var bottom = input.Height + KernelHeight - 1 - top - (((OutHeight - 1) * Window.StrideHeight) + 1);
        var right = input.Width + KernelWidth - 1 - left - (((OutWidth - 1) * Window.StrideWidth) + 1);
        return new ConvGeometry(
            OutChannels,
            InChannels,
            new Window(KernelHeight, KernelWidth, 1, 1, top, left, bottom, right),
            input.Height,
            input.Width);
    }
}
