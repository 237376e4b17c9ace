using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The lanes of three vectors by two masks.</content>
public static partial class Blocks
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Select(
        Vector256<float> inA, Vector256<float> a, Vector256<float> inB, Vector256<float> b, Vector256<float> c) =>
        Vector256.ConditionalSelect(inA, a, Vector256.ConditionalSelect(inB, b, c));
}
