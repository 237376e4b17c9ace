using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.Kernels;

/// <summary>Copies between two orders of the same elements. Called by generated code; nothing is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StridedCopy
{
    /// <summary>Runs nested loops, outermost first, and copies an element in the innermost.</summary>
    /// <param name="source">The first element to be read.</param>
    /// <param name="target">The first element to be written.</param>
    /// <param name="axes">For each loop how often it turns and the floats by which source and target move on; any number of loops.</param>
    public static void Run(ref float source, ref float target, ReadOnlySpan<int> axes)
    {
        if (axes.Length == 0)
        {
            target = source;
            return;
        }

        var (count, sourceStride, targetStride) = (axes[0], axes[1], axes[2]);
        if (axes.Length == 3)
        {
            for (var i = 0; i < count; i++)
                Unsafe.Add(ref target, i * targetStride) = Unsafe.Add(ref source, i * sourceStride);
            return;
        }

        for (var i = 0; i < count; i++)
            Run(ref Unsafe.Add(ref source, i * sourceStride), ref Unsafe.Add(ref target, i * targetStride), axes[3..]);
    }
}
