using System;

namespace Cnn;

/// <summary>The values that a transform reads beyond an image.</summary>
public enum ImageFill
{
    /// <summary>Zero, and <see cref="Augmentation.FillLabel"/> in label maps.</summary>
    Zero,

    /// <summary>The nearest pixel of the edge.</summary>
    Edge,
}

/// <summary>One random change of an <see cref="Augmentation"/>.</summary>
public abstract class ImageTransform
{
    private protected ImageTransform()
    {
    }

    /// <summary>Moves by whole pixels, each number from -pixels to +pixels as likely as the others, in both directions.</summary>
    /// <param name="pixels">The largest shift, 0 or more.</param>
    /// <param name="fill">The values that come in at the side.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static ImageTransform Shift(int pixels, ImageFill fill = ImageFill.Zero) => new ShiftTransform(pixels, pixels, fill);

    /// <inheritdoc cref="Shift(int, ImageFill)"/>
    /// <param name="vertical">The largest shift up and down, 0 or more.</param>
    /// <param name="horizontal">The largest shift to the left and to the right, 0 or more.</param>
    /// <param name="fill">The values that come in at the side.</param>
    public static ImageTransform Shift(int vertical, int horizontal, ImageFill fill = ImageFill.Zero) =>
        new ShiftTransform(vertical, horizontal, fill);

    /// <summary>Swaps left and right.</summary>
    /// <param name="probability">The probability, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public static ImageTransform FlipHorizontally(double probability = 0.5) => new FlipTransform(probability, true);

    /// <summary>Swaps top and bottom.</summary>
    /// <param name="probability">The probability, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public static ImageTransform FlipVertically(double probability = 0.5) => new FlipTransform(probability, false);

    /// <summary>
    /// Turns about the centre, by an angle drawn evenly from -degrees to +degrees, with bilinear interpolation; label maps take the
    /// nearest pixel.
    /// </summary>
    /// <param name="degrees">The largest angle, 0 to 180.</param>
    /// <param name="fill">The values that come in at the corners.</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is outside its range.</exception>
    public static ImageTransform Rotate(double degrees, ImageFill fill = ImageFill.Zero) => new RotateTransform(degrees, fill);

    /// <summary>Adds to every number one of its own, drawn from the normal distribution around 0.</summary>
    /// <param name="standardDeviation">In units of the input; finite, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is outside its range.</exception>
    public static ImageTransform Noise(float standardDeviation) => new NoiseTransform(standardDeviation);

    /// <summary>Gets a value indicating whether pixels change their places.</summary>
    internal virtual bool MovesPixels => true;

    internal abstract void Apply(in ImageWork work, ref SplitMix64 random);

    /// <summary>A float in [0, 1).</summary>
    private protected static double NextFraction(ref SplitMix64 random) => (random.Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>A whole number in [-largest, largest].</summary>
    private protected static int NextAround(ref SplitMix64 random, int largest) =>
        (int)((long)(NextFraction(ref random) * ((2L * largest) + 1)) - largest);
}

/// <summary>The image and the buffers of a transform.</summary>
internal readonly ref struct ImageWork(
    ImageShape shape, Span<float> image, Span<float> imageCopy, Span<int> labels, Span<int> labelCopy, int fillLabel)
{
    public ImageShape Shape { get; } = shape;

    public Span<float> Image { get; } = image;

    /// <summary>Gets scratch of the image's length.</summary>
    public Span<float> ImageCopy { get; } = imageCopy;

    /// <summary>Gets the label map; empty where there is none.</summary>
    public Span<int> Labels { get; } = labels;

    /// <summary>Gets scratch of the label map's length.</summary>
    public Span<int> LabelCopy { get; } = labelCopy;

    /// <summary>Gets the label of what is filled.</summary>
    public int FillLabel { get; } = fillLabel;

    /// <summary>Copies image and labels into their scratch.</summary>
    public void Copy()
    {
        Image.CopyTo(ImageCopy);
        Labels.CopyTo(LabelCopy);
    }
}
