using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Cnn.Kernels;

/// <summary>Hints to the processor's caches. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Cache
{
    /// <summary>
    /// Begins to fetch the cache line of an element that is read soon, where the processor can be told to; never faults, wherever it points.
    /// </summary>
    /// <param name="element">The element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(ref float element)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(Unsafe.AsPointer(ref element));
    }

    /// <summary>The same for some elements at one distance from each other.</summary>
    /// <param name="first">The first element.</param>
    /// <param name="step">The floats from one to the next.</param>
    /// <param name="count">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(ref float first, nint step, int count)
    {
        for (var i = 0; i < count; i++)
            Fetch(ref Unsafe.Add(ref first, i * step));
    }
}
