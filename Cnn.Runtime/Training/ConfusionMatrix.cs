using System;
using System.Globalization;
using System.Text;

namespace Cnn;

/// <summary>How often each class was taken for each: rows are the actual classes, columns the predicted ones.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;

    /// <summary>Creates a matrix from its counts.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <param name="counts">The counts, row by row; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    /// <exception cref="ArgumentException">There are not classes * classes counts, or one is negative.</exception>
    public ConfusionMatrix(int classes, ReadOnlySpan<long> counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (counts.Length != (long)classes * classes)
        {
            throw new ArgumentException(
                $"{classes} classes have {(long)classes * classes} counts; the span has {counts.Length}.",
                nameof(counts));
        }

        foreach (var count in counts)
        {
            if (count < 0)
                throw new ArgumentException($"A count is 0 or more, not {count}.", nameof(counts));
            Total += count;
        }

        Classes = classes;
        _counts = counts.ToArray();
    }

    /// <summary>Gets the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Gets the number of samples.</summary>
    public long Total { get; }

    /// <summary>Gets the number of samples on the diagonal.</summary>
    public long Correct
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < Classes; i++)
                sum += this[i, i];
            return sum;
        }
    }

    /// <summary>Gets the part of the samples on the diagonal, 0 to 1; NaN without samples.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Gets how many samples of one class were taken for another, or for itself.</summary>
    /// <param name="actual">The class of the samples.</param>
    /// <param name="predicted">The class that the network gave them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int actual, int predicted]
    {
        get
        {
            CheckClass(actual, nameof(actual));
            CheckClass(predicted, nameof(predicted));
            return _counts[(actual * Classes) + predicted];
        }
    }

    /// <summary>The part of the samples taken for a class that are of it; NaN where none was.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int predicted)
    {
        var sum = 0L;
        for (var actual = 0; actual < Classes; actual++)
            sum += this[actual, predicted];
        return (double)this[predicted, predicted] / sum;
    }

    /// <summary>The part of a class's samples that were taken for it; NaN where there are none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int actual)
    {
        var sum = 0L;
        for (var predicted = 0; predicted < Classes; predicted++)
            sum += this[actual, predicted];
        return (double)this[actual, actual] / sum;
    }

    /// <summary>
    /// The samples of a class that were taken for it, by those that are of it or were taken for it; NaN where there are neither. Also
    /// called the Jaccard index.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double IntersectionOverUnion(int actual)
    {
        var union = -this[actual, actual];
        for (var other = 0; other < Classes; other++)
            union += this[actual, other] + this[other, actual];
        return (double)this[actual, actual] / union;
    }

    /// <summary>
    /// Gets the mean of <see cref="IntersectionOverUnion"/> over the classes that occur or were predicted; NaN without samples.
    /// </summary>
    public double MeanIntersectionOverUnion
    {
        get
        {
            var sum = 0.0;
            var classes = 0;
            for (var actual = 0; actual < Classes; actual++)
            {
                var value = IntersectionOverUnion(actual);
                if (double.IsNaN(value))
                    continue;
                sum += value;
                classes++;
            }

            return sum / classes;
        }
    }

    /// <summary>
    /// The matrix as aligned text: a row for each actual class with its recall, a column for each predicted one with its precision below,
    /// the accuracy in the corner; lines ended by <c>\n</c>, the same in every culture.
    /// </summary>
    public override string ToString()
    {
        var width = "100.0%".Length;
        foreach (var count in _counts)
            width = Math.Max(width, Number(count).Length);
        var label = Math.Max("actual \\ predicted".Length, "precision".Length);

        var text = new StringBuilder();
        text.Append("actual \\ predicted".PadRight(label));
        for (var predicted = 0; predicted < Classes; predicted++)
            text.Append("  ").Append(Number(predicted).PadLeft(width));
        text.Append("  ").Append("recall".PadLeft(width)).Append('\n');

        for (var actual = 0; actual < Classes; actual++)
        {
            text.Append(Number(actual).PadLeft(label));
            for (var predicted = 0; predicted < Classes; predicted++)
                text.Append("  ").Append(Number(this[actual, predicted]).PadLeft(width));
            text.Append("  ").Append(Percent(Recall(actual)).PadLeft(width)).Append('\n');
        }

        text.Append("precision".PadLeft(label));
        for (var predicted = 0; predicted < Classes; predicted++)
            text.Append("  ").Append(Percent(Precision(predicted)).PadLeft(width));
        return text.Append("  ").Append(Percent(Accuracy).PadLeft(width)).Append('\n').ToString();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double part) =>
        double.IsNaN(part) ? "-" : (part * 100).ToString("F1", CultureInfo.InvariantCulture) + "%";

    private void CheckClass(int index, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Classes, name);
    }
}
