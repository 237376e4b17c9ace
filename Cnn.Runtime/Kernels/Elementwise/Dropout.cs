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
public static class Dropout
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
        if (wide)
        {
            for (; i <= length - 8; i += 8)
            {
                var kept = Vector256.GreaterThanOrEqual(Hash256((uint)i, key), Vector256.Create(threshold)).AsSingle();
                ((Vector256.LoadUnsafe(ref values, (nuint)i) * Vector256.Create(scale)) & kept).StoreUnsafe(ref values, (nuint)i);
            }
        }

        for (; i <= length - 4; i += 4)
        {
            var kept = Vector128.GreaterThanOrEqual(Hash128((uint)i, key), Vector128.Create(threshold)).AsSingle();
            ((Vector128.LoadUnsafe(ref values, (nuint)i) * Vector128.Create(scale)) & kept).StoreUnsafe(ref values, (nuint)i);
        }

        if (i < length)
        {
            var rest = length - (int)i;
            ref var tail = ref Unsafe.Add(ref values, i);
            var kept = Vector128.GreaterThanOrEqual(Hash128((uint)i, key), Vector128.Create(threshold)).AsSingle();
            VectorTail.Store((VectorTail.Load(ref tail, rest) * Vector128.Create(scale)) & kept, ref tail, rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Hash256(uint element, ulong key)
    {
        var h = (Vector256.Create(element) + Vector256<uint>.Indices) * Vector256.Create(0x9E3779B9u) + Vector256.Create((uint)key);
        return Mix(Mix(h) ^ Vector256.Create((uint)(key >> 32)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Hash128(uint element, ulong key)
    {
        var h = (Vector128.Create(element) + Vector128<uint>.Indices) * Vector128.Create(0x9E3779B9u) + Vector128.Create((uint)key);
        return Mix(Mix(h) ^ Vector128.Create((uint)(key >> 32)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mix(Vector256<uint> h)
    {
        h = (h ^ (h >>> 16)) * Vector256.Create(0x21F0AAADu);
        h = (h ^ (h >>> 15)) * Vector256.Create(0xD35A2D97u);
        return h ^ (h >>> 15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Mix(Vector128<uint> h)
    {
        h = (h ^ (h >>> 16)) * Vector128.Create(0x21F0AAADu);
        h = (h ^ (h >>> 15)) * Vector128.Create(0xD35A2D97u);
        return h ^ (h >>> 15);
    }
}
