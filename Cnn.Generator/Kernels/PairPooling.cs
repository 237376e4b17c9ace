using System;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Brings each pair of neighbouring lanes together; the result stands in both of them.</summary>
internal static class PairPooling
{
    public static Assignment Emit(VectorWidth width, FusedPool pool, string vector)
    {
        var swapped = $"VectorLanes.SwapPairs({vector})";
        return pool switch
        {
            FusedPool.Max => new Assignment(vector, width.Max(vector, swapped)),
            FusedPool.Average => new Assignment(vector, $"{width.Type}.Add({vector}, {swapped})"),
            _ => throw new InvalidOperationException("nothing to pool"),
        };
    }
}
