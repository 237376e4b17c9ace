using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The channels of every pixel in planar order: as many pixels at a time as a vector has lanes.</content>
public static partial class LayerNormalization
{
    /// <summary>The channels of every pixel, planar: channel c is the run at c * pitch; means, inverses and shifts are [pixels].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ForwardPlanes(
        ref float source,
        int sourcePitch,
        ref float target,
        int targetPitch,
        ref float weight,
        ref float bias,
        float epsilon,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels,
        int pixels)
    {
        PlaneMoments(
            ref source, sourcePitch, epsilon, ref means, ref inverses, ref shifts, channels, pixels, Vector256.IsHardwareAccelerated);
        for (nint c = 0; c < channels; c++)
        {
            var affine = !Unsafe.IsNullRef(ref weight);
            NormalizePlane(
                ref Unsafe.Add(ref source, c * sourcePitch),
                ref Unsafe.Add(ref target, c * targetPitch),
                affine ? Unsafe.Add(ref weight, c) : 1f,
                affine ? Unsafe.Add(ref bias, c) : 0f,
                ref means,
                ref inverses,
                ref shifts,
                pixels,
                Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>The backward pass of <see cref="ForwardPlanes"/>.</summary>
    /// <param name="input">x.</param>
    /// <param name="inputPitch">From channel to channel of the input.</param>
    /// <param name="gradient">g, becomes dL/dx.</param>
    /// <param name="gradientPitch">From channel to channel of the gradient.</param>
    /// <param name="weight">w, [channels], or a null reference.</param>
    /// <param name="weightGradient">dL/dw is added.</param>
    /// <param name="biasGradient">dL/db is added.</param>
    /// <param name="means">Means of the forward pass, [pixels].</param>
    /// <param name="inverses">Inverse deviations of the forward pass, [pixels].</param>
    /// <param name="shifts">Shifts of the forward pass, [pixels].</param>
    /// <param name="channels">Channels.</param>
    /// <param name="pixels">Pixels.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BackwardPlanes(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float weight,
        ref float weightGradient,
        ref float biasGradient,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels,
        int pixels)
    {
        if (!Unsafe.IsNullRef(ref weight))
        {
            for (nint c = 0; c < channels; c++)
            {
                ref var g = ref Unsafe.Add(ref gradient, c * gradientPitch);
                Unsafe.Add(ref biasGradient, c) +=
                    (float)RunSum.Of<ValueTerm>(ref g, ref g, 0f, pixels, Vector256.IsHardwareAccelerated, out _);
                Unsafe.Add(ref weightGradient, c) += WeightGradientOfPlane(
                    ref Unsafe.Add(ref input, c * inputPitch), ref g, ref means, ref inverses, ref shifts, pixels, Vector256.IsHardwareAccelerated);
                ChannelMap.Run<ScaleFunction>(
                    ref g, ref g, Unsafe.Add(ref weight, c), 0f, 0f, 0f, pixels, Vector256.IsHardwareAccelerated);
            }
        }

        nint i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= pixels - 8; i += 8)
            {
                BackwardOfPixels256(
                    ref Unsafe.Add(ref input, i),
                    inputPitch,
                    ref Unsafe.Add(ref gradient, i),
                    gradientPitch,
                    ref Unsafe.Add(ref means, i),
                    ref Unsafe.Add(ref inverses, i),
                    ref Unsafe.Add(ref shifts, i),
                    channels);
            }
        }

        for (; i < pixels; i += 4)
        {
            BackwardOfPixels128(
                ref Unsafe.Add(ref input, i),
                inputPitch,
                ref Unsafe.Add(ref gradient, i),
                gradientPitch,
                ref Unsafe.Add(ref means, i),
                ref Unsafe.Add(ref inverses, i),
                ref Unsafe.Add(ref shifts, i),
                channels,
                pixels - (int)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PlaneMoments(
        ref float source,
        int pitch,
        float epsilon,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels,
        int pixels,
        bool wide)
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= pixels - 8; i += 8)
            {
                var sum = Totals256.Zero;
                for (nint c = 0; c < channels; c++)
                    sum = sum.Plus(Vector256.LoadUnsafe(ref source, (nuint)((c * pitch) + i)));
                var mean = sum.Over(channels);
                var squares = Totals256.Zero;
                for (nint c = 0; c < channels; c++)
                {
                    var difference = Vector256.LoadUnsafe(ref source, (nuint)((c * pitch) + i)) - mean;
                    squares = squares.PlusSquares(difference);
                }

                mean.StoreUnsafe(ref means, (nuint)i);
                var remainder = sum.Above(mean, channels);
                var inverse = squares.InverseDeviations(remainder, channels, epsilon);
                inverse.StoreUnsafe(ref inverses, (nuint)i);
                (-remainder * inverse).StoreUnsafe(ref shifts, (nuint)i);
            }
        }

        for (; i < pixels; i += 4)
        {
            var count = pixels - (int)i;
            ref var from = ref Unsafe.Add(ref source, i);
            var sum = Totals128.Zero;
            for (nint c = 0; c < channels; c++)
                sum = sum.Plus(VectorTail.LoadUpToFour(ref Unsafe.Add(ref from, c * pitch), count));
            var mean = sum.Over(channels);
            var squares = Totals128.Zero;
            for (nint c = 0; c < channels; c++)
            {
                var difference = VectorTail.LoadUpToFour(ref Unsafe.Add(ref from, c * pitch), count) - mean;
                squares = squares.PlusSquares(difference);
            }

            VectorTail.StoreUpToFour(mean, ref Unsafe.Add(ref means, i), count);
            var remainder = sum.Above(mean, channels);
            var inverse = squares.InverseDeviations(remainder, channels, epsilon);
            VectorTail.StoreUpToFour(inverse, ref Unsafe.Add(ref inverses, i), count);
            VectorTail.StoreUpToFour(-remainder * inverse, ref Unsafe.Add(ref shifts, i), count);
        }
    }

    /// <summary>target[i] = ((source[i] - means[i]) * inverses[i] + shifts[i]) * weight + bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NormalizePlane(
        ref float source,
        ref float target,
        float weight,
        float bias,
        ref float means,
        ref float inverses,
        ref float shifts,
        int pixels,
        bool wide)
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= pixels - 8; i += 8)
            {
                var difference = Vector256.LoadUnsafe(ref source, (nuint)i) - Vector256.LoadUnsafe(ref means, (nuint)i);
                var z = Vector256.MultiplyAddEstimate(
                    difference, Vector256.LoadUnsafe(ref inverses, (nuint)i), Vector256.LoadUnsafe(ref shifts, (nuint)i));
                Vector256.MultiplyAddEstimate(z, Vector256.Create(weight), Vector256.Create(bias)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < pixels; i += 4)
        {
            var count = pixels - (int)i;
            var x = VectorTail.LoadUpToFour(ref Unsafe.Add(ref source, i), count);
            var difference = x - VectorTail.LoadUpToFour(ref Unsafe.Add(ref means, i), count);
            var z = VectorMath.MultiplyAddEstimate(
                difference,
                VectorTail.LoadUpToFour(ref Unsafe.Add(ref inverses, i), count),
                VectorTail.LoadUpToFour(ref Unsafe.Add(ref shifts, i), count));
            VectorTail.StoreUpToFour(
                VectorMath.MultiplyAddEstimate(z, Vector128.Create(weight), Vector128.Create(bias)), ref Unsafe.Add(ref target, i), count);
        }
    }

    /// <summary>The sum of gradient[i] * ((input[i] - means[i]) * inverses[i] + shifts[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float WeightGradientOfPlane(
        ref float input, ref float gradient, ref float means, ref float inverses, ref float shifts, int pixels, bool wide)
    {
        nint i = 0;
        var total = 0.0;
        if (wide)
        {
            var sum = Totals256.Zero;
            for (; i <= pixels - 8; i += 8)
            {
                var difference = Vector256.LoadUnsafe(ref input, (nuint)i) - Vector256.LoadUnsafe(ref means, (nuint)i);
                var z = Vector256.MultiplyAddEstimate(
                    difference, Vector256.LoadUnsafe(ref inverses, (nuint)i), Vector256.LoadUnsafe(ref shifts, (nuint)i));
                sum = sum.Plus(Vector256.LoadUnsafe(ref gradient, (nuint)i) * z);
            }

            total = sum.Sum;
        }

        var rest = Totals128.Zero;
        for (; i < pixels; i += 4)
        {
            var count = pixels - (int)i;
            var x = VectorTail.LoadUpToFour(ref Unsafe.Add(ref input, i), count);
            var difference = x - VectorTail.LoadUpToFour(ref Unsafe.Add(ref means, i), count);
            var z = VectorMath.MultiplyAddEstimate(
                difference,
                VectorTail.LoadUpToFour(ref Unsafe.Add(ref inverses, i), count),
                VectorTail.LoadUpToFour(ref Unsafe.Add(ref shifts, i), count));
            rest = rest.Plus(VectorTail.LoadUpToFour(ref Unsafe.Add(ref gradient, i), count) * z);
        }

        return (float)(total + rest.Sum);
    }

    /// <summary>
    /// g = (g - mean of g - z * mean of g * z) * inverse, z = (x - mean) * inverse + shift, for the eight pixels at the references.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardOfPixels256(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels)
    {
        var mean = Vector256.LoadUnsafe(ref means);
        var (inverse, shift) = (Vector256.LoadUnsafe(ref inverses), Vector256.LoadUnsafe(ref shifts));
        var (sums, products) = (Totals256.Zero, Totals256.Zero);
        for (nint c = 0; c < channels; c++)
        {
            var g = Vector256.LoadUnsafe(ref gradient, (nuint)(c * gradientPitch));
            sums = sums.Plus(g);
            var difference = Vector256.LoadUnsafe(ref input, (nuint)(c * inputPitch)) - mean;
            products = products.Plus(g * Vector256.MultiplyAddEstimate(difference, inverse, shift));
        }

        var (sum, product) = (sums.Over(channels), -products.Over(channels));
        for (nint c = 0; c < channels; c++)
        {
            var difference = Vector256.LoadUnsafe(ref input, (nuint)(c * inputPitch)) - mean;
            var z = Vector256.MultiplyAddEstimate(difference, inverse, shift);
            var g = Vector256.LoadUnsafe(ref gradient, (nuint)(c * gradientPitch)) - sum;
            (Vector256.MultiplyAddEstimate(z, product, g) * inverse).StoreUnsafe(ref gradient, (nuint)(c * gradientPitch));
        }
    }

    /// <summary>The same for four pixels, or for <paramref name="count"/> if that is less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardOfPixels128(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels,
        int count)
    {
        var mean = VectorTail.LoadUpToFour(ref means, count);
        var (inverse, shift) = (VectorTail.LoadUpToFour(ref inverses, count), VectorTail.LoadUpToFour(ref shifts, count));
        var (sums, products) = (Totals128.Zero, Totals128.Zero);
        for (nint c = 0; c < channels; c++)
        {
            var g = VectorTail.LoadUpToFour(ref Unsafe.Add(ref gradient, c * gradientPitch), count);
            sums = sums.Plus(g);
            var difference = VectorTail.LoadUpToFour(ref Unsafe.Add(ref input, c * inputPitch), count) - mean;
            products = products.Plus(g * VectorMath.MultiplyAddEstimate(difference, inverse, shift));
        }

        var (sum, product) = (sums.Over(channels), -products.Over(channels));
        for (nint c = 0; c < channels; c++)
        {
            ref var to = ref Unsafe.Add(ref gradient, c * gradientPitch);
            var difference = VectorTail.LoadUpToFour(ref Unsafe.Add(ref input, c * inputPitch), count) - mean;
            var z = VectorMath.MultiplyAddEstimate(difference, inverse, shift);
            var g = VectorTail.LoadUpToFour(ref to, count) - sum;
            VectorTail.StoreUpToFour(VectorMath.MultiplyAddEstimate(z, product, g) * inverse, ref to, count);
        }
    }
}
