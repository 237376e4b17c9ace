using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The backward pass, and the channels of every pixel in both memory orders.</content>
public static partial class Softmax
{
    /// <summary>gradient[i] = y[i] * (gradient[i] - sum over j of gradient[j] * y[j]), y the output, in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ref float output, ref float gradient, int length) =>
        Backward(ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>The softmax of the channels of every pixel, channels innermost. Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ForwardChannels(ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int pixels)
    {
        for (nint i = 0; i < pixels; i++)
        {
            Forward(
                ref Unsafe.Add(ref source, i * sourcePitch),
                ref Unsafe.Add(ref target, i * targetPitch),
                channels,
                Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>The backward pass of <see cref="ForwardChannels"/> from its output, in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BackwardChannels(
        ref float output, int outputPitch, ref float gradient, int gradientPitch, int channels, int pixels)
    {
        for (nint i = 0; i < pixels; i++)
        {
            Backward(
                ref Unsafe.Add(ref output, i * outputPitch),
                ref Unsafe.Add(ref gradient, i * gradientPitch),
                channels,
                Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>
    /// The softmax of the channels of every pixel, planar: channel c is the run of pixels at c * pitch. Source and target may be the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ForwardPlanes(ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int pixels) =>
        ForwardPlanes(ref source, sourcePitch, ref target, targetPitch, channels, pixels, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// The backward pass of <see cref="ForwardPlanes(ref float, int, ref float, int, int, int)"/> from its output, in place.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BackwardPlanes(
        ref float output, int outputPitch, ref float gradient, int gradientPitch, int channels, int pixels) =>
        BackwardPlanes(ref output, outputPitch, ref gradient, gradientPitch, channels, pixels, Vector256.IsHardwareAccelerated);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Backward(ref float output, ref float gradient, int length, bool wide)
    {
        var sum = (float)RunSum.Of<ProductTerm>(ref output, ref gradient, 0f, length, wide, out _);
        ChannelMap.Run<SoftmaxGradient>(ref output, ref gradient, sum, 0f, 0f, 0f, length, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ForwardPlanes(
        ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int pixels, bool wide)
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= pixels - 8; i += 8)
            {
                var largest = LargestOfPixels(ref Unsafe.Add(ref source, i), sourcePitch, channels);
                var sum = Totals256.Zero;
                for (nint c = 0; c < channels; c++)
                {
                    var e = VectorMath.Exp(Vector256.LoadUnsafe(ref source, (nuint)((c * sourcePitch) + i)) - largest);
                    e.StoreUnsafe(ref target, (nuint)((c * targetPitch) + i));
                    sum = sum.Plus(e);
                }

                for (nint c = 0; c < channels; c++)
                {
                    ref var to = ref Unsafe.Add(ref target, (c * targetPitch) + i);
                    (Vector256.LoadUnsafe(ref to) / sum.Rounded).StoreUnsafe(ref to);
                }
            }
        }

        for (; i < pixels; i += 4)
        {
            var count = pixels - (int)i;
            var largest = LargestOfPixels(ref Unsafe.Add(ref source, i), sourcePitch, channels, count);
            var sum = Totals128.Zero;
            for (nint c = 0; c < channels; c++)
            {
                var x = VectorTail.LoadUpToFour(ref Unsafe.Add(ref source, (c * sourcePitch) + i), count);
                var e = VectorMath.Exp(x - largest);
                VectorTail.StoreUpToFour(e, ref Unsafe.Add(ref target, (c * targetPitch) + i), count);
                sum = sum.Plus(e);
            }

            for (nint c = 0; c < channels; c++)
            {
                ref var to = ref Unsafe.Add(ref target, (c * targetPitch) + i);
                VectorTail.StoreUpToFour(VectorTail.LoadUpToFour(ref to, count) / sum.Rounded, ref to, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void BackwardPlanes(
        ref float output, int outputPitch, ref float gradient, int gradientPitch, int channels, int pixels, bool wide)
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= pixels - 8; i += 8)
            {
                var sum = Totals256.Zero;
                for (nint c = 0; c < channels; c++)
                {
                    var g = Vector256.LoadUnsafe(ref gradient, (nuint)((c * gradientPitch) + i));
                    sum = sum.Plus(g * Vector256.LoadUnsafe(ref output, (nuint)((c * outputPitch) + i)));
                }

                for (nint c = 0; c < channels; c++)
                {
                    ref var to = ref Unsafe.Add(ref gradient, (c * gradientPitch) + i);
                    var y = Vector256.LoadUnsafe(ref output, (nuint)((c * outputPitch) + i));
                    (y * (Vector256.LoadUnsafe(ref to) - sum.Rounded)).StoreUnsafe(ref to);
                }
            }
        }

        for (; i < pixels; i += 4)
        {
            var count = pixels - (int)i;
            var sum = Totals128.Zero;
            for (nint c = 0; c < channels; c++)
            {
                var g = VectorTail.LoadUpToFour(ref Unsafe.Add(ref gradient, (c * gradientPitch) + i), count);
                sum = sum.Plus(g * VectorTail.LoadUpToFour(ref Unsafe.Add(ref output, (c * outputPitch) + i), count));
            }

            for (nint c = 0; c < channels; c++)
            {
                ref var to = ref Unsafe.Add(ref gradient, (c * gradientPitch) + i);
                var y = VectorTail.LoadUpToFour(ref Unsafe.Add(ref output, (c * outputPitch) + i), count);
                VectorTail.StoreUpToFour(y * (VectorTail.LoadUpToFour(ref to, count) - sum.Rounded), ref to, count);
            }
        }
    }

    /// <summary>The largest of the channels of eight pixels in planar order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> LargestOfPixels(ref float source, int pitch, int channels)
    {
        var largest = Vector256.Create(float.NegativeInfinity);
        for (nint c = 0; c < channels; c++)
            largest = Vector256.Max(largest, Vector256.LoadUnsafe(ref source, (nuint)(c * pitch)));
        return largest;
    }

    /// <summary>The same of four pixels, or of <paramref name="count"/> if that is less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> LargestOfPixels(ref float source, int pitch, int channels, int count)
    {
        var largest = Vector128.Create(float.NegativeInfinity);
        for (nint c = 0; c < channels; c++)
            largest = VectorLanes.Max(largest, VectorTail.LoadUpToFour(ref Unsafe.Add(ref source, c * pitch), count));
        return largest;
    }
}
