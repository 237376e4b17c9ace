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
    /// <summary>Normalises. Source and target may be the same; means and inverses have one number a group.</summary>
    public static void Forward(
        ref float source,
        ref float target,
        ref float weight,
        ref float bias,
        double epsilon,
        ref float means,
        ref float inverses,
        int groups,
        int channels,
        int pixels)
    {
        for (nint group = 0; group < groups; group++)
        {
            var start = group * channels * pixels;
            ref var run = ref Unsafe.Add(ref source, start);
            var length = channels * pixels;
            var mean = (float)(Reductions.Sum(ref run, length) / length);
            var variance = Reductions.SumOfSquaredDifferences(ref run, length, mean) / length;
            var inverse = (float)(1 / System.Math.Sqrt(variance + epsilon));
            Unsafe.Add(ref means, group) = mean;
            Unsafe.Add(ref inverses, group) = inverse;
            for (nint c = 0; c < channels; c++)
            {
                var channel = (group * channels) + c;
                var scale = Unsafe.IsNullRef(ref weight) ? inverse : inverse * Unsafe.Add(ref weight, channel);
                var shift = Unsafe.IsNullRef(ref bias) ? 0f : Unsafe.Add(ref bias, channel);
                BatchNormalization.NormalizeRun(
                    ref Unsafe.Add(ref run, c * pixels), ref Unsafe.Add(ref target, start + (c * pixels)), pixels, mean, scale, shift);
            }
        }
    }

    /// <summary>The backward pass: the gradient of the result becomes that of the input.</summary>
    public static void Backward(
        ref float input,
        ref float gradient,
        ref float weight,
        ref float weightGradient,
        ref float biasGradient,
        ref float means,
        ref float inverses,
        int groups,
        int channels,
        int pixels)
    {
        for (nint group = 0; group < groups; group++)
        {
            var mean = Unsafe.Add(ref means, group);
            var inverse = Unsafe.Add(ref inverses, group);
            double sum = 0;
            double product = 0;
            for (nint c = group * channels; c < (group + 1) * channels; c++)
            {
                var channelSum = Reductions.Sum(ref Unsafe.Add(ref gradient, c * pixels), pixels);
                var channelProduct = Reductions.SumOfProducts(
                    ref Unsafe.Add(ref input, c * pixels), ref Unsafe.Add(ref gradient, c * pixels), pixels, mean) * inverse;
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
            var b = (float)(-inverse * (double)inverse * product / elements);
            var s = (float)(-inverse * sum / elements);
            for (nint c = group * channels; c < (group + 1) * channels; c++)
            {
                var a = Unsafe.IsNullRef(ref weight) ? inverse : inverse * Unsafe.Add(ref weight, c);
                Combine(ref Unsafe.Add(ref input, c * pixels), ref Unsafe.Add(ref gradient, c * pixels), pixels, mean, a, b, s);
            }
        }
    }

    /// <summary>gradient = gradient a + (input - mean) b + s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine(ref float input, ref float gradient, int length, float mean, float a, float b, float s)
    {
        nint i = 0;
        for (; i <= length - 4; i += 4)
        {
            var x = Vector128.LoadUnsafe(ref input, (nuint)i) - Vector128.Create(mean);
            ((Vector128.LoadUnsafe(ref gradient, (nuint)i) * a) + (x * b) + Vector128.Create(s)).StoreUnsafe(ref gradient, (nuint)i);
        }

        for (; i < length; i++)
            Unsafe.Add(ref gradient, i) = (Unsafe.Add(ref gradient, i) * a) + ((Unsafe.Add(ref input, i) - mean) * b) + s;
    }
}
