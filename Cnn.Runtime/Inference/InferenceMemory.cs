using System;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>The calling thread's own working memory for networks too large for its stack: made on first use, grown, and kept.</summary>
internal static class InferenceMemory
{
    /// <summary>Both the arena and what follows it start on a cache line.</summary>
    public const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? _memory;

    /// <summary>At least <paramref name="bytes"/> pinned, aligned bytes, which the next call on this thread hands out again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static unsafe ref byte Get(int bytes)
    {
        var memory = _memory;
        if (memory is null || memory.Length < bytes + Alignment)
            _memory = memory = GC.AllocateUninitializedArray<byte>(checked(bytes + Alignment), pinned: true);
        return ref Unsafe.AsRef<byte>(Align((byte*)Unsafe.AsPointer(ref memory[0])));
    }

    /// <summary>The first aligned address at or after <paramref name="address"/>, at most 63 bytes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe byte* Align(byte* address) => (byte*)(((nuint)address + (Alignment - 1)) & ~(nuint)(Alignment - 1));

    /// <summary><paramref name="bytes"/> rounded up to the alignment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Align(int bytes) => checked(bytes + (Alignment - 1)) & ~(Alignment - 1);
}
