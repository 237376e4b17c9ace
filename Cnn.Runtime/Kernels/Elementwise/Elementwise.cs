using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Activations over arrays, forward and backward, for generated code. Nothing outside [0, length) is read or written, and an element's
/// result does not depend on where it stands. The caller answers for the lengths.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Elementwise
{
    /// <summary>target[i] = max(source[i], 0). Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Relu(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(ReluFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = source[i] where it is positive, otherwise slope * source[i]. Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void LeakyRelu(ref float source, ref float target, int length, float slope) =>
        ElementMap.Apply(new LeakyReluFunction(slope), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = 1 / (1 + exp(-source[i])). Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Sigmoid(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(SigmoidFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = tanh(source[i]). Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Tanh(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(TanhFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>gradient[i] = output[i] > 0 ? gradient[i] : 0, with the output of <see cref="Relu"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ReluBackward(ref float output, ref float gradient, int length) =>
        ElementMap.Update(default(ReluGradient), ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>gradient[i] *= output[i] > 0 ? 1 : slope, with the output of <see cref="LeakyRelu"/>; slope in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void LeakyReluBackward(ref float output, ref float gradient, int length, float slope) =>
        ElementMap.Update(new LeakyReluGradient(slope), ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>gradient[i] *= output[i] * (1 - output[i]), with the output of <see cref="Sigmoid"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SigmoidBackward(ref float output, ref float gradient, int length) =>
        ElementMap.Update(default(SigmoidGradient), ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>gradient[i] *= 1 - output[i]^2, with the output of <see cref="Tanh"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void TanhBackward(ref float output, ref float gradient, int length) =>
        ElementMap.Update(default(TanhGradient), ref output, ref gradient, length, Vector256.IsHardwareAccelerated);
}
