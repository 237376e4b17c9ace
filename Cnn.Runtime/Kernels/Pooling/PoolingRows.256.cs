using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The whole vectors from element i on; each method returns where the remainder begins.</content>
public static partial class PoolingRows
{
    private partial interface IReduction
    {
        static abstract Vector256<float> Combine(Vector256<float> a, Vector256<float> b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Rows256<TReduction>(ref float source, int rowPitch, int rows, ref float row, nint i, int length)
        where TReduction : struct, IReduction
    {
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var v = Vector256.LoadUnsafe(ref source, (nuint)i);
            for (nint j = 1; j < rows; j++)
                v = TReduction.Combine(v, Vector256.LoadUnsafe(ref source, (nuint)(i + (j * rowPitch))));
            v.StoreUnsafe(ref row, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Columns256<TReduction>(ref float row, int columns, int step, ref float target, nint i, int count, float scale)
        where TReduction : struct, IReduction
    {
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var v = Vector256.LoadUnsafe(ref row, (nuint)i);
            for (nint k = 1; k < columns; k++)
                v = TReduction.Combine(v, Vector256.LoadUnsafe(ref row, (nuint)(i + (k * step))));
            (v * Vector256.Create(scale)).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    private readonly partial struct Maximum
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Combine(Vector256<float> a, Vector256<float> b) => VectorLanes.Max(a, b);
    }

    private readonly partial struct Total
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Combine(Vector256<float> a, Vector256<float> b) => a + b;
    }
}
