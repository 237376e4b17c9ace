using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>Reads the arguments that all windows share.</summary>
internal static class WindowReader
{
    /// <summary>The window of a convolution: its kernel, steps of 1.</summary>
    public static WindowSpec Kernel(ArgumentReader reader) => Read(reader, reader.Sizes(
        "kernel", "the kernel", "kernelHeight", "the height of the kernel", "kernelWidth", "the width of the kernel"), (1, 1));

    /// <summary>The window of a pooling: steps of its size.</summary>
    public static WindowSpec Pool(ArgumentReader reader)
    {
        var size = reader.Sizes(
            "size", "the size of the window", "height", "the height of the window", "width", "the width of the window");
        return Read(reader, size, size) with { CeilMode = reader.Flag("CeilMode", false) };
    }

    private static WindowSpec Read(ArgumentReader reader, (int Height, int Width) size, (int Height, int Width) usualStride)
    {
        var stride = reader.Sides("Stride", "the stride", usualStride.Height, usualStride.Width);
        var dilation = reader.Sides("Dilation", "the dilation");
        return new WindowSpec(size.Height, size.Width, stride.Height, stride.Width, reader.Padding())
        {
            DilationHeight = dilation.Height,
            DilationWidth = dilation.Width,
        };
    }
}
