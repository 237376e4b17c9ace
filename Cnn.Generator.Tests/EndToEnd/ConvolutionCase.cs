using System;
using System.Collections.Generic;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

internal enum ConvolutionKind
{
    Plain,
    Depthwise,
    Transposed,
}

/// <summary>A convolution of any kind over a volume that a layer of the network makes, so that its gradient is needed too.</summary>
internal sealed record ConvolutionCase(ConvolutionKind Kind, int Height, int Width, int Channels, Window Window)
{
    /// <summary>Gets the filters; of a depthwise convolution those of each channel.</summary>
    public int Filters { get; init; } = 1;

    public int Groups { get; init; } = 1;

    public bool HasBias { get; init; } = true;

    public int OutputPaddingHeight { get; init; }

    public int OutputPaddingWidth { get; init; }

    public bool IsHwc { get; init; } = true;

    public bool HasRelu { get; init; }

    public static ConvolutionCase Plain(int height, int width, int channels, int filters, Window window) =>
        new(ConvolutionKind.Plain, height, width, channels, window) { Filters = filters };

    public static ConvolutionCase Depthwise(int height, int width, int channels, Window window, int multiplier = 1) =>
        new(ConvolutionKind.Depthwise, height, width, channels, window) { Filters = multiplier };

    public static ConvolutionCase Transposed(int height, int width, int channels, int filters, Window window) =>
        new(ConvolutionKind.Transposed, height, width, channels, window) { Filters = filters };

    /// <summary>A legal case of any kind.</summary>
    public static ConvolutionCase Draw(Random random)
    {
        int[] channels = [1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 24];
        var kind = (ConvolutionKind)random.Next(3);
        while (true)
        {
            var groups = kind == ConvolutionKind.Depthwise || random.Next(2) == 0 ? 1 : random.Next(2, 5);
            var window = new Window(random.Next(1, 6), random.Next(1, 6))
            {
                StrideHeight = random.Next(1, 4),
                StrideWidth = random.Next(1, 4),
                DilationHeight = random.Next(1, 4),
                DilationWidth = random.Next(1, 4),
                Top = random.Next(3),
                Left = random.Next(3),
                Bottom = random.Next(3),
                Right = random.Next(3),
            };
            var drawn = new ConvolutionCase(kind, random.Next(1, 14), random.Next(1, 20), Pick(), window)
            {
                Filters = kind == ConvolutionKind.Depthwise ? random.Next(1, 4) : Pick(),
                Groups = groups,
                HasBias = random.Next(3) > 0,
                IsHwc = random.Next(2) == 0,
                HasRelu = random.Next(2) == 0,
                OutputPaddingHeight = random.Next(Math.Max(window.StrideHeight, window.DilationHeight)),
                OutputPaddingWidth = random.Next(Math.Max(window.StrideWidth, window.DilationWidth)),
            };
            if (drawn.IsLegal)
                return drawn;

            int Pick() => groups * channels[random.Next(groups == 1 ? channels.Length : 7)];
        }
    }

    private bool IsLegal
    {
        get
        {
            var (rows, columns) = (ExtentOf(Window.DilationHeight, Window.KernelHeight), ExtentOf(Window.DilationWidth, Window.KernelWidth));
            if (Kind == ConvolutionKind.Transposed)
            {
                return ((Height - 1) * Window.StrideHeight) + rows + OutputPaddingHeight > Window.Top + Window.Bottom
                    && ((Width - 1) * Window.StrideWidth) + columns + OutputPaddingWidth > Window.Left + Window.Right;
            }

            // A padding as large as the kernel, and rows that no window reads, are legal too; but the compiler warns of the first.
            return Height + Window.Top + Window.Bottom >= rows
                && Width + Window.Left + Window.Right >= columns
                && Math.Max(Window.Top, Window.Bottom) < rows
                && Math.Max(Window.Left, Window.Right) < columns;
        }
    }

    public Architecture Architecture()
    {
        var layers = new List<ArchitectureLayer>
        {
            new($"Conv({Channels}, 1)", new ReferenceLayer.Conv(Channels, 1, 1)),
            new(Attribute(), Reference()),
        };
        if (HasRelu)
            layers.Add(new ArchitectureLayer("Relu", new ReferenceLayer.Relu()));
        return new Architecture(Height, Width, 2, IsHwc, layers, 2);
    }

    private static int ExtentOf(int dilation, int kernel) => (dilation * (kernel - 1)) + 1;

    private string Attribute()
    {
        var bias = HasBias ? "" : ", Bias = false";
        var groups = Groups == 1 ? "" : $", Groups = {Groups}";
        return Kind switch
        {
            ConvolutionKind.Depthwise => $"DepthwiseConv({WindowText()}, Multiplier = {Filters}{bias})",
            ConvolutionKind.Transposed =>
                $"ConvTranspose({Filters}, {WindowText()}, OutputPaddingHeight = {OutputPaddingHeight}, "
                + $"OutputPaddingWidth = {OutputPaddingWidth}{groups}{bias})",
            _ => $"Conv({Filters}, {WindowText()}{groups}{bias})",
        };
    }

    private string WindowText() =>
        $"{Window.KernelHeight}, {Window.KernelWidth}, StrideHeight = {Window.StrideHeight}, StrideWidth = {Window.StrideWidth}, "
        + $"DilationHeight = {Window.DilationHeight}, DilationWidth = {Window.DilationWidth}, "
        + $"PaddingTop = {Window.Top}, PaddingLeft = {Window.Left}, PaddingBottom = {Window.Bottom}, PaddingRight = {Window.Right}";

    private ReferenceLayer Reference() => Kind switch
    {
        ConvolutionKind.Depthwise => new ReferenceLayer.DepthwiseConv(Window, Filters, HasBias),
        ConvolutionKind.Transposed => new ReferenceLayer.ConvTranspose(
            Filters, Window, OutputPaddingHeight, OutputPaddingWidth, Groups, HasBias),
        _ => new ReferenceLayer.Conv(Filters, Window, Groups, HasBias),
    };
}
