using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// Floats from the beginning of a cache line on, where they stay: so a vector of 512 bits at a multiple of sixteen lies in one line and not across
/// two, which would take twice the time. Zero at first. Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AlignedFloats
{
    private const int Line = InferenceMemory.Alignment / sizeof(float);

    private readonly float[] _memory;
    private readonly int _first;

    /// <summary>Allocates them.</summary>
    /// <param name="length">Their number, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OverflowException"><paramref name="length"/> is too large for an array.</exception>
    public unsafe AlignedFloats(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _memory = GC.AllocateArray<float>(checked(length + Line), pinned: true);
        Length = length;
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        _first = (int)(InferenceMemory.Align(start) - start) / sizeof(float);
    }

    /// <summary>Gets their number.</summary>
    public int Length { get; }

    /// <summary>Gets all of them.</summary>
    public Span<float> Span => _memory.AsSpan(_first, Length);

    /// <summary>All of them.</summary>
    /// <param name="floats">The floats.</param>
    public static implicit operator Span<float>(AlignedFloats floats) => floats.Span;

    /// <summary>All of them, to be read.</summary>
    /// <param name="floats">The floats.</param>
    public static implicit operator ReadOnlySpan<float>(AlignedFloats floats) => floats.Span;
}
