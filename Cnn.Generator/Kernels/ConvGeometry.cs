using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Kernels;

/// <summary>The numbers of one convolution, of one group of its channels: channels, window, and the grid of outputs before any pooling.</summary>
internal sealed record ConvGeometry(
    int InChannels,
    int OutChannels,
    Window Window,
    int OutHeight,
    int OutWidth)
{
    public int KernelHeight => Window.KernelHeight;

    public int KernelWidth => Window.KernelWidth;

    /// <summary>Gets the rows of the source, as far as windows reach.</summary>
    public int InHeight => ((OutHeight - 1) * Window.StrideHeight) + ((KernelHeight - 1) * Window.DilationHeight) + 1 - Window.Top - Window.Bottom;

    /// <summary>Gets the columns of the source, as far as windows reach.</summary>
    public int InWidth => ((OutWidth - 1) * Window.StrideWidth) + ((KernelWidth - 1) * Window.DilationWidth) + 1 - Window.Left - Window.Right;

    public int Taps => InChannels * KernelHeight * KernelWidth;

    /// <summary>The rows and columns of outputs that count: a 2x2 pooling behind it reads whole windows only.</summary>
    public (int Height, int Width) Grid(bool isPooled) => isPooled ? (OutHeight / 2 * 2, OutWidth / 2 * 2) : (OutHeight, OutWidth);

    /// <summary>The elements of a source that it reads, from the corner of the first window on.</summary>
    public Region Reads(TensorView source, int channels, bool isPooled = false)
    {
        var (height, width) = Grid(isPooled);
        return Taps == 0 ? Region.Nothing : Region.Grid(
            source,
            ((height - 1) * Window.StrideHeight) + ((KernelHeight - 1) * Window.DilationHeight) + 1,
            ((width - 1) * Window.StrideWidth) + ((KernelWidth - 1) * Window.DilationWidth) + 1,
            channels);
    }

    /// <summary>The elements of a result that it writes, from the first output on.</summary>
    public Region Writes(TensorView target, int channels, bool isPooled = false)
    {
        var (height, width) = Grid(isPooled);
        return isPooled ? Region.Grid(target, height / 2, width / 2, channels) : Region.Grid(target, height, width, channels);
    }

    /// <summary>The parameters of a kernel that computes it directly.</summary>
    /// <param name="source">How the source lies.</param>
    /// <param name="target">How the result lies.</param>
    /// <param name="weights">The floats of the weights.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="isPooled">Whether a 2x2 pooling follows.</param>
    /// <param name="residual">How a volume lies that is added to the result; null where none is.</param>
    public EquatableArray<Parameter> Parameters(
        TensorView source, TensorView target, int weights, bool hasBias, bool isPooled, TensorView? residual = null) =>
    [
        Parameter.Reads("source", () => Reads(source, InChannels, isPooled)),
        Parameter.Weights("weights", Region.Run(weights)),
        .. Parameter.Where(hasBias, Parameter.Weights("bias", Region.Run(OutChannels))),
        .. residual is { } other ? new[] { Parameter.Reads("residual", () => Writes(other, OutChannels)) } : [],
        Parameter.Writes("target", () => Writes(target, OutChannels, isPooled)),
    ];

    /// <summary>Gets the same for a kernel that is handed the corner of the first window: where that lies no longer matters.</summary>
    public ConvGeometry AtCorner => this with { Window = Window with { Top = 0, Left = 0, Bottom = 0, Right = 0 } };

    /// <summary>
    /// The same as one long row, where the window is a single element and the rows of what is read and written follow each other without a gap.
    /// </summary>
    public ConvGeometry Flattened(TensorView source, TensorView target, TensorView? residual = null)
    {
        var isPointwise = KernelHeight == 1 && KernelWidth == 1 && Window.StrideHeight == 1 && Window.StrideWidth == 1;
        return isPointwise && IsOneRow(source) && IsOneRow(target) && (residual is not { } other || IsOneRow(other))
            ? this with { OutHeight = 1, OutWidth = OutHeight * OutWidth }
            : this;

        bool IsOneRow(TensorView view) => view.Row == OutWidth * view.Pixel;
    }
}
