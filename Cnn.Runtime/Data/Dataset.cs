using System;

namespace Cnn;

/// <summary>
/// Samples to learn from: inputs of one length, each with a label (a class), with a label for each of its pixels, or with a target vector.
/// Samples are numbered from 0. Reading allocates nothing and may be done by several threads at once.
/// </summary>
public abstract class Dataset
{
    /// <summary>Creates a data set.</summary>
    /// <param name="count">The samples, at least 1.</param>
    /// <param name="inputLength">The floats of one input, at least 1.</param>
    /// <param name="classes">The classes; 0 if samples have target vectors.</param>
    /// <param name="targetLength">The floats of one target vector; 0 if samples have labels.</param>
    /// <param name="pixels">The labels of one sample, at least 1: its pixels where each has a label. 1 with target vectors.</param>
    /// <exception cref="ArgumentException">A number is out of range, or there are both classes and target vectors, or neither.</exception>
    protected Dataset(int count, int inputLength, int classes, int targetLength, int pixels = 1)
    {
        if (count < 1)
            throw new ArgumentException("A data set needs at least one sample.", nameof(count));
        if (inputLength < 1)
            throw new ArgumentException($"An input has at least one number, not {inputLength}.", nameof(inputLength));
        if (classes < 0 || targetLength < 0 || (classes == 0) == (targetLength == 0))
        {
            throw new ArgumentException(
                $"Samples have either classes or target vectors, not {classes} classes and target vectors of {targetLength} numbers.",
                classes == 0 ? nameof(targetLength) : nameof(classes));
        }

        if (pixels < 1 || (classes == 0 && pixels != 1))
            throw new ArgumentException($"A sample has one label or more, or a target vector alone, not {pixels} labels.", nameof(pixels));

        (Count, InputLength, Classes, TargetLength, Pixels) = (count, inputLength, classes, targetLength, pixels);
    }

    /// <summary>Gets the number of samples, at least 1.</summary>
    public int Count { get; }

    /// <summary>Gets the number of floats of one input.</summary>
    public int InputLength { get; }

    /// <summary>Gets the number of classes; labels are in [0, Classes). 0 where samples have target vectors.</summary>
    public int Classes { get; }

    /// <summary>Gets the number of floats of one target vector; 0 if samples have labels.</summary>
    public int TargetLength { get; }

    /// <summary>Gets the labels of one sample: its pixels where each has a label, otherwise 1.</summary>
    public int Pixels { get; }

    /// <summary>Images of one byte a number, which stay bytes and become floats when they are read.</summary>
    /// <param name="pixels">The images one after the other; kept, not copied.</param>
    /// <param name="labels">The class of each image; kept, not copied.</param>
    /// <param name="inputLength">The bytes of one image.</param>
    /// <param name="classes">The classes, 1 to 256; every label is less.</param>
    /// <param name="scale">The factor on each byte. The default makes floats in [0, 1].</param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit each other, a label out of range, or a scale that is not finite.
    /// </exception>
    public static Dataset FromImages(byte[] pixels, byte[] labels, int inputLength, int classes, float scale = 1f / 255) =>
        new ImageDataset(pixels, labels, inputLength, classes, scale);

    /// <summary>Inputs with labels.</summary>
    /// <param name="inputs">The inputs one after the other; kept, not copied.</param>
    /// <param name="labels">The class of each input, in [0, classes); kept, not copied.</param>
    /// <param name="inputLength">The floats of one input.</param>
    /// <param name="classes">The classes, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit each other, or a label out of range.</exception>
    public static Dataset FromArrays(float[] inputs, int[] labels, int inputLength, int classes) =>
        new LabelledDataset(inputs, labels, inputLength, classes);

    /// <summary>Inputs with target vectors.</summary>
    /// <param name="inputs">The inputs one after the other; kept, not copied.</param>
    /// <param name="targets">The target vectors one after the other; kept, not copied.</param>
    /// <param name="inputLength">The floats of one input.</param>
    /// <param name="targetLength">The floats of one target vector.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit each other.</exception>
    public static Dataset FromTargets(float[] inputs, float[] targets, int inputLength, int targetLength) =>
        new TargetDataset(inputs, targets, inputLength, targetLength);

    /// <summary>Inputs with a label for each pixel, for segmentation.</summary>
    /// <param name="inputs">The inputs one after the other; kept, not copied.</param>
    /// <param name="labels">The classes of the pixels, sample by sample and row by row; kept, not copied.</param>
    /// <param name="inputLength">The floats of one input.</param>
    /// <param name="pixels">The pixels that have a label: height x width of the network's output.</param>
    /// <param name="classes">The classes, at least 1.</param>
    /// <param name="ignoreLabel">A label that marks what has none, which need not be a class. Give it to the loss too.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit each other, or a label out of range.</exception>
    public static Dataset FromMaps(
        float[] inputs, byte[] labels, int inputLength, int pixels, int classes, int? ignoreLabel = null) =>
        new MapDataset<byte>(MapInputs.Of(inputs, inputLength), labels, pixels, classes, ignoreLabel);

