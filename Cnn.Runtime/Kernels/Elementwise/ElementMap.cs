using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>A function of one element, y = f(x).</summary>
internal partial interface IElementFunction;

/// <summary>A function of two elements; an update replaces the second by its result.</summary>
internal partial interface IElementUpdate;

/// <summary>The loops over arrays: as many elements at a time as the widest vector holds, then fewer, then a padded vector.</summary>
internal static partial class ElementMap
{
    /// <summary>
    /// Whether a run is long enough for vectors of 512 bits. Short ones have often just been written with narrower vectors, and a load of
    /// several such stores waits for the cache.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLong(int length) => Vector512.IsHardwareAccelerated && length >= 64;

    /// <summary>target[i] = f(source[i]); the two may be the same array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TFunction>(TFunction function, ref float source, ref float target, int length, bool wide)
        where TFunction : struct, IElementFunction
    {
        nint i = 0;
        if (wide && IsLong(length))
            i = Apply512(function, ref source, ref target, i, length);
        if (wide)
            i = Apply256(function, ref source, ref target, i, length);
        i = Apply128(function, ref source, ref target, i, length);
        if (i < length)
        {
            var remainder = length - (int)i;
            var x = VectorTail.Load(ref Unsafe.Add(ref source, i), remainder);
            VectorTail.Store(function.Apply(x), ref Unsafe.Add(ref target, i), remainder);
        }
    }

    /// <summary>target[i] = f(source[i], target[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<TUpdate>(TUpdate update, ref float source, ref float target, int length, bool wide)
        where TUpdate : struct, IElementUpdate => Join(update, ref source, ref target, ref target, length, wide);

    /// <summary>target[i] = f(a[i], b[i]); the target may be either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join<TUpdate>(TUpdate update, ref float a, ref float b, ref float target, int length, bool wide)
        where TUpdate : struct, IElementUpdate
    {
        nint i = 0;
        if (wide && IsLong(length))
            i = Join512(update, ref a, ref b, ref target, i, length);
        if (wide)
            i = Join256(update, ref a, ref b, ref target, i, length);
        i = Join128(update, ref a, ref b, ref target, i, length);
        if (i < length)
        {
            var remainder = length - (int)i;
            var x = VectorTail.Load(ref Unsafe.Add(ref a, i), remainder);
            var y = VectorTail.Load(ref Unsafe.Add(ref b, i), remainder);
            VectorTail.Store(update.Apply(x, y), ref Unsafe.Add(ref target, i), remainder);
        }
    }
}
