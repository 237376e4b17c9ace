using Cnn;
using SkiaSharp;

namespace Recognition;

/// <summary>Images as training reads them: kept as bytes, normalised channel by channel when they are asked for.</summary>
/// <param name="images">The pixels of each image.</param>
/// <param name="labels">The number of each image's class.</param>
/// <param name="classes">How many classes there are.</param>
public sealed class Images(IReadOnlyList<byte[]> images, IReadOnlyList<int> labels, int classes)
    : Dataset(images.Count, Network.InputLength, classes, targetLength: 0)
{
    // The statistics of ImageNet's photographs, in red, green and blue, suit most photographs.
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Std = [0.229f, 0.224f, 0.225f];

    /// <summary>Gets the height, width and channels of the network's input.</summary>
    public static ImageShape Shape { get; } =
        new(Network.Summary.Layers[0].Height, Network.Summary.Layers[0].Width, Network.Summary.Layers[0].Channels);

    /// <inheritdoc/>
    public override void CopyInput(int index, Span<float> destination) => Normalise(images[index], destination);

    /// <inheritdoc/>
    public override int Label(int index) => labels[index];

    /// <summary>Converts an image to the network's input.</summary>
    public static void Normalise(byte[] pixels, Span<float> destination)
    {
        for (var i = 0; i < pixels.Length; i++)
            destination[i] = ((pixels[i] / 255f) - Mean[i % 3]) / Std[i % 3];
    }

    /// <summary>Reads an image and resizes it to the network's input: red, green and blue of each pixel, row by row.</summary>
    /// <exception cref="InvalidDataException">The file is no image, or damaged.</exception>
    public static byte[] Read(string path)
    {
        using var codec = SKCodec.Create(path) ?? throw new InvalidDataException($"{path} is no image that can be read");
        using var image = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var result = codec.GetPixels(image.Info, image.GetPixels());
        if (result != SKCodecResult.Success)
            throw new InvalidDataException($"{path} is damaged ({result})");

        var sampling = new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        using var small = image.Resize(new SKImageInfo(Shape.Width, Shape.Height, SKColorType.Rgba8888, SKAlphaType.Premul), sampling);
        var source = small.GetPixelSpan();
        var pixels = new byte[Network.InputLength];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = source[(i / 3 * 4) + (i % 3)];
        return pixels;
    }
}
