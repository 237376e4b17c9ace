using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Group normalisation (Wu and He 2018) of one sample in planar order, for generated code: each group of channels by its own mean and
/// variance, y = w[c] z + b[c] with z = (x - mean) / sqrt(variance + epsilon). With one channel a group it is instance normalisation.
/// </summary>
/// <remarks>
/// Backward, given g = dL/dy, in place of g: with h = g w, dL/dx = (h - mean of h - z mean of h z) / sqrt(variance + epsilon); dL/dw += sum
/// of g z, dL/db += sum of g. References to w and b may be null; they are then 1 and 0.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupNormalization
{
    /// <summary>
    /// Normalises. Source and target may be the same; means, inverses and shifts have one number a group: z = (x - mean) inverse + shift,
    /// where the shift is what the rounding of the mean left out.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        ref float source,
        ref float target,
        ref float weight,
        ref float bias,
        double epsilon,
        ref float means,
        ref float inverses,
        ref float shifts,
        int groups,
        int channels,
        int pixels)
    {
        for (nint group = 0; group < groups; group++)
        {
            var start = group * channels * pixels;
            ref var run = ref Unsafe.Add(ref source, start);
            var moments = Moments.OfRun(ref run, channels * pixels, Vector256.IsHardwareAccelerated);
            var inverse = moments.Inverse(epsilon);
            var offset = -moments.Remainder * inverse;
            Unsafe.Add(ref means, group) = moments.Center;
            Unsafe.Add(ref inverses, group) = (float)inverse;
            Unsafe.Add(ref shifts, group) = (float)offset;
            for (nint c = 0; c < channels; c++)
            {
                var channel = (group * channels) + c;
                var factor = Unsafe.IsNullRef(ref weight) ? 1f : Unsafe.Add(ref weight, channel);
                var summand = Unsafe.IsNullRef(ref bias) ? 0f : Unsafe.Add(ref bias, channel);
                Runs.Normalize(
                    ref Unsafe.Add(ref run, c * pixels),
                    ref Unsafe.Add(ref target, start + (c * pixels)),
                    pixels,
                    moments.Center,
                    (float)(inverse * factor),
                    (float)((offset * factor) + summand));
            }
        }
    }

    /// <summary>The backward pass: the gradient of the result becomes that of the input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        ref float input,
        ref float gradient,
        ref float weight,
        ref float weightGradient,
        ref float biasGradient,
        ref float means,
        ref float inverses,
        ref float shifts,
        int groups,
        int channels,
        int pixels)
    {
        for (nint group = 0; group < groups; group++)
        {
            var mean = Unsafe.Add(ref means, group);
            var inverse = Unsafe.Add(ref inverses, group);
            double shift = Unsafe.Add(ref shifts, group);
            double sum = 0;
            double product = 0;
            for (nint c = group * channels; c < (group + 1) * channels; c++)
            {
                ref var x = ref Unsafe.Add(ref input, c * pixels);
                ref var g = ref Unsafe.Add(ref gradient, c * pixels);
                var channelSum = NormalizationSums.OfGradients(
                    ref x, ref g, pixels, mean, Vector256.IsHardwareAccelerated, out var differences);
                var channelProduct = (differences * inverse) + (shift * channelSum);
                var factor = Unsafe.IsNullRef(ref weight) ? 1 : Unsafe.Add(ref weight, c);
                sum += factor * channelSum;
                product += factor * channelProduct;
                if (!Unsafe.IsNullRef(ref weightGradient))
                {
                    Unsafe.Add(ref weightGradient, c) += (float)channelProduct;
                    Unsafe.Add(ref biasGradient, c) += (float)channelSum;
                }
            }

            var elements = (double)channels * pixels;
            var b = (float)(-inverse * product / elements);
            var s = (float)(-(sum + (shift * product)) / elements);
            for (nint c = group * channels; c < (group + 1) * channels; c++)
            {
                var a = Unsafe.IsNullRef(ref weight) ? 1 : Unsafe.Add(ref weight, c);
                Combine(ref Unsafe.Add(ref input, c * pixels), ref Unsafe.Add(ref gradient, c * pixels), pixels, mean, a, b, s, inverse);
            }
        }
    }

    /// <summary>
    /// gradient = (gradient a + (input - mean) b + s) inverse: the small factor last, since its square may be less than a float holds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine(ref float input, ref float gradient, int length, float mean, float a, float b, float s, float inverse)
    {
        nint i = 0;
        for (; i <= length - 4; i += 4)
        {
            var x = Vector128.LoadUnsafe(ref input, (nuint)i) - Vector128.Create(mean);
            var g = (Vector128.LoadUnsafe(ref gradient, (nuint)i) * Vector128.Create(a)) + (x * Vector128.Create(b)) + Vector128.Create(s);
            (g * Vector128.Create(inverse)).StoreUnsafe(ref gradient, (nuint)i);
        }

        for (; i < length; i++)
        {
            var g = (Unsafe.Add(ref gradient, i) * a) + ((Unsafe.Add(ref input, i) - mean) * b) + s;
            Unsafe.Add(ref gradient, i) = g * inverse;
        }
    }
}
