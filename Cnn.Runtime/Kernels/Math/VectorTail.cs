using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>The last 1 to 3 elements of an array as a vector: they go through the same arithmetic as those before them.</summary>
internal static class VectorTail
{
    /// <summary>Reads <paramref name="count"/> floats, 1 to 3, and fills up with <paramref name="padding"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(ref float source, int count, float padding = 0f) =>
        Vector128.Create(
            source,
            count > 1 ? Unsafe.Add(ref source, 1) : padding,
            count > 2 ? Unsafe.Add(ref source, 2) : padding,
            padding);

    /// <summary>Writes the first <paramref name="count"/> lanes, 1 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> vector, ref float target, int count)
    {
        target = vector.ToScalar();
        if (count > 1)
            Unsafe.Add(ref target, 1) = vector.GetElement(1);
        if (count > 2)
            Unsafe.Add(ref target, 2) = vector.GetElement(2);
    }

    /// <summary>Reads <paramref name="count"/> floats, four where there are more, and fills up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadUpTo128(ref float source, int count) =>
        count >= 4 ? Vector128.LoadUnsafe(ref source) : Load(ref source, count);

    /// <summary>Writes the first <paramref name="count"/> lanes, four where there are more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo128(Vector128<float> vector, ref float target, int count)
    {
        if (count >= 4)
            vector.StoreUnsafe(ref target);
        else
            Store(vector, ref target, count);
    }

    // Only vectors of 128 bits are filled in part: the wider ones have the same methods, so that one text serves all widths.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadUpTo256(ref float source, int count) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadUpTo512(ref float source, int count) => Vector512.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo256(Vector256<float> vector, ref float target, int count) => vector.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo512(Vector512<float> vector, ref float target, int count) => vector.StoreUnsafe(ref target);

    /// <summary>All bits of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Mask(int count) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();
}
