using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// The largest element of every channel, for generated code. A NaN is the largest. The gradient goes to the first pixel that has the
/// largest element (or is NaN), so the forward pass needs to keep no index.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GlobalMaximum
{
    /// <summary>target[c] = the largest of the pixels of channel c, channels innermost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardChannels(ref float source, int pitch, ref float target, int channels, int pixels) =>
        ForwardChannels(ref source, pitch, ref target, channels, pixels, Vector256.IsHardwareAccelerated);

    /// <summary>target[c] = the largest of the pixels of channel c, planar: the run at c * pitch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardPlanes(ref float source, int pitch, ref float target, int channels, int length)
    {
        for (nint c = 0; c < channels; c++)
        {
            Unsafe.Add(ref target, c) =
                Softmax.Largest(ref Unsafe.Add(ref source, c * pitch), length, Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>
    /// inputGradient = outputGradient[c] at the first pixel of the input that equals output[c], 0 at the others; channels innermost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackwardChannels(
        ref float input,
        int inputPitch,
        ref float output,
        ref float outputGradient,
        ref float inputGradient,
        int gradientPitch,
        int channels,
        int pixels) =>
        BackwardChannels(
            ref input,
            inputPitch,
            ref output,
            ref outputGradient,
            ref inputGradient,
            gradientPitch,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>The same, planar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackwardPlanes(
        ref float input,
        int inputPitch,
        ref float output,
        ref float outputGradient,
        ref float inputGradient,
        int gradientPitch,
        int channels,
        int length)
    {
        for (nint c = 0; c < channels; c++)
        {
            ref var plane = ref Unsafe.Add(ref input, c * inputPitch);
            ref var target = ref Unsafe.Add(ref inputGradient, c * gradientPitch);
            Blocks.Fill(ref target, length, 0f);
            var first = First(ref plane, Unsafe.Add(ref output, c), length, Vector256.IsHardwareAccelerated);
            Unsafe.Add(ref target, first) = Unsafe.Add(ref outputGradient, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ForwardChannels(ref float source, int pitch, ref float target, int channels, int pixels, bool wide)
    {
        nint c = 0;
        if (wide)
        {
            for (; c <= channels - 8; c += 8)
                Softmax.LargestOfPixels(ref Unsafe.Add(ref source, c), pitch, pixels).StoreUnsafe(ref target, (nuint)c);
        }

        for (; c < channels; c += 4)
        {
            var count = channels - (int)c;
            var largest = Softmax.LargestOfPixels(ref Unsafe.Add(ref source, c), pitch, pixels, count);
            VectorTail.StoreUpToFour(largest, ref Unsafe.Add(ref target, c), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void BackwardChannels(
        ref float input,
        int inputPitch,
        ref float output,
        ref float outputGradient,
        ref float inputGradient,
        int gradientPitch,
        int channels,
        int pixels,
        bool wide)
    {
        nint c = 0;
        if (wide)
        {
            for (; c <= channels - 8; c += 8)
            {
                var largest = Vector256.LoadUnsafe(ref output, (nuint)c);
                var g = Vector256.LoadUnsafe(ref outputGradient, (nuint)c);
                for (nint i = 0; i < pixels; i++)
                {
                    var x = Vector256.LoadUnsafe(ref input, (nuint)((i * inputPitch) + c));
                    var here = Vector256.Equals(x, largest) | ~Vector256.Equals(x, x);
                    (g & here).StoreUnsafe(ref inputGradient, (nuint)((i * gradientPitch) + c));

                    // A gradient that has been handed over is 0 from there on.
                    g = Vector256.AndNot(g, here);
                }
            }
        }

        for (; c < channels; c += 4)
        {
            var count = channels - (int)c;
            var largest = VectorTail.LoadUpToFour(ref Unsafe.Add(ref output, c), count);
            var g = VectorTail.LoadUpToFour(ref Unsafe.Add(ref outputGradient, c), count);
            for (nint i = 0; i < pixels; i++)
            {
                var x = VectorTail.LoadUpToFour(ref Unsafe.Add(ref input, (i * inputPitch) + c), count);
                var here = Vector128.Equals(x, largest) | ~Vector128.Equals(x, x);
                VectorTail.StoreUpToFour(g & here, ref Unsafe.Add(ref inputGradient, (i * gradientPitch) + c), count);
                g = Vector128.AndNot(g, here);
            }
        }
    }

    /// <summary>The first place of <paramref name="value"/>, which stands in the run, or of a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint First(ref float source, float value, int length, bool wide)
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= length - 8; i += 8)
            {
                var x = Vector256.LoadUnsafe(ref source, (nuint)i);
                if ((Vector256.Equals(x, Vector256.Create(value)) | ~Vector256.Equals(x, x)) != Vector256<float>.Zero)
                    break;
            }
        }

        while (i < length - 1 && Unsafe.Add(ref source, i) != value && !float.IsNaN(Unsafe.Add(ref source, i)))
            i++;
        return i;
    }
}
