using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Pooling along the rows of a plane, for generated code: the rows of the windows are brought together first, a vector of columns at a
/// time, then the columns of each window. Nothing outside the windows is read; the caller answers for the lengths.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class PoolingRows
{
    /// <summary>Columns that are brought together at a time; they stay in the first-level cache.</summary>
    private const int Block = 256;

    /// <summary>Fewer columns are brought together with vectors of at most eight.</summary>
    private const int LeastOfSixteen = 32;

    private partial interface IReduction
    {
        static abstract float Combine(float a, float b);
    }

    /// <summary>
    /// target[i] = max over j &lt; rows, k &lt; columns of source[j * rowPitch + i * stride + k * columnStep]; NaN where one is.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Max(
        ref float source, int rowPitch, int rows, int columns, int columnStep, int stride, ref float target, int outputs) =>
        Reduce<Maximum>(
            ref source, rowPitch, rows, columns, columnStep, stride, ref target, outputs, 1f, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// target[i] = scale * the sum over j &lt; rows, k &lt; columns of source[j * rowPitch + i * stride + k * columnStep].
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Sum(
        ref float source, int rowPitch, int rows, int columns, int columnStep, int stride, ref float target, int outputs, float scale) =>
        Reduce<Total>(
            ref source, rowPitch, rows, columns, columnStep, stride, ref target, outputs, scale, Vector256.IsHardwareAccelerated);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce<TReduction>(
        ref float source,
        int rowPitch,
        int rows,
        int columns,
        int columnStep,
        int stride,
        ref float target,
        int outputs,
        float scale,
        bool wide)
        where TReduction : struct, IReduction
    {
        var extent = ((columns - 1) * columnStep) + 1;
        if (extent > Block)
        {
            for (var i = 0; i < outputs; i++)
            {
                ref var corner = ref Unsafe.Add(ref source, i * stride);
                Unsafe.Add(ref target, i) = scale * Window<TReduction>(ref corner, rowPitch, rows, columns, columnStep);
            }

            return;
        }

        Span<float> buffer = stackalloc float[Block];
        ref var row = ref buffer[0];
        var most = ((Block - extent) / stride) + 1;
        for (var start = 0; start < outputs; start += most)
        {
            var count = Math.Min(most, outputs - start);
            Rows<TReduction>(ref Unsafe.Add(ref source, start * stride), rowPitch, rows, ref row, ((count - 1) * stride) + extent, wide);
            Columns<TReduction>(ref row, columns, columnStep, stride, ref Unsafe.Add(ref target, start), count, scale, wide);
        }
    }

    /// <summary>row[i] = the rows of column i brought together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows<TReduction>(ref float source, int rowPitch, int rows, ref float row, int length, bool wide)
        where TReduction : struct, IReduction
    {
        nint i = 0;
        if (wide && Vector512.IsHardwareAccelerated && length >= LeastOfSixteen)
            i = Rows512<TReduction>(ref source, rowPitch, rows, ref row, i, length);
        if (wide)
            i = Rows256<TReduction>(ref source, rowPitch, rows, ref row, i, length);
        i = Rows128<TReduction>(ref source, rowPitch, rows, ref row, i, length);
        for (; i < length; i++)
        {
            var v = Unsafe.Add(ref source, i);
            for (nint j = 1; j < rows; j++)
                v = TReduction.Combine(v, Unsafe.Add(ref source, i + (j * rowPitch)));
            Unsafe.Add(ref row, i) = v;
        }
    }

    /// <summary>target[i] = scale * the columns of window i brought together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns<TReduction>(
        ref float row, int columns, int step, int stride, ref float target, int count, float scale, bool wide)
        where TReduction : struct, IReduction
    {
        nint i = 0;
        if (stride == 1)
        {
            if (wide && Vector512.IsHardwareAccelerated && count >= LeastOfSixteen)
                i = Columns512<TReduction>(ref row, columns, step, ref target, i, count, scale);
            if (wide)
                i = Columns256<TReduction>(ref row, columns, step, ref target, i, count, scale);
            i = Columns128<TReduction>(ref row, columns, step, ref target, i, count, scale);
        }

        for (; i < count; i++)
        {
            var v = Unsafe.Add(ref row, i * stride);
            for (nint k = 1; k < columns; k++)
                v = TReduction.Combine(v, Unsafe.Add(ref row, (i * stride) + (k * step)));
            Unsafe.Add(ref target, i) = scale * v;
        }
    }

    /// <summary>One window, for those too wide for a block.</summary>
    private static float Window<TReduction>(ref float source, int rowPitch, int rows, int columns, int columnStep)
        where TReduction : struct, IReduction
    {
        var v = source;
        for (nint j = 0; j < rows; j++)
        {
            for (nint k = j == 0 ? 1 : 0; k < columns; k++)
                v = TReduction.Combine(v, Unsafe.Add(ref source, (j * rowPitch) + (k * columnStep)));
        }

        return v;
    }

    private readonly partial struct Maximum : IReduction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Combine(float a, float b) => MathF.Max(a, b);
    }

    private readonly partial struct Total : IReduction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Combine(float a, float b) => a + b;
    }
}
