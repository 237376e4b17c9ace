using System;
using System.Numerics;

namespace Cnn;

/// <summary>The inputs of samples with label maps: floats, or bytes that become floats when they are read.</summary>
internal sealed class MapInputs
{
    private readonly float[] _floats;
    private readonly byte[] _bytes;
    private readonly float _scale;

    private MapInputs(float[] floats, byte[] bytes, float scale, int length, int count) =>
        (_floats, _bytes, _scale, Length, Count) = (floats, bytes, scale, length, count);

    /// <summary>Gets the numbers of one input.</summary>
    public int Length { get; }

    /// <summary>Gets the number of inputs.</summary>
    public int Count { get; }

    public static MapInputs Of(float[] inputs, int length)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new MapInputs(inputs, [], 1, length, DatasetLengths.Samples(inputs.Length, length, nameof(inputs)));
    }

    public static MapInputs Of(byte[] images, int length, float scale)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!float.IsFinite(scale))
            throw new ArgumentException("The scale must be finite.", nameof(scale));
        return new MapInputs([], images, scale, length, DatasetLengths.Samples(images.Length, length, nameof(images)));
    }

    public void Copy(int index, Span<float> destination)
    {
        if (_bytes.Length > 0)
            ImageDataset.Convert(_bytes.AsSpan(index * Length, Length), destination, _scale);
        else
            _floats.AsSpan(index * Length, Length).CopyTo(destination);
    }
}

/// <summary>Samples with a label for each pixel.</summary>
/// <typeparam name="TLabel">The type in which labels are kept.</typeparam>
internal sealed class MapDataset<TLabel> : Dataset
    where TLabel : struct, IBinaryInteger<TLabel>
{
    private readonly MapInputs _inputs;
    private readonly TLabel[] _labels;

    public MapDataset(MapInputs inputs, TLabel[] labels, int pixels, int classes, int? ignoreLabel)
        : base(CountOf(inputs, labels, pixels, classes), inputs.Length, classes, 0, pixels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var label = int.CreateTruncating(labels[i]);
            if ((uint)label >= (uint)classes && label != ignoreLabel)
            {
                throw new ArgumentException(
                    $"Pixel {i % pixels} of sample {i / pixels} has the label {label}; with {classes} classes labels are 0 to {classes - 1}.",
                    nameof(labels));
            }
        }

        (_inputs, _labels) = (inputs, labels);
    }

    public override void CopyInput(int index, Span<float> destination)
    {
        CheckIndex(index);
        CheckDestination(destination, InputLength);
        _inputs.Copy(index, destination);
    }

    public override int Label(int index)
    {
        CheckIndex(index);
        return Pixels == 1 ? int.CreateTruncating(_labels[index]) : base.Label(index);
    }

    public override void CopyLabels(int index, Span<int> destination)
    {
        CheckIndex(index);
        CheckLabels(destination, Pixels);
        var labels = _labels.AsSpan(index * Pixels, Pixels);
        for (var pixel = 0; pixel < labels.Length; pixel++)
            destination[pixel] = int.CreateTruncating(labels[pixel]);
    }

    private static int CountOf(MapInputs inputs, TLabel[] labels, int pixels, int classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (classes < 1)
            throw new ArgumentException($"Labels need at least one class, not {classes}.", nameof(classes));
        if (pixels < 1)
            throw new ArgumentException($"A label map has at least one pixel, not {pixels}.", nameof(pixels));
        DatasetLengths.Same(inputs.Count, DatasetLengths.Samples(labels.Length, pixels, nameof(labels)), "label maps", nameof(labels));
        return inputs.Count;
    }
}
