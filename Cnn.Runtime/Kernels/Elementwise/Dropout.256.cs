using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The elements of one vector, or the first <c>count</c> of them.</content>
public static partial class Dropout
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply256(ref float values, uint element, ulong key, uint threshold, float scale, int count)
    {
        var kept = Vector256.GreaterThanOrEqual(Hash256(element, key), Vector256.Create(threshold)).AsSingle();
        VectorTail.StoreUpTo256((VectorTail.LoadUpTo256(ref values, count) * Vector256.Create(scale)) & kept, ref values, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Hash256(uint element, ulong key)
    {
        var h = (Vector256.Create(element) + Vector256<uint>.Indices) * Vector256.Create(0x9E3779B9u) + Vector256.Create((uint)key);
        return Mix(Mix(h) ^ Vector256.Create((uint)(key >> 32)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mix(Vector256<uint> h)
    {
        h = (h ^ (h >>> 16)) * Vector256.Create(0x21F0AAADu);
        h = (h ^ (h >>> 15)) * Vector256.Create(0xD35A2D97u);
        return h ^ (h >>> 15);
    }
}
