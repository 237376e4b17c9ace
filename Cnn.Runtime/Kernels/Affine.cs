using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>y = x * scale + shift, for generated code. Source and target may be the same; nothing outside the rows is touched.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Affine
{
    /// <summary>Over the pixels of a row whose channels are innermost, each channel with its own numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Channels(
        ref float source, int sourceStride, ref float target, int targetStride, int pixels, int channels, ref float scale, ref float shift)
    {
        for (nint x = 0; x < pixels; x++)
        {
            ref var s = ref Unsafe.Add(ref source, x * sourceStride);
            ref var t = ref Unsafe.Add(ref target, x * targetStride);
            nint c = 0;
            for (; c <= channels - 4; c += 4)
            {
                var v = Vector128.LoadUnsafe(ref s, (nuint)c) * Vector128.LoadUnsafe(ref scale, (nuint)c);
                (v + Vector128.LoadUnsafe(ref shift, (nuint)c)).StoreUnsafe(ref t, (nuint)c);
            }

            for (; c < channels; c++)
                Unsafe.Add(ref t, c) = (Unsafe.Add(ref s, c) * Unsafe.Add(ref scale, c)) + Unsafe.Add(ref shift, c);
        }
    }

    /// <summary>Over a run of one channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float source, ref float target, int length, float scale, float shift) =>
        ElementMap.Apply(new AffineFunction(scale, shift), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    private readonly struct AffineFunction(float scale, float shift) : IElementFunction
    {
        public Vector256<float> Apply(Vector256<float> x) => (x * scale) + Vector256.Create(shift);

        public Vector128<float> Apply(Vector128<float> x) => (x * scale) + Vector128.Create(shift);
    }
}
