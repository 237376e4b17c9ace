using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>Activations made of straight lines.</content>
public static partial class Elementwise
{
    /// <summary>target[i] = min(max(source[i], 0), 6). Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Relu6(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(Relu6Function), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] = 0 &lt; output[i] &lt; 6 ? gradient[i] : 0, with the output of <see cref="Relu6"/>: 0 at both bends, as in PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Relu6Backward(ref float output, ref float gradient, int length) =>
        ElementMap.Update(default(Relu6Gradient), ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = min(max(source[i], minimum), maximum). Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Clip(ref float source, ref float target, int length, float minimum, float maximum) =>
        ElementMap.Apply(new ClipFunction(minimum, maximum), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] = minimum &lt;= input[i] &lt;= maximum ? gradient[i] : 0, with the input of <see cref="Clip"/>: 1 at both bounds, as in
    /// PyTorch's clamp, which its output does not tell from what lies beyond.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ClipBackward(ref float input, ref float gradient, int length, float minimum, float maximum) =>
        ElementMap.Update(new ClipGradient(minimum, maximum), ref input, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = min(max(source[i] + 3, 0), 6) / 6. Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void HardSigmoid(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(HardSigmoidFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] = 0 &lt; output[i] &lt; 1 ? gradient[i] / 6 : 0, with the output of <see cref="HardSigmoid"/>: 0 at both bends, as in
    /// PyTorch, and at the last float before 3, whose output is 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void HardSigmoidBackward(ref float output, ref float gradient, int length) =>
        ElementMap.Update(default(HardSigmoidGradient), ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = source[i] * min(max(source[i] + 3, 0), 6) / 6. Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void HardSwish(ref float source, ref float target, int length) =>
        ElementMap.Apply(default(HardSwishFunction), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// gradient[i] *= input[i] / 3 + 1 / 2 from -3 up to 3, 1 from 3 on, 0 below -3, with the input of <see cref="HardSwish"/>: -1/2 at -3
    /// and 1 at 3, as in PyTorch's vectorised loop.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void HardSwishBackward(ref float input, ref float gradient, int length) =>
        ElementMap.Update(default(HardSwishGradient), ref input, ref gradient, length, Vector256.IsHardwareAccelerated);
}
