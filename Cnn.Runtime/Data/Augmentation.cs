using System;

namespace Cnn;

/// <summary>
/// Changes images at random as they are read, so that a network sees each in many forms: transforms one after the other, each drawn
/// anew for every sample. A label map of the image's height and width moves with it. The same seed gives the same bits, and nothing is
/// allocated once a thread has changed its first image. Has no state; may be used by several threads at once.
/// </summary>
public sealed class Augmentation
{
    [ThreadStatic]
    private static float[]? _image;

    [ThreadStatic]
    private static int[]? _labels;

    private readonly ImageTransform[] _transforms;

    /// <summary>Creates an augmentation.</summary>
    /// <param name="shape">The shape of the images: the network's input.</param>
    /// <param name="transforms">The transforms, in the order in which they are applied.</param>
    /// <exception cref="ArgumentException">A dimension is less than 1, or the image is too large.</exception>
    public Augmentation(ImageShape shape, params ImageTransform[] transforms)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        if (shape.Height < 1 || shape.Width < 1 || shape.Channels < 1
            || (long)shape.Height * shape.Width > Array.MaxLength / shape.Channels)
        {
            throw new ArgumentException($"{shape} is no image.", nameof(shape));
        }

        foreach (var transform in transforms)
            ArgumentNullException.ThrowIfNull(transform, nameof(transforms));
        Shape = shape;
        _transforms = [.. transforms];
    }

    /// <summary>Gets the shape of the images.</summary>
    public ImageShape Shape { get; }

    /// <summary>Gets the label of pixels that come from outside of a label map where images are filled with zeros; 0 unless set.</summary>
    public int FillLabel { get; init; }

    /// <summary>Gets a value indicating whether pixels change their places, so that label maps change too.</summary>
    internal bool MovesPixels => Array.Exists(_transforms, transform => transform.MovesPixels);

    /// <summary>Changes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="seed">Seeds all that is drawn.</param>
    /// <exception cref="ArgumentException"><paramref name="image"/> does not have the length of the shape.</exception>
    public void Apply(Span<float> image, ulong seed) => Apply(image, [], seed);

    /// <summary>Changes an image and the label map that belongs to it in the same way.</summary>
    /// <param name="image">The image.</param>
    /// <param name="labels">A label for each pixel, row by row; empty where there are none.</param>
    /// <param name="seed">Seeds all that is drawn.</param>
    /// <exception cref="ArgumentException">A span does not have the length of the shape.</exception>
    public void Apply(Span<float> image, Span<int> labels, ulong seed)
    {
        if (image.Length != Shape.Length)
            throw new ArgumentException($"The images hold {Shape.Length} floats; the span has {image.Length}.", nameof(image));
        if (labels.Length != 0 && labels.Length != Shape.Pixels)
            throw new ArgumentException($"The images have {Shape.Pixels} pixels; there are {labels.Length} labels.", nameof(labels));

        var copy = Scratch(ref _image, image.Length);
        var labelCopy = Scratch(ref _labels, labels.Length);
        var random = new SplitMix64(seed);
        foreach (var transform in _transforms)
        {
            var work = new ImageWork(Shape, image, copy, labels, labelCopy, FillLabel);
            transform.Apply(work, ref random);
        }
    }

    private static Span<T> Scratch<T>(ref T[]? memory, int length)
    {
        if (memory is null || memory.Length < length)
            memory = new T[length];
        return memory.AsSpan(0, length);
    }
}
