using System;
using System.Linq;

namespace SegmentationExample;

/// <summary>Intersection over union of every class over all pixels that were added.</summary>
internal sealed class Overlap
{
    private readonly long[] _both = new long[Scene.Classes];
    private readonly long[] _either = new long[Scene.Classes];

    /// <summary>Gets the mean over the classes, 0 to 1; a class that nothing has and nothing was taken for does not count.</summary>
    public double Mean => Enumerable.Range(0, Scene.Classes).Where(label => _either[label] > 0).Average(Of);

    /// <summary>The pixels that are of a class and were taken for it, over those that are or were.</summary>
    public double Of(int label) => (double)_both[label] / _either[label];

    /// <summary>Adds an image.</summary>
    public void Add(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> prediction)
    {
        for (var i = 0; i < truth.Length; i++)
        {
            _either[truth[i]]++;
            if (truth[i] == prediction[i])
                _both[truth[i]]++;
            else
                _either[prediction[i]]++;
        }
    }
}
