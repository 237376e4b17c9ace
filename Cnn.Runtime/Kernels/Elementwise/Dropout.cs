using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014), for generated code: an element is zeroed with probability rate, the others are scaled by
/// 1 / (1 - rate).
/// </summary>
/// <remarks>
/// The mask is a hash of (seed, layer, sample, element), not a stream, so it depends neither on threads nor on the order of the samples,
/// and the backward pass finds it again. Seed, layer and sample are mixed by the finalizer of SplitMix64 (Steele, Lea and Flood 2014)
/// into a key of two halves k0 and k1; element i has h = f(f(i * 0x9E3779B9 + k0) ^ k1), f the 32-bit mixer of the Hash Prospector
/// (Wellons, constants 0x21F0AAAD and 0xD35A2D97), and is kept where h >= rate * 2^32.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Dropout
{
    /// <summary>values[i] = kept(i) ? values[i] / (1 - rate) : 0, in place; rate in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ref float values, int length, float rate, ulong seed, int layer, long sample) =>
        Apply(ref values, length, rate, Key(seed, layer, sample), Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] = kept(i) ? gradient[i] / (1 - rate) : 0, in place, by the mask that <see cref="Forward"/> had for the same rate, seed,
    /// layer and sample.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ref float gradient, int length, float rate, ulong seed, int layer, long sample) =>
        Apply(ref gradient, length, rate, Key(seed, layer, sample), Vector256.IsHardwareAccelerated);

    internal static ulong Key(ulong seed, int layer, long sample) =>
        SplitMix64.Mix(SplitMix64.Mix(SplitMix64.Mix(seed) + (uint)layer) + (ulong)sample);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Apply(ref float values, int length, float rate, ulong key, bool wide)
    {
        var threshold = (uint)(rate * 4294967296.0);
        var scale = 1f / (1f - rate);
        nint i = 0;
        for (; wide && Vector512.IsHardwareAccelerated && i <= length - 16; i += 16)
            Apply512(ref Unsafe.Add(ref values, i), (uint)i, key, threshold, scale, 16);
        for (; wide && i <= length - 8; i += 8)
            Apply256(ref Unsafe.Add(ref values, i), (uint)i, key, threshold, scale, 8);
        for (; i <= length - 4; i += 4)
            Apply128(ref Unsafe.Add(ref values, i), (uint)i, key, threshold, scale, 4);
        if (i < length)
            Apply128(ref Unsafe.Add(ref values, i), (uint)i, key, threshold, scale, length - (int)i);
    }
}
