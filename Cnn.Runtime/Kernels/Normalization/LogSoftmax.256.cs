using System.Runtime.CompilerServices;

namespace Cnn.Kernels;

/// <content>The channels of as many pixels as a vector has floats, or of the first <c>count</c> of them, in planar order.</content>
public static partial class LogSoftmax
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardPixels256(ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int count)
    {
        var largest = Softmax.LargestOfPixels256(ref source, sourcePitch, channels, count);
        var sum = Totals256.Zero;
        for (nint c = 0; c < channels; c++)
        {
            var x = VectorTail.LoadUpTo256(ref Unsafe.Add(ref source, c * sourcePitch), count);
            sum = sum.Plus(VectorMath.Exp(x - largest));
        }

        var log = VectorMath.Log(sum.Rounded);
        for (nint c = 0; c < channels; c++)
        {
            var x = VectorTail.LoadUpTo256(ref Unsafe.Add(ref source, c * sourcePitch), count);
            VectorTail.StoreUpTo256(x - largest - log, ref Unsafe.Add(ref target, c * targetPitch), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardPixels256(ref float output, int outputPitch, ref float gradient, int gradientPitch, int channels, int count)
    {
        var sum = Totals256.Zero;
        for (nint c = 0; c < channels; c++)
            sum = sum.Plus(VectorTail.LoadUpTo256(ref Unsafe.Add(ref gradient, c * gradientPitch), count));
        for (nint c = 0; c < channels; c++)
        {
            ref var to = ref Unsafe.Add(ref gradient, c * gradientPitch);
            var e = VectorMath.Exp(VectorTail.LoadUpTo256(ref Unsafe.Add(ref output, c * outputPitch), count));
            VectorTail.StoreUpTo256(VectorTail.LoadUpTo256(ref to, count) - (e * sum.Rounded), ref to, count);
        }
    }
}
