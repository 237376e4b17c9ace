using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>A function of one element, y = f(x).</summary>
internal interface IElementFunction
{
    Vector256<float> Apply(Vector256<float> x);

    Vector128<float> Apply(Vector128<float> x);
}

/// <summary>A function of two elements whose result replaces the second: b = f(a, b).</summary>
internal interface IElementUpdate
{
    Vector256<float> Apply(Vector256<float> a, Vector256<float> b);

    Vector128<float> Apply(Vector128<float> a, Vector128<float> b);
}

/// <summary>The loops over arrays: 8 elements at a time where the machine can, then 4, then a padded vector.</summary>
internal static class ElementMap
{
    /// <summary>target[i] = f(source[i]); the two may be the same array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TFunction>(TFunction function, ref float source, ref float target, int length, bool wide)
        where TFunction : struct, IElementFunction
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= length - 8; i += 8)
                function.Apply(Vector256.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i <= length - 4; i += 4)
            function.Apply(Vector128.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);

        if (i < length)
        {
            var rest = length - (int)i;
            var x = VectorTail.Load(ref Unsafe.Add(ref source, i), rest);
            VectorTail.Store(function.Apply(x), ref Unsafe.Add(ref target, i), rest);
        }
    }

    /// <summary>target[i] = f(source[i], target[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<TUpdate>(TUpdate update, ref float source, ref float target, int length, bool wide)
        where TUpdate : struct, IElementUpdate
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= length - 8; i += 8)
            {
                var b = Vector256.LoadUnsafe(ref target, (nuint)i);
                update.Apply(Vector256.LoadUnsafe(ref source, (nuint)i), b).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i <= length - 4; i += 4)
        {
            var b = Vector128.LoadUnsafe(ref target, (nuint)i);
            update.Apply(Vector128.LoadUnsafe(ref source, (nuint)i), b).StoreUnsafe(ref target, (nuint)i);
        }

        if (i < length)
        {
            var rest = length - (int)i;
            var a = VectorTail.Load(ref Unsafe.Add(ref source, i), rest);
            var b = VectorTail.Load(ref Unsafe.Add(ref target, i), rest);
            VectorTail.Store(update.Apply(a, b), ref Unsafe.Add(ref target, i), rest);
        }
    }

    /// <summary>target[i] = f(a[i], b[i]); the target may be either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join<TUpdate>(TUpdate update, ref float a, ref float b, ref float target, int length, bool wide)
        where TUpdate : struct, IElementUpdate
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= length - 8; i += 8)
            {
                var x = Vector256.LoadUnsafe(ref a, (nuint)i);
                update.Apply(x, Vector256.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < length; i += 4)
        {
            var count = length - (int)i;
            var x = VectorTail.LoadUpToFour(ref Unsafe.Add(ref a, i), count);
            var y = VectorTail.LoadUpToFour(ref Unsafe.Add(ref b, i), count);
            VectorTail.StoreUpToFour(update.Apply(x, y), ref Unsafe.Add(ref target, i), count);
        }
    }
}
