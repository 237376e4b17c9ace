namespace Cnn;

/// <summary>The interpolation by which <see cref="UpsampleAttribute"/> makes the elements in between.</summary>
public enum Upsampling
{
    /// <summary>Each element is repeated.</summary>
    Nearest,

    /// <summary>The weighted mean of the four elements around the place, the border's repeated beyond it.</summary>
    Bilinear,
}

/// <summary>The values that <see cref="PadAttribute"/> puts around a volume.</summary>
public enum PadMode
{
    /// <summary>A number, 0 unless given.</summary>
    Constant,

    /// <summary>The volume mirrored at its border elements, which are not repeated: c b | a b c | b a.</summary>
    Reflect,

    /// <summary>The border elements repeated: a a | a b c | c c.</summary>
    Replicate,
}

/// <summary>
/// Makes a volume larger: from h x w x c to h * <see cref="ScaleHeight"/> x w * <see cref="ScaleWidth"/> x c. Nearest: output (i, j) is
/// input (i / scaleHeight, j / scaleWidth). Bilinear: output i reads at (i + 1/2) / scale - 1/2, or with <see cref="AlignCorners"/> at
/// i * (h - 1) / (h * scale - 1). PyTorch's Upsample.
/// </summary>
public sealed class UpsampleAttribute : LayerAttribute
{
    /// <summary>The same factor for rows and columns.</summary>
    /// <param name="scale">The factor, at least 1.</param>
    public UpsampleAttribute(int scale)
        : this(scale, scale)
    {
    }

    /// <summary>A factor for rows and one for columns.</summary>
    /// <param name="scaleHeight">The factor of the rows, at least 1.</param>
    /// <param name="scaleWidth">The factor of the columns, at least 1.</param>
    public UpsampleAttribute(int scaleHeight, int scaleWidth)
    {
        ScaleHeight = scaleHeight;
        ScaleWidth = scaleWidth;
    }

    /// <summary>Gets the factor of the rows.</summary>
    public int ScaleHeight { get; }

    /// <summary>Gets the factor of the columns.</summary>
    public int ScaleWidth { get; }

    /// <summary>Gets or sets how the elements in between are made. The default is <see cref="Upsampling.Nearest"/>.</summary>
    public Upsampling Mode { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the corner elements of input and output coincide; bilinear only. The default is false.
    /// </summary>
    public bool AlignCorners { get; set; }
}

/// <summary>
/// Rearranges channels to pixels (Shi et al., 2016): from h x w x c * r * r to h * r x w * r x c; output (y, x, k) is input
/// (y / r, x / r, k * r * r + (y % r) * r + x % r). PyTorch's PixelShuffle.
/// </summary>
/// <param name="factor">r, at least 1; its square divides the channels.</param>
public sealed class PixelShuffleAttribute(int factor) : LayerAttribute
{
    /// <summary>Gets r.</summary>
    public int Factor { get; } = factor;
}

/// <summary>
/// Puts rows and columns around a volume: from h x w x c to (h + top + bottom) x (w + left + right) x c. PyTorch's ConstantPad2d,
/// ReflectionPad2d and ReplicationPad2d.
/// </summary>
public sealed class PadAttribute : LayerAttribute
{
    /// <summary>The same number on every side.</summary>
    /// <param name="all">Rows and columns, at least 0; when reflecting, less than the height and the width.</param>
    public PadAttribute(int all)
        : this(all, all, all, all)
    {
    }

    /// <summary>A number for each side.</summary>
    /// <param name="top">Rows above, at least 0; when reflecting, less than the height.</param>
    /// <param name="left">Columns at the left, at least 0; when reflecting, less than the width.</param>
    /// <param name="bottom">Rows below, at least 0; when reflecting, less than the height.</param>
    /// <param name="right">Columns at the right, at least 0; when reflecting, less than the width.</param>
    public PadAttribute(int top, int left, int bottom, int right)
    {
        Top = top;
        Left = left;
        Bottom = bottom;
        Right = right;
    }

    /// <summary>Gets the rows above.</summary>
    public int Top { get; }

    /// <summary>Gets the columns at the left.</summary>
    public int Left { get; }

    /// <summary>Gets the rows below.</summary>
    public int Bottom { get; }

    /// <summary>Gets the columns at the right.</summary>
    public int Right { get; }

    /// <summary>Gets or sets what stands there. The default is <see cref="PadMode.Constant"/>.</summary>
    public PadMode Mode { get; set; }

    /// <summary>Gets or sets the number of <see cref="PadMode.Constant"/>, finite. The default is 0.</summary>
    public double Value { get; set; }
}

/// <summary>
/// Takes rows and columns away: from h x w x c to (h - top - bottom) x (w - left - right) x c. Keras's Cropping2D.
/// </summary>
public sealed class CropAttribute : LayerAttribute
{
    /// <summary>The same number on every side.</summary>
    /// <param name="all">Rows and columns, at least 0.</param>
    public CropAttribute(int all)
        : this(all, all, all, all)
    {
    }

    /// <summary>A number for each side.</summary>
    /// <param name="top">Rows above, at least 0.</param>
    /// <param name="left">Columns at the left, at least 0.</param>
    /// <param name="bottom">Rows below, at least 0.</param>
    /// <param name="right">Columns at the right, at least 0.</param>
    public CropAttribute(int top, int left, int bottom, int right)
    {
        Top = top;
        Left = left;
        Bottom = bottom;
        Right = right;
    }

    /// <summary>Gets the rows above.</summary>
    public int Top { get; }

    /// <summary>Gets the columns at the left.</summary>
    public int Left { get; }

    /// <summary>Gets the rows below.</summary>
    public int Bottom { get; }

    /// <summary>Gets the columns at the right.</summary>
    public int Right { get; }
}
