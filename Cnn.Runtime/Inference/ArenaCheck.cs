using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// The checks between the layers of a network compiled with the build property CnnCheckMemory. Memory that holds nothing is NaN, so that
/// a read of it shows in the output, and a write after the end of a tensor is an exception.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ArenaCheck
{
    /// <summary>A NaN that no arithmetic makes.</summary>
    private const int Canary = 0x7FC0DEAD;

    /// <summary>Poisons a whole arena.</summary>
    public static void Begin(ref float arena, int floats) => Fill(ref arena, 0, floats);

    /// <summary>Poisons a tensor that nothing reads any more.</summary>
    public static void Release(ref float arena, int offset, int floats) => Fill(ref arena, offset, floats);

    /// <summary>Refuses a write after the end of a tensor.</summary>
    /// <exception cref="InvalidOperationException">Something was written there.</exception>
    public static void Guard(ref float arena, int offset, int floats, string step)
    {
        foreach (var value in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref arena, offset), floats))
        {
            if (BitConverter.SingleToInt32Bits(value) != Canary)
                throw new InvalidOperationException($"{step} wrote behind a tensor, at float {offset} of the arena.");
        }
    }

    private static void Fill(ref float arena, int offset, int floats) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref arena, offset), floats).Fill(BitConverter.Int32BitsToSingle(Canary));
}
