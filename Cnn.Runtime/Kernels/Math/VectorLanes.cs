using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;

namespace Cnn.Kernels;

/// <summary>Moves between the lanes of a vector, for pooling in registers. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorLanes
{
    /// <summary>Exchanges lanes 0 and 1, 2 and 3, and so on up to 14 and 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SwapPairs(Vector512<float> vector) =>
        Vector512.Shuffle(vector, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));

    /// <summary>Exchanges lanes 0 and 1, 2 and 3, 4 and 5, 6 and 7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SwapPairs(Vector256<float> vector) =>
        Vector256.Shuffle(vector, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));

    /// <summary>Exchanges lanes 0 and 1, 2 and 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SwapPairs(Vector128<float> vector) => Vector128.Shuffle(vector, Vector128.Create(1, 0, 3, 2));

    /// <summary>
    /// The larger of each two lanes, NaN where one is: an instruction of WebAssembly's in a browser. The condition is a constant to every compiler.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> first, Vector128<float> second) =>
        PackedSimd.IsSupported ? PackedSimd.Max(first, second) : Vector128.Max(first, second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Max(Vector256<float> first, Vector256<float> second) => Vector256.Max(first, second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Max(Vector512<float> first, Vector512<float> second) => Vector512.Max(first, second);

    /// <summary>Lanes 0, 2, 4 and so on up to 14.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Even(Vector512<float> vector) =>
        Vector512.Shuffle(vector, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14)).GetLower();

    /// <summary>Lanes 0, 2, 4 and 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Even(Vector256<float> vector) =>
        Vector256.Shuffle(vector, Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6)).GetLower();

    /// <summary>Lanes 0 and 2, twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Even(Vector128<float> vector) => Vector128.Shuffle(vector, Vector128.Create(0, 2, 0, 2));

    /// <summary>Lanes 0 and 2 of the first and of the third quarter: 0, 2, 8 and 10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> EvenOfQuarters(Vector512<float> vector) =>
        Vector512.Shuffle(vector, Vector512.Create(0, 2, 8, 10, 0, 2, 8, 10, 0, 2, 8, 10, 0, 2, 8, 10)).GetLower().GetLower();

    /// <summary>Exchanges the first quarter with the second, and the third with the fourth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SwapQuarters(Vector512<float> vector) =>
        Vector512.Shuffle(vector, Vector512.Create(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));

    /// <summary>The lower halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Lower(Vector512<float> first, Vector512<float> second) => first.WithUpper(second.GetLower());

    /// <summary>The lower halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Lower(Vector256<float> first, Vector256<float> second) => first.WithUpper(second.GetLower());

    /// <summary>The upper halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Upper(Vector512<float> first, Vector512<float> second) => second.WithLower(first.GetUpper());

    /// <summary>The upper halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Upper(Vector256<float> first, Vector256<float> second) => second.WithLower(first.GetUpper());

    /// <summary>Each lane twice: 0, 0, 1, 1, 2, 2, 3, 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Twice(Vector128<float> vector) =>
        Vector256.Shuffle(Vector256.Create(vector, vector), Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3));

    /// <summary>Stores lanes 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwo(Vector128<float> vector, ref float target, int offset) =>
        Unsafe.As<float, double>(ref Unsafe.Add(ref target, offset)) = Pair(vector, 0);

    /// <summary>Stores the lower four lanes at one offset and the upper four at another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector256<float> vector, ref float target, int lower, int upper)
    {
        vector.GetLower().StoreUnsafe(ref target, (nuint)lower);
        vector.GetUpper().StoreUnsafe(ref target, (nuint)upper);
    }

    /// <summary>Stores lanes 0 and 1 at one offset, lanes 2 and 3 at another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector128<float> vector, ref float target, int lower, int upper)
    {
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, lower)), Pair(vector, 0));
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, upper)), Pair(vector, 1));
    }

    /// <summary>Lanes 0 and 1, each twice, read from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadTwice(ref float source, int offset)
    {
        var pair = Vector128.CreateScalarUnsafe(Unsafe.As<float, double>(ref Unsafe.Add(ref source, offset))).AsSingle();
        return Vector128.Shuffle(pair, Vector128.Create(0, 0, 1, 1));
    }

    /// <summary>Of each pair of a mask, keeps the first lane that is set: what remains of ties, as PyTorch resolves them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FirstOfPairs(Vector256<float> mask) =>
        Vector256.AndNot(mask, SwapPairs(mask) & Vector256.Create(0, -1, 0, -1, 0, -1, 0, -1).AsSingle());

    /// <summary>Of each pair of a mask, keeps the first lane that is set: what remains of ties, as PyTorch resolves them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FirstOfPairs(Vector128<float> mask) =>
        Vector128.AndNot(mask, SwapPairs(mask) & Vector128.Create(0, -1, 0, -1).AsSingle());

    /// <summary>The bits of lanes 0 and 1, or 2 and 3. WebAssembly's interpreter reads an element of Vector128 from a copy in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Pair(Vector128<float> vector, [ConstantExpected(Max = (byte)1)] byte index) =>
        PackedSimd.IsSupported ? PackedSimd.ExtractScalar(vector.AsDouble(), index) : vector.AsDouble().GetElement(index);
}
