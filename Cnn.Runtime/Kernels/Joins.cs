using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Two runs become one, for generated code. Nothing outside [0, length) is read or written.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Joins
{
    /// <summary>target[i] = left[i] + right[i]. The target may be one of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref float left, ref float right, ref float target, int length)
    {
        nint i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= length - 8; i += 8)
                (Vector256.LoadUnsafe(ref left, (nuint)i) + Vector256.LoadUnsafe(ref right, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i <= length - 4; i += 4)
            (Vector128.LoadUnsafe(ref left, (nuint)i) + Vector128.LoadUnsafe(ref right, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        for (; i < length; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref left, i) + Unsafe.Add(ref right, i);
    }
}
