using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>Activations made of an exponential.</content>
public static partial class Elementwise
{
    /// <summary>
    /// target[i] = source[i] where it is positive, otherwise alpha * (exp(source[i]) - 1). Source and target may be the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Elu(ref float source, ref float target, int length, float alpha) =>
        ElementMap.Apply(new EluFunction(alpha), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] *= output[i] > 0 ? 1 : output[i] + alpha, with the output of <see cref="Elu"/>, alpha from 0: alpha at 0, as in PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void EluBackward(ref float output, ref float gradient, int length, float alpha) =>
        ElementMap.Update(new EluGradient(alpha), ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// target[i] = scale * source[i] where it is positive, otherwise scale * alpha * (exp(source[i]) - 1), scale = 1.0507..., alpha =
    /// 1.6732.... Source and target may be the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Selu(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(SeluFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] *= output[i] > 0 ? scale : output[i] + scale * alpha, with the output of <see cref="Selu"/>: scale * alpha at 0, as in
    /// PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SeluBackward(ref float output, ref float gradient, int length) =>
        ElementMap.Update(default(SeluGradient), ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = source[i] * (1 + erf(source[i] / sqrt(2))) / 2. Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Gelu(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(GeluFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] *= P(x) + x * exp(-x^2 / 2) / sqrt(2 pi), x the input of <see cref="Gelu"/>, P the normal distribution.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void GeluBackward(ref float input, ref float gradient, int length) =>
        ElementMap.Update(default(GeluGradient), ref input, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// target[i] = x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2, x = source[i]. Source and target may be the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void GeluTanh(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(GeluTanhFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>gradient[i] *= the derivative of <see cref="GeluTanh"/> at its input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void GeluTanhBackward(ref float input, ref float gradient, int length) =>
        ElementMap.Update(default(GeluTanhGradient), ref input, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = source[i] / (1 + exp(-source[i])). Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Silu(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(SiluFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>gradient[i] *= s * (1 + x * (1 - s)), s = 1 / (1 + exp(-x)), x the input of <see cref="Silu"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SiluBackward(ref float input, ref float gradient, int length) =>
        ElementMap.Update(default(SiluGradient), ref input, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = source[i] * tanh(log(1 + exp(source[i]))). Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Mish(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(MishFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] *= t + x * s * (1 - t^2), t = tanh(log(1 + exp(x))), s = 1 / (1 + exp(-x)), x the input of <see cref="Mish"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void MishBackward(ref float input, ref float gradient, int length) =>
        ElementMap.Update(default(MishGradient), ref input, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// target[i] = log(1 + exp(beta * x)) / beta, and x where beta * x > threshold; x = source[i], beta above 0. Source and target may be
    /// the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Softplus(ref float source, ref float target, int length, float beta, float threshold) =>
        ElementMap.Apply(new SoftplusFunction(beta, threshold), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] *= 1 / (1 + exp(-beta * x)), unchanged where beta * x > threshold; x the input of <see cref="Softplus"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SoftplusBackward(ref float input, ref float gradient, int length, float beta, float threshold) =>
        ElementMap.Update(new SoftplusGradient(beta, threshold), ref input, ref gradient, length, Vector256.IsHardwareAccelerated);
}