    /// <inheritdoc cref="FromMaps(float[], byte[], int, int, int, int?)"/>
    public static Dataset FromMaps(
        float[] inputs, int[] labels, int inputLength, int pixels, int classes, int? ignoreLabel = null) =>
        new MapDataset<int>(MapInputs.Of(inputs, inputLength), labels, pixels, classes, ignoreLabel);

    /// <summary>Images of one byte a number, which stay bytes until they are read, with a label for each pixel.</summary>
    /// <param name="images">The images one after the other; kept, not copied.</param>
    /// <param name="labels">The classes of the pixels, sample by sample and row by row; kept, not copied.</param>
    /// <param name="inputLength">The bytes of one image.</param>
    /// <param name="pixels">The pixels that have a label: height x width of the network's output.</param>
    /// <param name="classes">The classes, at least 1.</param>
    /// <param name="scale">The factor on each byte of an image. The default makes floats in [0, 1].</param>
    /// <param name="ignoreLabel">A label that marks what has none, which need not be a class. Give it to the loss too.</param>
    /// <exception cref="ArgumentException">
    /// Lengths that do not fit each other, a label out of range, or a scale that is not finite.
    /// </exception>
    public static Dataset FromMaps(
        byte[] images, byte[] labels, int inputLength, int pixels, int classes, float scale = 1f / 255, int? ignoreLabel = null) =>
        new MapDataset<byte>(MapInputs.Of(images, inputLength, scale), labels, pixels, classes, ignoreLabel);

    /// <summary>Writes the input of a sample.</summary>
    /// <param name="index">The sample, in [0, Count).</param>
    /// <param name="destination">Exactly <see cref="InputLength"/> floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has the wrong length.</exception>
    public abstract void CopyInput(int index, Span<float> destination);

    /// <summary>The class of a sample, in [0, Classes).</summary>
    /// <param name="index">The sample, in [0, Count).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The samples have target vectors, or a label for each pixel.</exception>
    public virtual int Label(int index) => throw new InvalidOperationException(
        Pixels > 1
            ? "The samples of this data set have a label for each pixel."
            : "The samples of this data set have target vectors, not labels.");

    /// <summary>Writes the labels of a sample: one for each pixel, or the only one.</summary>
    /// <param name="index">The sample, in [0, Count).</param>
    /// <param name="destination">Exactly <see cref="Pixels"/> numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The samples have target vectors.</exception>
    public virtual void CopyLabels(int index, Span<int> destination)
    {
        CheckLabels(destination, Pixels);
        destination[0] = Label(index);
    }

    /// <summary>Writes the target vector of a sample.</summary>
    /// <param name="index">The sample, in [0, Count).</param>
    /// <param name="destination">Exactly <see cref="TargetLength"/> floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The samples have labels.</exception>
    public virtual void CopyTarget(int index, Span<float> destination) =>
        throw new InvalidOperationException("The samples of this data set have labels, not target vectors.");

    /// <summary>A view of consecutive samples, numbered from 0; nothing is copied.</summary>
    /// <param name="start">The first sample.</param>
    /// <param name="count">The samples, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range reaches beyond the samples, or is empty.</exception>
    public Dataset Slice(int start, int count)
    {
        if (start < 0 || start >= Count)
            throw new ArgumentOutOfRangeException(nameof(start), $"The samples are 0 to {Count - 1}; a slice cannot start at {start}.");
        if (count < 1 || count > Count - start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count),
                $"From sample {start} on a slice has 1 to {Count - start} samples, not {count}.");
        }

        return new DatasetSlice(this, start, count);
    }

    /// <summary>Throws unless there is a sample <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    protected void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(index), $"The samples are 0 to {Count - 1}; there is no sample {index}.");
    }

    /// <summary>Throws unless a destination has the length that is copied.</summary>
    /// <exception cref="ArgumentException">It has another.</exception>
    protected static void CheckDestination(ReadOnlySpan<float> destination, int expected)
    {
        if (destination.Length != expected)
        {
            throw new ArgumentException(
                $"The destination must hold exactly {expected} floats; it holds {destination.Length}.",
                nameof(destination));
        }
    }

    /// <summary>Throws unless a destination has the length of the labels that are copied.</summary>
    /// <exception cref="ArgumentException">It has another.</exception>
    protected static void CheckLabels(ReadOnlySpan<int> destination, int expected)
    {
        if (destination.Length != expected)
        {
            throw new ArgumentException(
                $"The destination must hold exactly {expected} labels; it holds {destination.Length}.",
                nameof(destination));
        }
    }
}
