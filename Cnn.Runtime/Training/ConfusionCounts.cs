using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>
/// Counts which class was taken for which: in an array of all pairs where the classes are few, otherwise of the pairs that occur, of which
/// there are no more than samples.
/// </summary>
internal sealed class ConfusionCounts(int classes)
{
    /// <summary>Their pairs are half a megabyte.</summary>
    private const int MostClassesOfAnArray = 256;

    private readonly long[]? _all = classes <= MostClassesOfAnArray ? new long[classes * classes] : null;
    private readonly Dictionary<(int Actual, int Predicted), long> _seen = [];

    public void Add(int actual, int predicted, long count = 1)
    {
        if (_all is not null)
            _all[(actual * classes) + predicted] += count;
        else
            _seen[(actual, predicted)] = _seen.GetValueOrDefault((actual, predicted)) + count;
    }

    public void Add(ConfusionCounts other)
    {
        foreach (var (actual, predicted, count) in other.Listed())
            Add(actual, predicted, count);
    }

    /// <summary>The counts that are not zero, row by row.</summary>
    public IEnumerable<ConfusionCount> Listed() => _all is not null
        ? _all.Select((count, i) => new ConfusionCount(i / classes, i % classes, count)).Where(entry => entry.Count != 0)
        : _seen.OrderBy(pair => pair.Key).Select(pair => new ConfusionCount(pair.Key.Actual, pair.Key.Predicted, pair.Value));
}
