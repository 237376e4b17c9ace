using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Moves blocks of floats. Called by generated code; nothing is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Blocks
{
    /// <summary>Copies <paramref name="length"/> floats.</summary>
    public static void Copy(ref float source, ref float target, int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, length).CopyTo(MemoryMarshal.CreateSpan(ref target, length));

    /// <summary>Sets <paramref name="length"/> floats to <paramref name="value"/>.</summary>
    public static void Fill(ref float target, int length, float value) => MemoryMarshal.CreateSpan(ref target, length).Fill(value);

    /// <summary>Copies <paramref name="rows"/> rows of <paramref name="length"/> floats between buffers of different pitch.</summary>
    public static void CopyRows(ref float source, int sourcePitch, ref float target, int targetPitch, int length, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            Copy(ref source, ref target, length);
            source = ref Unsafe.Add(ref source, sourcePitch);
            target = ref Unsafe.Add(ref target, targetPitch);
        }
    }

    /// <summary>
    /// Writes the transpose of a matrix of <paramref name="rows"/> x <paramref name="columns"/>; the pitches count floats from row to row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref float source, int sourcePitch, int rows, int columns, ref float target, int targetPitch)
    {
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            ref var from = ref Unsafe.Add(ref source, row * sourcePitch);
            ref var to = ref Unsafe.Add(ref target, row);
            var column = 0;
            for (; column + 4 <= columns; column += 4)
            {
                TransposeFour(ref from, sourcePitch, ref to, targetPitch);
                from = ref Unsafe.Add(ref from, 4);
                to = ref Unsafe.Add(ref to, 4 * targetPitch);
            }

            for (; column < columns; column++)
            {
                for (var lane = 0; lane < 4; lane++)
                    Unsafe.Add(ref to, lane) = Unsafe.Add(ref from, lane * sourcePitch);
                from = ref Unsafe.Add(ref from, 1);
                to = ref Unsafe.Add(ref to, targetPitch);
            }
        }

        for (; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                Unsafe.Add(ref target, (column * targetPitch) + row) = Unsafe.Add(ref source, (row * sourcePitch) + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(ref float source, int sourcePitch, ref float target, int targetPitch)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, sourcePitch));
        var c = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourcePitch));
        var d = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourcePitch));
        for (var lane = 0; lane < 4; lane++)
            Vector128.Create(a[lane], b[lane], c[lane], d[lane]).StoreUnsafe(ref Unsafe.Add(ref target, lane * targetPitch));
    }
}
