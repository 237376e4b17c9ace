using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// What is summed over a run or over the pixels of a channel: of an element x, its fellow y and the parameter p of the channel.
/// </summary>
internal interface ITerm
{
    static virtual bool UsesFellow => false;

    static virtual bool UsesParameter => false;

    static virtual bool HasSecond => false;

    static abstract Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p);

    static abstract Vector128<float> First(Vector128<float> x, Vector128<float> y, Vector128<float> p);

    static virtual Vector256<float> Second(Vector256<float> x, Vector256<float> y, Vector256<float> p) => default;

    static virtual Vector128<float> Second(Vector128<float> x, Vector128<float> y, Vector128<float> p) => default;
}

/// <summary>x.</summary>
internal readonly struct ValueTerm : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> x, Vector128<float> y, Vector128<float> p) => x;
}

/// <summary>x * y.</summary>
internal readonly struct ProductTerm : ITerm
{
    public static bool UsesFellow => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> x, Vector128<float> y, Vector128<float> p) => x * y;
}

/// <summary>x - p.</summary>
internal readonly struct DifferenceTerm : ITerm
{
    public static bool UsesParameter => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => x - p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> x, Vector128<float> y, Vector128<float> p) => x - p;
}

/// <summary>(x - p)^2.</summary>
internal readonly struct SquaredDifferenceTerm : ITerm
{
    public static bool UsesParameter => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => (x - p) * (x - p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> x, Vector128<float> y, Vector128<float> p) => (x - p) * (x - p);
}

/// <summary>
/// y and y * (x - p): the sums of a normalisation's backward pass, x its input, y the gradient of its output, p the mean.
/// </summary>
internal readonly struct GradientTerm : ITerm
{
    public static bool UsesFellow => true;

    public static bool UsesParameter => true;

    public static bool HasSecond => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> x, Vector128<float> y, Vector128<float> p) => y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Second(Vector256<float> x, Vector256<float> y, Vector256<float> p) => y * (x - p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Second(Vector128<float> x, Vector128<float> y, Vector128<float> p) => y * (x - p);
}

/// <summary>
/// x * y where x is not positive, otherwise 0: the gradient of a trained slope, x the input, y the gradient of the output.
/// </summary>
internal readonly struct SlopeTerm : ITerm
{
    public static bool UsesFellow => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) =>
        Vector256.AndNot(x * y, Vector256.GreaterThan(x, Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> x, Vector128<float> y, Vector128<float> p) =>
        Vector128.AndNot(x * y, Vector128.GreaterThan(x, Vector128<float>.Zero));
}
