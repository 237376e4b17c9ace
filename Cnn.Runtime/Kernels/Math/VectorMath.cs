using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;

namespace Cnn.Kernels;

/// <summary>
/// The activation functions of one vector of floats, for generated code. Each lane depends on its own argument alone, and all widths
/// compute the same steps, so a lane gives the same bits wherever it stands. NaN gives NaN.
/// </summary>
/// <remarks>
/// The functions are written once, in the files of this class for 256 bits; the build writes the other widths (Widths.targets).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    // Beyond these exp is 0 and infinity; within them n stays inside the exponents that two factors can hold.
    private const float ExpLow = -105f;
    private const float ExpHigh = 89f;

    // Adding 1.5 * 2^23 rounds a float to the nearest integer, which then stands in the low bits.
    private const float Rounder = 12582912f;
    private const int RounderBits = 0x4B400000;
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts; n times the first is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    internal const float SeluScale = 1.05070099f;
    internal const float SeluScaleAlpha = 1.75809934f;

    // Below this every exponential is 0; a bound keeps infinity times 0 out of a product.
    private const float Far = -128f;

    // From here on tanh(log(1 + exp(x))) is 1, and exp(x)^2 is far from overflow.
    private const float MishHigh = 20f;

    // The normal tail Q underflows before this.
    private const float TailHigh = 14.5f;

    // 2 sqrt(2 / pi) and that times 0.044715.
    private const float GeluTanh1 = 1.59576912f;
    private const float GeluTanh3 = 0.0713548163f;
    private const float GeluTanhHigh = 16f;

    private const float Sixth = 1f / 6f;

    /// <summary>a * b + c, fused where the processor can.</summary>
    /// <remarks>
    /// WebAssembly's interpreter computes MultiplyAddEstimate element by element, fifteen times slower than these two instructions. The
    /// condition is a constant to every compiler, so that other processors keep their one instruction.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        PackedSimd.IsSupported ? (a * b) + c : Vector128.MultiplyAddEstimate(a, b, c);

    /// <summary>The larger of each two lanes, the second where one is NaN; quick in a browser too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> MaxNative(Vector128<float> a, Vector128<float> b) =>
        PackedSimd.IsSupported ? PackedSimd.PseudoMax(b, a) : Vector128.MaxNative(a, b);

    /// <summary>The smaller of each two lanes, likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> MinNative(Vector128<float> a, Vector128<float> b) =>
        PackedSimd.IsSupported ? PackedSimd.PseudoMin(b, a) : Vector128.MinNative(a, b);
}
