using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

internal partial interface IElementFunction
{
    Vector256<float> Apply(Vector256<float> x);
}

internal partial interface IElementUpdate
{
    Vector256<float> Apply(Vector256<float> a, Vector256<float> b);
}

/// <content>The whole vectors of a run from element i on; each method returns where the remainder begins.</content>
internal static partial class ElementMap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Apply256<TFunction>(TFunction function, ref float source, ref float target, nint i, int length)
        where TFunction : struct, IElementFunction
    {
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
            function.Apply(Vector256.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Join256<TUpdate>(TUpdate update, ref float a, ref float b, ref float target, nint i, int length)
        where TUpdate : struct, IElementUpdate
    {
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var x = Vector256.LoadUnsafe(ref a, (nuint)i);
            update.Apply(x, Vector256.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }
}
