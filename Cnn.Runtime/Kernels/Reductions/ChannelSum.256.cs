using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The channels of one vector, or the first <c>count</c> of them.</content>
internal static partial class ChannelSum
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Channels256<TTerm>(
        ref float x, int xPitch, ref float y, int yPitch, ref float p, ref float firsts, ref float seconds, nint c, int count, int pixels)
        where TTerm : struct, ITerm
    {
        var parameter = TTerm.UsesParameter ? VectorTail.LoadUpTo256(ref Unsafe.Add(ref p, c), count) : default;
        var (first, second) = (Totals256.Zero, Totals256.Zero);
        for (var start = 0; start < pixels; start += Block)
        {
            var (s, t) = (Vector256<float>.Zero, Vector256<float>.Zero);
            var end = Math.Min(pixels, start + Block);
            for (nint pixel = start; pixel < end; pixel++)
            {
                var a = VectorTail.LoadUpTo256(ref Unsafe.Add(ref x, (pixel * xPitch) + c), count);
                var b = TTerm.UsesFellow ? VectorTail.LoadUpTo256(ref Unsafe.Add(ref y, (pixel * yPitch) + c), count) : default;
                s += TTerm.First(a, b, parameter);
                if (TTerm.HasSecond)
                    t += TTerm.Second(a, b, parameter);
            }

            first = first.Plus(s);
            if (TTerm.HasSecond)
                second = second.Plus(t);
        }

        first.AddTo(ref Unsafe.Add(ref firsts, c), count);
        if (TTerm.HasSecond)
            second.AddTo(ref Unsafe.Add(ref seconds, c), count);
    }
}
