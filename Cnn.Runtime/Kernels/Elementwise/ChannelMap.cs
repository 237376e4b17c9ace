using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>A function of an element x, of the element t that its result replaces, and of up to four parameters of the channel.</summary>
internal partial interface IChannelFunction
{
    static abstract int Parameters { get; }

    static virtual bool ReadsTarget => false;
}

/// <summary>The loops over channels innermost, pixel by pixel, and over one channel's run.</summary>
internal static partial class ChannelMap
{
    /// <summary>Parameters that a function does not use may be any reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TFunction>(
        ref float source,
        int sourceStride,
        ref float target,
        int targetStride,
        ref float p,
        ref float q,
        ref float r,
        ref float s,
        int channels,
        int pixels,
        bool wide)
        where TFunction : struct, IChannelFunction
    {
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            nint c = 0;
            if (wide && ElementMap.IsLong(channels))
                c = Pixel512<TFunction>(ref source, ref target, ref p, ref q, ref r, ref s, c, channels);
            if (wide)
                c = Pixel256<TFunction>(ref source, ref target, ref p, ref q, ref r, ref s, c, channels);
            c = Pixel128<TFunction>(ref source, ref target, ref p, ref q, ref r, ref s, c, channels);
            if (c < channels)
            {
                var remainder = channels - (int)c;
                ref var to = ref Unsafe.Add(ref target, c);
                var x = VectorTail.Load(ref Unsafe.Add(ref source, c), remainder);
                var t = TFunction.ReadsTarget ? VectorTail.Load(ref to, remainder) : default;
                var a = VectorTail.Load(ref Unsafe.Add(ref p, c), remainder);
                var b = TFunction.Parameters > 1 ? VectorTail.Load(ref Unsafe.Add(ref q, c), remainder) : default;
                var d = TFunction.Parameters > 2 ? VectorTail.Load(ref Unsafe.Add(ref r, c), remainder) : default;
                var e = TFunction.Parameters > 3 ? VectorTail.Load(ref Unsafe.Add(ref s, c), remainder) : default;
                VectorTail.Store(TFunction.Apply(x, t, a, b, d, e), ref to, remainder);
            }

            source = ref Unsafe.Add(ref source, sourceStride);
            target = ref Unsafe.Add(ref target, targetStride);
        }
    }

    /// <summary>One channel's run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TFunction>(
        ref float source, ref float target, float p, float q, float r, float s, int length, bool wide)
        where TFunction : struct, IChannelFunction
    {
        nint i = 0;
        if (wide && ElementMap.IsLong(length))
            i = Run512<TFunction>(ref source, ref target, p, q, r, s, i, length);
        if (wide)
            i = Run256<TFunction>(ref source, ref target, p, q, r, s, i, length);
        i = Run128<TFunction>(ref source, ref target, p, q, r, s, i, length);
        if (i < length)
        {
            var remainder = length - (int)i;
            ref var to = ref Unsafe.Add(ref target, i);
            var x = VectorTail.Load(ref Unsafe.Add(ref source, i), remainder);
            var t = TFunction.ReadsTarget ? VectorTail.Load(ref to, remainder) : default;
            var (a, b, c, d) = (Vector128.Create(p), Vector128.Create(q), Vector128.Create(r), Vector128.Create(s));
            VectorTail.Store(TFunction.Apply(x, t, a, b, c, d), ref to, remainder);
        }
    }
}
