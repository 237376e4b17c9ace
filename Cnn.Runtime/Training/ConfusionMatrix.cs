using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Cnn;

/// <summary>
/// The number of times that each class was taken for each: rows are the actual classes, columns the predicted ones. It takes memory for the
/// classes and for the pairs that occur, so that there may be any number of classes.
/// </summary>
public sealed class ConfusionMatrix
{
    /// <summary>The most classes whose matrix is a text that one reads.</summary>
    private const int MostClassesOfText = 256;

    private const int MostConfusionsOfText = 20;

    /// <summary>The counts that are not zero, row by row.</summary>
    private readonly ConfusionCount[] _counts;

    /// <summary>The index of the start of each row in it, and the end of the last.</summary>
    private readonly int[] _starts;

    private readonly long[] _actual;
    private readonly long[] _predicted;
    private readonly long[] _right;

    /// <summary>Creates a matrix from its counts.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <param name="counts">The counts, row by row; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    /// <exception cref="ArgumentException">There are not classes * classes counts, or one is negative.</exception>
    public ConfusionMatrix(int classes, ReadOnlySpan<long> counts)
        : this(classes, Listed(classes, counts))
    {
    }

    private ConfusionMatrix(int classes, ConfusionCount[] counts)
    {
        Classes = classes;
        _counts = counts;
        _starts = new int[classes + 1];
        (_actual, _predicted, _right) = (new long[classes], new long[classes], new long[classes]);
        foreach (var (actual, predicted, count) in _counts)
        {
            _starts[actual + 1]++;
            _actual[actual] += count;
            _predicted[predicted] += count;
            if (actual == predicted)
                _right[actual] = count;
            Total += count;
        }

        for (var actual = 0; actual < classes; actual++)
            _starts[actual + 1] += _starts[actual];
        Correct = _right.Sum();
    }

    /// <summary>Gets the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Gets the number of samples.</summary>
    public long Total { get; }

    /// <summary>Gets the number of samples on the diagonal.</summary>
    public long Correct { get; }

    /// <summary>Gets the part of the samples on the diagonal, 0 to 1; NaN without samples.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Gets the counts that are not zero, row by row: no more than samples, however many classes there are.</summary>
    public IReadOnlyList<ConfusionCount> Counts => _counts;

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
            var (low, high) = (_starts[actual], _starts[actual + 1]);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                if (_counts[middle].Predicted == predicted)
                    return _counts[middle].Count;
                (low, high) = _counts[middle].Predicted < predicted ? (middle + 1, high) : (low, middle);
            }

            return 0;
        }
    }

    /// <summary>The part of the samples taken for a class that are of it; NaN where none was.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int predicted)
    {
        CheckClass(predicted, nameof(predicted));
        return (double)_right[predicted] / _predicted[predicted];
    }

    /// <summary>The part of a class's samples that were taken for it; NaN where there are none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int actual)
    {
        CheckClass(actual, nameof(actual));
        return (double)_right[actual] / _actual[actual];
    }

    /// <summary>
    /// The samples of a class that were taken for it, by those that are of it or were taken for it; NaN where there are neither. Also
    /// called the Jaccard index.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double IntersectionOverUnion(int actual)
    {
        CheckClass(actual, nameof(actual));
        return (double)_right[actual] / (_actual[actual] + _predicted[actual] - _right[actual]);
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

    /// <summary>The matrix of what is not zero, row by row.</summary>
    internal static ConfusionMatrix Of(int classes, IEnumerable<ConfusionCount> counts) => new(classes, counts.ToArray());

    /// <summary>
    /// The matrix as aligned text: a row for each actual class with its recall, a column for each predicted one with its precision below,
    /// the accuracy in the corner; of more than 256 classes the most frequent confusions alone. Lines ended by <c>\n</c>, the same in every
    /// culture.
    /// </summary>
    public override string ToString() => Classes > MostClassesOfText ? Summarized() : Tabulated();

    private string Summarized()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Classes:N0} classes, {Total:N0} samples, accuracy {Percent(Accuracy)}\n");
        var confusions = _counts.Where(entry => entry.Actual != entry.Predicted).ToList();
        foreach (var (actual, predicted, count) in confusions.OrderByDescending(entry => entry.Count).Take(MostConfusionsOfText))
            text.Append(CultureInfo.InvariantCulture, $"{actual} taken for {predicted}: {count:N0}\n");
        if (confusions.Count > MostConfusionsOfText)
            text.Append(CultureInfo.InvariantCulture, $"and {confusions.Count - MostConfusionsOfText:N0} other confusions\n");
        return text.ToString();
    }

    private string Tabulated()
    {
        var width = "100.0%".Length;
        foreach (var entry in _counts)
            width = Math.Max(width, Number(entry.Count).Length);
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

    private static ConfusionCount[] Listed(int classes, ReadOnlySpan<long> counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (counts.Length != (long)classes * classes)
        {
            throw new ArgumentException(
                $"{classes} classes have {(long)classes * classes} counts; the span has {counts.Length}.",
                nameof(counts));
        }

        var listed = new List<ConfusionCount>();
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] < 0)
                throw new ArgumentException($"A count is 0 or more, not {counts[i]}.", nameof(counts));
            if (counts[i] > 0)
                listed.Add(new ConfusionCount(i / classes, i % classes, counts[i]));
        }

        return listed.ToArray();
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
