using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>The softmax of a vector, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Softmax
{
    private const int LongestRun = 1024;

    /// <summary>
    /// target[i] = exp(source[i] - m) / sum over j of exp(source[j] - m), m the largest element. Source and target may be the same. A NaN
    /// or a positive infinity makes every result NaN, as does a vector of nothing but negative infinities.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ref float source, ref float target, int length) =>
        Forward(ref source, ref target, length, Vector256.IsHardwareAccelerated);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Forward(ref float source, ref float target, int length, bool wide)
    {
        if (length <= 0)
            return;
        var sum = Exponentials(ref source, ref target, length, Largest(ref source, length, wide), wide);
        ElementMap.Apply(new QuotientFunction(sum), ref target, ref target, length, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Largest(ref float source, int length, bool wide)
    {
        nint i = 0;
        var largest = Vector128.Create(float.NegativeInfinity);
        if (wide)
        {
            var both = Vector256.Create(float.NegativeInfinity);
            for (; i <= length - 8; i += 8)
                both = Vector256.Max(both, Vector256.LoadUnsafe(ref source, (nuint)i));
            largest = VectorLanes.Max(both.GetLower(), both.GetUpper());
        }

        for (; i <= length - 4; i += 4)
            largest = VectorLanes.Max(largest, Vector128.LoadUnsafe(ref source, (nuint)i));
        if (i < length)
            largest = VectorLanes.Max(largest, VectorTail.Load(ref Unsafe.Add(ref source, i), length - (int)i, float.NegativeInfinity));

        largest = VectorLanes.Max(largest, Vector128.Shuffle(largest, Vector128.Create(2, 3, 0, 1)));
        return VectorLanes.Max(largest, Vector128.Shuffle(largest, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>target[i] = exp(source[i] - largest); returns their sum: of parts, so that many classes cost no digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials(ref float source, ref float target, int length, float largest, bool wide)
    {
        return length <= LongestRun
            ? ExponentialsOfRun(ref source, ref target, length, largest, wide)
            : ExponentialsOfRuns(ref source, ref target, length, largest, wide);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float ExponentialsOfRuns(ref float source, ref float target, int length, float largest, bool wide)
    {
        var total = 0.0;
        for (nint i = 0; i < length; i += LongestRun)
        {
            var run = (int)Math.Min(LongestRun, length - i);
            total += ExponentialsOfRun(ref Unsafe.Add(ref source, i), ref Unsafe.Add(ref target, i), run, largest, wide);
        }

        return (float)total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ExponentialsOfRun(ref float source, ref float target, int length, float largest, bool wide)
    {
        nint i = 0;
        var sum = Vector128<float>.Zero;
        if (wide)
        {
            var both = Vector256<float>.Zero;
            for (; i <= length - 8; i += 8)
                both += Exponentials256(ref source, ref target, i, largest);
            sum = both.GetLower() + both.GetUpper();
        }

        for (; i <= length - 4; i += 4)
            sum += Exponentials128(ref source, ref target, i, largest);
        if (i < length)
        {
            // The padding adds exp(-infinity) = 0 to the sum.
            var remainder = length - (int)i;
            var x = VectorTail.Load(ref Unsafe.Add(ref source, i), remainder, float.NegativeInfinity);
            var e = VectorMath.Exp(x - Vector128.Create(largest));
            VectorTail.Store(e, ref Unsafe.Add(ref target, i), remainder);
            sum += e;
        }

        return Vector128.Sum(sum);
    }
}
