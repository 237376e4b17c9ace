using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>One vector of elements or of pixels, or the first <c>count</c> of its lanes.</content>
public static partial class LayerNormalization
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWeightGradient256(
        ref float input, ref float gradient, ref float weightGradient, float mean, float inverse, float shift, nint i, int count)
    {
        ref var to = ref Unsafe.Add(ref weightGradient, i);
        var difference = VectorTail.LoadUpTo256(ref Unsafe.Add(ref input, i), count) - Vector256.Create(mean);
        var z = Vector256.MultiplyAddEstimate(difference, Vector256.Create(inverse), Vector256.Create(shift));
        var g = VectorTail.LoadUpTo256(ref Unsafe.Add(ref gradient, i), count);
        VectorTail.StoreUpTo256(Vector256.MultiplyAddEstimate(g, z, VectorTail.LoadUpTo256(ref to, count)), ref to, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Moments256(
        ref float source, int pitch, float epsilon, ref float means, ref float inverses, ref float shifts, int channels, nint i, int count)
    {
        source = ref Unsafe.Add(ref source, i);
        var sum = Totals256.Zero;
        for (nint c = 0; c < channels; c++)
            sum = sum.Plus(VectorTail.LoadUpTo256(ref Unsafe.Add(ref source, c * pitch), count));
        var mean = sum.Over(channels);
        var squares = Totals256.Zero;
        for (nint c = 0; c < channels; c++)
        {
            var difference = VectorTail.LoadUpTo256(ref Unsafe.Add(ref source, c * pitch), count) - mean;
            squares = squares.PlusSquares(difference);
        }

        VectorTail.StoreUpTo256(mean, ref Unsafe.Add(ref means, i), count);
        var remainder = sum.Above(mean, channels);
        var inverse = squares.InverseDeviations(remainder, channels, epsilon);
        VectorTail.StoreUpTo256(inverse, ref Unsafe.Add(ref inverses, i), count);
        VectorTail.StoreUpTo256(-remainder * inverse, ref Unsafe.Add(ref shifts, i), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normalize256(
        ref float source,
        ref float target,
        float weight,
        float bias,
        ref float means,
        ref float inverses,
        ref float shifts,
        nint i,
        int count)
    {
        var z = Normalized256(ref source, ref means, ref inverses, ref shifts, i, count);
        var y = Vector256.MultiplyAddEstimate(z, Vector256.Create(weight), Vector256.Create(bias));
        VectorTail.StoreUpTo256(y, ref Unsafe.Add(ref target, i), count);
    }

    /// <summary>(x - mean) * inverse + shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Normalized256(
        ref float source, ref float means, ref float inverses, ref float shifts, nint i, int count)
    {
        var x = VectorTail.LoadUpTo256(ref Unsafe.Add(ref source, i), count);
        var difference = x - VectorTail.LoadUpTo256(ref Unsafe.Add(ref means, i), count);
        var inverse = VectorTail.LoadUpTo256(ref Unsafe.Add(ref inverses, i), count);
        return Vector256.MultiplyAddEstimate(difference, inverse, VectorTail.LoadUpTo256(ref Unsafe.Add(ref shifts, i), count));
    }

    /// <summary>g = (g - mean of g - z * mean of g * z) * inverse, z = (x - mean) * inverse + shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardPixels256(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels,
        nint i,
        int count)
    {
        input = ref Unsafe.Add(ref input, i);
        gradient = ref Unsafe.Add(ref gradient, i);
        var mean = VectorTail.LoadUpTo256(ref Unsafe.Add(ref means, i), count);
        var inverse = VectorTail.LoadUpTo256(ref Unsafe.Add(ref inverses, i), count);
        var shift = VectorTail.LoadUpTo256(ref Unsafe.Add(ref shifts, i), count);
        var (sums, products) = (Totals256.Zero, Totals256.Zero);
        for (nint c = 0; c < channels; c++)
        {
            var g = VectorTail.LoadUpTo256(ref Unsafe.Add(ref gradient, c * gradientPitch), count);
            sums = sums.Plus(g);
            var difference = VectorTail.LoadUpTo256(ref Unsafe.Add(ref input, c * inputPitch), count) - mean;
            products = products.Plus(g * Vector256.MultiplyAddEstimate(difference, inverse, shift));
        }

        var (sum, product) = (sums.Over(channels), -products.Over(channels));
        for (nint c = 0; c < channels; c++)
        {
            ref var to = ref Unsafe.Add(ref gradient, c * gradientPitch);
            var difference = VectorTail.LoadUpTo256(ref Unsafe.Add(ref input, c * inputPitch), count) - mean;
            var z = Vector256.MultiplyAddEstimate(difference, inverse, shift);
            var g = VectorTail.LoadUpTo256(ref to, count) - sum;
            VectorTail.StoreUpTo256(Vector256.MultiplyAddEstimate(z, product, g) * inverse, ref to, count);
        }
    }
}
