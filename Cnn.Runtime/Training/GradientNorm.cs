using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn;

/// <summary>The arithmetic of clipping and checking, on gradients.</summary>
internal static class GradientNorm
{
    /// <summary>The sum of squares, in double precision, in an order that does not depend on the machine.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (even, odd) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)i));
            even += low * low;
            odd += high * high;
        }

        even += odd;
        var sum = even[0] + even[1] + even[2] + even[3];
        for (; i < values.Length; i++)
            sum += (double)values[i] * values[i];
        return sum;
    }

    /// <summary>Whether no value is larger than a limit, on either side of 0, or NaN.</summary>
    public static bool AreWithin(ReadOnlySpan<float> values, float limit)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var most = Vector256.Create(limit);
        var (even, odd) = (Vector256<float>.AllBitsSet, Vector256<float>.AllBitsSet);
        var i = 0;
        for (; i <= values.Length - (2 * Vector256<float>.Count); i += 2 * Vector256<float>.Count)
        {
            even &= Vector256.LessThanOrEqual(Vector256.Abs(Vector256.LoadUnsafe(ref first, (nuint)i)), most);
            odd &= Vector256.LessThanOrEqual(Vector256.Abs(Vector256.LoadUnsafe(ref first, (nuint)(i + Vector256<float>.Count))), most);
        }

        // A comparison with NaN is false.
        var areWithin = (even & odd).AsInt32() == Vector256<int>.AllBitsSet;
        for (; i < values.Length; i++)
            areWithin &= Math.Abs(values[i]) <= limit;
        return areWithin;
    }

    /// <summary>Multiplies values by a factor.</summary>
    public static void Scale(Span<float> values, float factor)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            (Vector256.LoadUnsafe(ref first, (nuint)i) * factor).StoreUnsafe(ref first, (nuint)i);
        for (; i < values.Length; i++)
            values[i] *= factor;
    }
}
