using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The sums of one width.</content>
internal static partial class RunSum
{
    /// <summary>The lanes as doubles, the upper half added to the lower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Widen(Vector256<float> sums) => Vector256.WidenLower(sums) + Vector256.WidenUpper(sums);

    /// <summary>The lanes' sums over the whole vectors of a run, <see cref="BlockVectors"/> of them at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Block256<TTerm>(ref float x, ref float y, float p, int length, out Vector256<float> second)
        where TTerm : struct, ITerm
    {
        var vectors = Math.Min(BlockVectors, length / Vector256<float>.Count);
        var parameter = Vector256.Create(p);
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var (e, f, g, h) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var vector = 0;
        for (; vector <= vectors - 4; vector += 4)
        {
            Add256<TTerm>(ref x, ref y, Vector256<float>.Count * vector, parameter, ref a, ref e);
            Add256<TTerm>(ref x, ref y, Vector256<float>.Count * (vector + 1), parameter, ref b, ref f);
            Add256<TTerm>(ref x, ref y, Vector256<float>.Count * (vector + 2), parameter, ref c, ref g);
            Add256<TTerm>(ref x, ref y, Vector256<float>.Count * (vector + 3), parameter, ref d, ref h);
        }

        for (; vector < vectors; vector++)
            Add256<TTerm>(ref x, ref y, Vector256<float>.Count * vector, parameter, ref a, ref e);
        second = (e + f) + (g + h);
        return (a + b) + (c + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add256<TTerm>(
        ref float x, ref float y, nint offset, Vector256<float> p, ref Vector256<float> first, ref Vector256<float> second)
        where TTerm : struct, ITerm
    {
        var a = Vector256.LoadUnsafe(ref x, (nuint)offset);
        var b = TTerm.UsesFellow ? Vector256.LoadUnsafe(ref y, (nuint)offset) : default;
        first += TTerm.First(a, b, p);
        if (TTerm.HasSecond)
            second += TTerm.Second(a, b, p);
    }
}
