using System;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>
/// Working memory that a caller keeps and passes to its calls, instead of the stack or the memory of the calling thread. So
/// the first call of a new thread allocates nothing either, and the caller decides how long the memory of a large network lives.
/// </summary>
/// <remarks>One call at a time may use a workspace; different networks may share it one after the other.</remarks>
public sealed class Workspace
{
    private readonly byte[] _memory;

    /// <summary>Allocates working memory.</summary>
    /// <param name="bytes">Its size in bytes, 0 or more; a network needs its <c>ArenaBytes</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public Workspace(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        _memory = GC.AllocateUninitializedArray<byte>(checked(bytes + InferenceMemory.Alignment), pinned: true);
        Bytes = bytes;
    }

    /// <summary>Gets the size in bytes.</summary>
    public int Bytes { get; }

    /// <summary>The first of <see cref="Bytes"/> aligned bytes.</summary>
    internal unsafe ref byte Memory => ref Unsafe.AsRef<byte>(InferenceMemory.Align((byte*)Unsafe.AsPointer(ref _memory[0])));

    /// <summary>Allocates what one inference of a network needs.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    public static Workspace For<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => new(TNetwork.ArenaBytes);
}
