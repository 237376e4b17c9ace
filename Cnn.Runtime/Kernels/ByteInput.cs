using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Turns the bytes of an image into a network's input, for generated code: y = x * a + b with a = scale / deviation and b = -mean /
/// deviation of the channel. Nothing beyond the runs is read or written.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ByteInput
{
    /// <summary>target[i] = source[i] * scale + shift: one channel, a plane, or channels that share the two numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert(ref byte source, ref float target, int length, float scale, float shift) =>
        Convert(ref source, ref target, length, scale, shift, Vector256.IsHardwareAccelerated);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Convert(ref byte source, ref float target, int length, float scale, float shift, bool wide)
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= length - 8; i += 8)
            {
                Vector256.MultiplyAddEstimate(LoadEight(ref Unsafe.Add(ref source, i)), Vector256.Create(scale), Vector256.Create(shift))
                    .StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < length; i += 4)
        {
            var count = length - (int)i;
            var x = LoadUpToFour(ref Unsafe.Add(ref source, i), count);
            var y = Vector128.MultiplyAddEstimate(x, Vector128.Create(scale), Vector128.Create(shift));
            VectorTail.StoreUpToFour(y, ref Unsafe.Add(ref target, i), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LoadEight(ref byte source)
    {
        var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref source)).AsByte();
        var shorts = Vector128.WidenLower(bytes);
        var integers = Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts));
        return Vector256.ConvertToSingle(integers.AsInt32());
    }

    /// <summary>Four bytes as floats; zeros beyond <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LoadUpToFour(ref byte source, int count) =>
        Vector128.Create(
            source,
            count > 1 ? Unsafe.Add(ref source, 1) : 0f,
            count > 2 ? Unsafe.Add(ref source, 2) : 0f,
            count > 3 ? Unsafe.Add(ref source, 3) : 0f);
}
