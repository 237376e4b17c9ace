using Cnn.Generator.Shapes;

namespace Cnn.Generator.Schedules;

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

    /// <summary>The rows and columns of outputs that count: a 2x2 pooling after it reads whole windows only.</summary>
    public (int Height, int Width) Grid(bool isPooled) => isPooled ? (OutHeight / 2 * 2, OutWidth / 2 * 2) : (OutHeight, OutWidth);

    /// <summary>The same for a kernel that is handed the corner of the first window: where that lies no longer matters.</summary>
    public ConvGeometry AtCorner() => this with { Window = Window with { Top = 0, Left = 0, Bottom = 0, Right = 0 } };
}
