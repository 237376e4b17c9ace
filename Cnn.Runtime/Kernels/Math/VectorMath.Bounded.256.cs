using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>Functions made of bounds and straight lines.</content>
public static partial class VectorMath
{
    /// <summary>min(max(x, minimum), maximum), exact. NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clip(Vector256<float> x, float minimum, float maximum) =>
        Vector256.MinNative(Vector256.Create(maximum), Vector256.MaxNative(Vector256.Create(minimum), x));

    /// <summary>min(max(x, 0), 6), exact (Howard et al. 2017).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Relu6(Vector256<float> x) => Clip(x, 0f, 6f);

    /// <summary>min(max(x + 3, 0), 6) / 6, within 2 units in the last place of x + 3; 0 up to -3, 1 from 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> HardSigmoid(Vector256<float> x) => Clip(x + Vector256.Create(3f), 0f, 6f) * Vector256.Create(Sixth);

    /// <summary>
    /// x * min(max(x + 3, 0), 6) / 6 (Howard et al. 2019), within 3 units in the last place; 0 at minus infinity, its limit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> HardSwish(Vector256<float> x)
    {
        var bounded = Vector256.MaxNative(Vector256.Create(-3f), x);
        return bounded * (Vector256.MinNative(Vector256.Create(6f), bounded + Vector256.Create(3f)) * Vector256.Create(Sixth));
    }
}
