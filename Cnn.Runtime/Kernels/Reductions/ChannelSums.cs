using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Sums each channel of a volume over its pixels: the gradient of a bias. Called by generated code; nothing is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelSums
{
    /// <summary>Adds the sums of a volume with its channels innermost; row and pixel count floats from one to the next.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddPixels(ref float volume, int height, int width, int row, int pixel, int channels, ref float sums)
    {
        var whole = channels & -Vector128<float>.Count;
        for (var y = 0; y < height; y++)
        {
            for (var c = 0; c < whole; c += Vector128<float>.Count)
            {
                ref var element = ref Unsafe.Add(ref volume, c);
                var sum = Vector128.LoadUnsafe(ref sums, (nuint)c);
                for (var x = 0; x < width; x++)
                {
                    sum += Vector128.LoadUnsafe(ref element);
                    element = ref Unsafe.Add(ref element, pixel);
                }

                sum.StoreUnsafe(ref sums, (nuint)c);
            }

            for (var c = whole; c < channels; c++)
            {
                for (var x = 0; x < width; x++)
                    Unsafe.Add(ref sums, c) += Unsafe.Add(ref volume, (x * pixel) + c);
            }

            volume = ref Unsafe.Add(ref volume, row);
        }
    }

    /// <summary>Adds the sums of a volume of planes; row and plane count floats from one to the next.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddPlanes(ref float volume, int height, int width, int row, int plane, int channels, ref float sums)
    {
        for (var c = 0; c < channels; c++)
        {
            // Several sums, since each addition waits for the one before it.
            var (a, b, d, e) = (Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero);
            var rest = 0f;
            for (var y = 0; y < height; y++)
            {
                ref var element = ref Unsafe.Add(ref volume, (c * plane) + (y * row));
                var x = 0;
                for (; x + (4 * Vector128<float>.Count) <= width; x += 4 * Vector128<float>.Count)
                {
                    a += Vector128.LoadUnsafe(ref element, (nuint)x);
                    b += Vector128.LoadUnsafe(ref element, (nuint)(x + Vector128<float>.Count));
                    d += Vector128.LoadUnsafe(ref element, (nuint)(x + (2 * Vector128<float>.Count)));
                    e += Vector128.LoadUnsafe(ref element, (nuint)(x + (3 * Vector128<float>.Count)));
                }

                if (x + (2 * Vector128<float>.Count) <= width)
                {
                    a += Vector128.LoadUnsafe(ref element, (nuint)x);
                    b += Vector128.LoadUnsafe(ref element, (nuint)(x + Vector128<float>.Count));
                    x += 2 * Vector128<float>.Count;
                }

                if (x + Vector128<float>.Count <= width)
                {
                    d += Vector128.LoadUnsafe(ref element, (nuint)x);
                    x += Vector128<float>.Count;
                }

                for (; x < width; x++)
                    rest += Unsafe.Add(ref element, x);
            }

            Unsafe.Add(ref sums, c) += Vector128.Sum((a + b) + (d + e)) + rest;
        }
    }
}
