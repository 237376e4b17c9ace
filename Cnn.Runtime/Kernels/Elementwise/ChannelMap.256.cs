using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

internal partial interface IChannelFunction
{
    static abstract Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s);
}

/// <content>The whole vectors from an element on; each method returns where the remainder begins.</content>
internal static partial class ChannelMap
{
    /// <summary>The channels of one pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Pixel256<TFunction>(
        ref float source, ref float target, ref float p, ref float q, ref float r, ref float s, nint c, int channels)
        where TFunction : struct, IChannelFunction
    {
        for (; c <= channels - Vector256<float>.Count; c += Vector256<float>.Count)
        {
            var x = Vector256.LoadUnsafe(ref source, (nuint)c);
            var t = TFunction.ReadsTarget ? Vector256.LoadUnsafe(ref target, (nuint)c) : default;
            var a = Vector256.LoadUnsafe(ref p, (nuint)c);
            var b = TFunction.Parameters > 1 ? Vector256.LoadUnsafe(ref q, (nuint)c) : default;
            var d = TFunction.Parameters > 2 ? Vector256.LoadUnsafe(ref r, (nuint)c) : default;
            var e = TFunction.Parameters > 3 ? Vector256.LoadUnsafe(ref s, (nuint)c) : default;
            TFunction.Apply(x, t, a, b, d, e).StoreUnsafe(ref target, (nuint)c);
        }

        return c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Run256<TFunction>(ref float source, ref float target, float p, float q, float r, float s, nint i, int length)
        where TFunction : struct, IChannelFunction
    {
        var (a, b, c, d) = (Vector256.Create(p), Vector256.Create(q), Vector256.Create(r), Vector256.Create(s));
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var t = TFunction.ReadsTarget ? Vector256.LoadUnsafe(ref target, (nuint)i) : default;
            TFunction.Apply(Vector256.LoadUnsafe(ref source, (nuint)i), t, a, b, c, d).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }
}
