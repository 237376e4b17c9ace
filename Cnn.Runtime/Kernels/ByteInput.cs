using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Bytes as numbers, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ByteInput
{
    /// <summary>target[i] = source[i] * factor + summand. Nothing outside [0, length) is read or written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert(ref byte source, ref float target, int length, float factor, float summand)
    {
        nint i = 0;
        for (; i <= length - 16; i += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
            var (first, second) = Vector128.Widen(low);
            var (third, fourth) = Vector128.Widen(high);
            Store(first, ref target, i, factor, summand);
            Store(second, ref target, i + 4, factor, summand);
            Store(third, ref target, i + 8, factor, summand);
            Store(fourth, ref target, i + 12, factor, summand);
        }

        for (; i < length; i++)
            Unsafe.Add(ref target, i) = (Unsafe.Add(ref source, i) * factor) + summand;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<uint> bytes, ref float target, nint offset, float factor, float summand)
    {
        var numbers = Vector128.ConvertToSingle(bytes.AsInt32());
        ((numbers * Vector128.Create(factor)) + Vector128.Create(summand)).StoreUnsafe(ref target, (nuint)offset);
    }
}
