using System;

namespace Cnn;

/// <summary>The checks that the data sets in memory share.</summary>
internal static class DatasetLengths
{
    /// <summary>The number of samples, if an array holds whole samples.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static int Samples(int length, int sampleLength, string parameter)
    {
        if (sampleLength < 1)
            throw new ArgumentException($"A sample has at least one number, not {sampleLength}.", parameter);
        if (length % sampleLength != 0)
            throw new ArgumentException($"{length} numbers are not whole samples of {sampleLength}.", parameter);
        return length / sampleLength;
    }

    /// <summary>Throws unless there is one label or target a sample.</summary>
    /// <exception cref="ArgumentException">There is not.</exception>
    public static void Same(int samples, int others, string what, string parameter)
    {
        if (samples != others)
            throw new ArgumentException($"There are {samples} inputs but {others} {what}.", parameter);
    }

    /// <summary>Throws unless a label names a class.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Label(int label, int index, int classes, string parameter)
    {
        if ((uint)label >= (uint)classes)
        {
            throw new ArgumentException(
                $"Sample {index} has the label {label}; with {classes} classes labels are 0 to {classes - 1}.",
                parameter);
        }
    }
}
