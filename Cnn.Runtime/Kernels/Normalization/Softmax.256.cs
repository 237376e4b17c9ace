using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>
/// The exponentials of a run, and the channels of as many pixels as a vector has floats, or of the first <c>count</c>, in planar order.
/// </content>
public static partial class Softmax
{
    /// <summary>target[i] = exp(source[i] - largest), which it returns too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exponentials256(ref float source, ref float target, nint i, float largest)
    {
        var e = VectorMath.Exp(Vector256.LoadUnsafe(ref source, (nuint)i) - Vector256.Create(largest));
        e.StoreUnsafe(ref target, (nuint)i);
        return e;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardPixels256(ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int count)
    {
        var largest = LargestOfPixels256(ref source, sourcePitch, channels, count);
        var sum = Totals256.Zero;
        for (nint c = 0; c < channels; c++)
        {
            var x = VectorTail.LoadUpTo256(ref Unsafe.Add(ref source, c * sourcePitch), count);
            var e = VectorMath.Exp(x - largest);
            VectorTail.StoreUpTo256(e, ref Unsafe.Add(ref target, c * targetPitch), count);
            sum = sum.Plus(e);
        }

        for (nint c = 0; c < channels; c++)
        {
            ref var to = ref Unsafe.Add(ref target, c * targetPitch);
            VectorTail.StoreUpTo256(VectorTail.LoadUpTo256(ref to, count) / sum.Rounded, ref to, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardPixels256(ref float output, int outputPitch, ref float gradient, int gradientPitch, int channels, int count)
    {
        var sum = Totals256.Zero;
        for (nint c = 0; c < channels; c++)
        {
            var g = VectorTail.LoadUpTo256(ref Unsafe.Add(ref gradient, c * gradientPitch), count);
            sum = sum.Plus(g * VectorTail.LoadUpTo256(ref Unsafe.Add(ref output, c * outputPitch), count));
        }

        for (nint c = 0; c < channels; c++)
        {
            ref var to = ref Unsafe.Add(ref gradient, c * gradientPitch);
            var y = VectorTail.LoadUpTo256(ref Unsafe.Add(ref output, c * outputPitch), count);
            VectorTail.StoreUpTo256(y * (VectorTail.LoadUpTo256(ref to, count) - sum.Rounded), ref to, count);
        }
    }

    /// <summary>The largest of the channels of each pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> LargestOfPixels256(ref float source, int pitch, int channels, int count)
    {
        var largest = Vector256.Create(float.NegativeInfinity);
        for (nint c = 0; c < channels; c++)
            largest = VectorLanes.Max(largest, VectorTail.LoadUpTo256(ref Unsafe.Add(ref source, c * pitch), count));
        return largest;
    }
}
