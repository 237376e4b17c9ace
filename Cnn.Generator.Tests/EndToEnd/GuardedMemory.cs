using System;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// A buffer between guards that hold NaN: what reads beyond its end is spoiled, and what writes there is found, instead of damaging whatever
/// object comes next.
/// </summary>
internal sealed class GuardedMemory
{
    private const int Guard = 128;

    /// <summary>No kernel computes these bits, and copying keeps them.</summary>
    private static readonly float Mark = BitConverter.Int32BitsToSingle(0x7FC5_A5A5);

    private readonly float[] _memory;

    public GuardedMemory(ReadOnlySpan<float> values)
        : this(values.Length) =>
        values.CopyTo(_memory.AsSpan(Guard));

    /// <summary>A buffer that holds NaN as well.</summary>
    public GuardedMemory(int length)
    {
        _memory = new float[length + (2 * Guard)];
        Array.Fill(_memory, Mark);
    }

    public ref float Start => ref _memory[Guard];

    /// <summary>The values, once the guards were found as they were.</summary>
    public ReadOnlySpan<float> Checked(string what)
    {
        Check(_memory.AsSpan(0, Guard), what + ": something was written in front");
        Check(_memory.AsSpan(_memory.Length - Guard), what + ": something was written behind");
        return _memory.AsSpan(Guard, _memory.Length - (2 * Guard));
    }

    private static void Check(ReadOnlySpan<float> guard, string message)
    {
        for (var i = 0; i < guard.Length; i++)
            Assert.True(BitConverter.SingleToInt32Bits(guard[i]) == BitConverter.SingleToInt32Bits(Mark), $"{message}, {i}: {guard[i]}");
    }
}
