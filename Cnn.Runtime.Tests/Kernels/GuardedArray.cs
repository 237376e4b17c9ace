using System;
using Xunit;

namespace Cnn.Tests.Kernels;

/// <summary>An array of floats between guards that nothing may change and whose value would spoil any result it entered.</summary>
internal sealed class GuardedArray
{
    private const int Guard = 16;
    private const int GuardBits = 0x7FC0DEAD;

    private readonly float[] _memory;

    public GuardedArray(ReadOnlySpan<float> values)
    {
        Length = values.Length;
        _memory = new float[Length + (2 * Guard)];
        _memory.AsSpan().Fill(BitConverter.Int32BitsToSingle(GuardBits));
        values.CopyTo(Values);
    }

    public int Length { get; }

    public Span<float> Values => _memory.AsSpan(Guard, Length);

    /// <summary>The first element, or where it would stand.</summary>
    public ref float First => ref _memory[Guard];

    public void AssertGuards()
    {
        for (var i = 0; i < _memory.Length; i++)
        {
            if (i < Guard || i >= Guard + Length)
                Assert.Equal(GuardBits, BitConverter.SingleToInt32Bits(_memory[i]));
        }
    }
}
