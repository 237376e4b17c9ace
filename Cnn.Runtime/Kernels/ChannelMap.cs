using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>A function of an element x, of the element t that its result replaces, and of up to four parameters of the channel.</summary>
internal interface IChannelFunction
{
    static abstract int Parameters { get; }

    static virtual bool ReadsTarget => false;

    static abstract Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s);

    static abstract Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s);
}

/// <summary>The loops over channels innermost, pixel by pixel, and over one channel's run.</summary>
internal static class ChannelMap
{
    /// <summary>Parameters that a function does not use may be any reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TFunction>(
        ref float source,
        int sourcePitch,
        ref float target,
        int targetPitch,
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
            if (wide)
            {
                for (; c <= channels - 8; c += 8)
                {
                    var x = Vector256.LoadUnsafe(ref source, (nuint)c);
                    var t = TFunction.ReadsTarget ? Vector256.LoadUnsafe(ref target, (nuint)c) : default;
                    var a = Vector256.LoadUnsafe(ref p, (nuint)c);
                    var b = TFunction.Parameters > 1 ? Vector256.LoadUnsafe(ref q, (nuint)c) : default;
                    var d = TFunction.Parameters > 2 ? Vector256.LoadUnsafe(ref r, (nuint)c) : default;
                    var e = TFunction.Parameters > 3 ? Vector256.LoadUnsafe(ref s, (nuint)c) : default;
                    TFunction.Apply(x, t, a, b, d, e).StoreUnsafe(ref target, (nuint)c);
                }
            }

            for (; c <= channels - 4; c += 4)
            {
                var x = Vector128.LoadUnsafe(ref source, (nuint)c);
                var t = TFunction.ReadsTarget ? Vector128.LoadUnsafe(ref target, (nuint)c) : default;
                var a = Vector128.LoadUnsafe(ref p, (nuint)c);
                var b = TFunction.Parameters > 1 ? Vector128.LoadUnsafe(ref q, (nuint)c) : default;
                var d = TFunction.Parameters > 2 ? Vector128.LoadUnsafe(ref r, (nuint)c) : default;
                var e = TFunction.Parameters > 3 ? Vector128.LoadUnsafe(ref s, (nuint)c) : default;
                TFunction.Apply(x, t, a, b, d, e).StoreUnsafe(ref target, (nuint)c);
            }

            if (c < channels)
            {
                var rest = channels - (int)c;
                ref var to = ref Unsafe.Add(ref target, c);
                var x = VectorTail.Load(ref Unsafe.Add(ref source, c), rest);
                var t = TFunction.ReadsTarget ? VectorTail.Load(ref to, rest) : default;
                var a = VectorTail.Load(ref Unsafe.Add(ref p, c), rest);
                var b = TFunction.Parameters > 1 ? VectorTail.Load(ref Unsafe.Add(ref q, c), rest) : default;
                var d = TFunction.Parameters > 2 ? VectorTail.Load(ref Unsafe.Add(ref r, c), rest) : default;
                var e = TFunction.Parameters > 3 ? VectorTail.Load(ref Unsafe.Add(ref s, c), rest) : default;
                VectorTail.Store(TFunction.Apply(x, t, a, b, d, e), ref to, rest);
            }

            source = ref Unsafe.Add(ref source, sourcePitch);
            target = ref Unsafe.Add(ref target, targetPitch);
        }
    }

    /// <summary>One channel's run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TFunction>(
        ref float source, ref float target, float p, float q, float r, float s, int length, bool wide)
        where TFunction : struct, IChannelFunction
    {
        nint i = 0;
        if (wide)
        {
            var (a, b, c, d) = (Vector256.Create(p), Vector256.Create(q), Vector256.Create(r), Vector256.Create(s));
            for (; i <= length - 8; i += 8)
            {
                var t = TFunction.ReadsTarget ? Vector256.LoadUnsafe(ref target, (nuint)i) : default;
                TFunction.Apply(Vector256.LoadUnsafe(ref source, (nuint)i), t, a, b, c, d).StoreUnsafe(ref target, (nuint)i);
            }
        }

        var (e, f, g, h) = (Vector128.Create(p), Vector128.Create(q), Vector128.Create(r), Vector128.Create(s));
        for (; i < length; i += 4)
        {
            var count = length - (int)i;
            ref var to = ref Unsafe.Add(ref target, i);
            var t = TFunction.ReadsTarget ? VectorTail.LoadUpToFour(ref to, count) : default;
            var x = VectorTail.LoadUpToFour(ref Unsafe.Add(ref source, i), count);
            VectorTail.StoreUpToFour(TFunction.Apply(x, t, e, f, g, h), ref to, count);
        }
    }
}
