using System;
using System.Runtime.Intrinsics;

namespace Cnn;

/// <summary>Bytes with labels of one byte.</summary>
internal sealed class ImageDataset : Dataset
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly float _scale;

    public ImageDataset(byte[] pixels, byte[] labels, int inputLength, int classes, float scale)
        : base(CountOf(pixels, labels, inputLength, classes), inputLength, classes, 0)
    {
        if (!float.IsFinite(scale))
            throw new ArgumentException("The scale must be finite.", nameof(scale));
        for (var index = 0; index < labels.Length; index++)
            DatasetLengths.Label(labels[index], index, classes, nameof(labels));
        (_pixels, _labels, _scale) = (pixels, labels, scale);
    }

    public override void CopyInput(int index, Span<float> destination)
    {
        CheckIndex(index);
        CheckDestination(destination, InputLength);
        Convert(_pixels.AsSpan(index * InputLength, InputLength), destination, _scale);
    }

    public override int Label(int index)
    {
        CheckIndex(index);
        return _labels[index];
    }

    private static int CountOf(byte[] pixels, byte[] labels, int inputLength, int classes)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        if (classes is < 1 or > 256)
            throw new ArgumentException($"Labels of one byte tell 1 to 256 classes apart, not {classes}.", nameof(classes));
        var count = DatasetLengths.Samples(pixels.Length, inputLength, nameof(pixels));
        DatasetLengths.Same(count, labels.Length, "labels", nameof(labels));
        return count;
    }

    /// <summary>Floats from bytes.</summary>
    internal static void Convert(ReadOnlySpan<byte> source, Span<float> target, float scale)
    {
        var i = 0;
        for (; i <= source.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(source[i..]));
            Store(low, target[i..], scale);
            Store(high, target[(i + 8)..], scale);
        }

        for (; i < source.Length; i++)
            target[i] = source[i] * scale;
    }

    private static void Store(Vector128<ushort> values, Span<float> target, float scale)
    {
        var (low, high) = Vector128.Widen(values);
        (Vector128.ConvertToSingle(low.AsInt32()) * Vector128.Create(scale)).CopyTo(target);
        (Vector128.ConvertToSingle(high.AsInt32()) * Vector128.Create(scale)).CopyTo(target[4..]);
    }
}
