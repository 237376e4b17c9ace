using System;
using System.Numerics;

namespace Cnn;

/// <summary>
/// A seeded generator of random numbers that gives the same bits on every machine and in every version: xoshiro256** 1.0 (Blackman and
/// Vigna, "Scrambled Linear Pseudorandom Number Generators", 2018), its state filled by SplitMix64. Not for cryptography; not for
/// several threads at once.
/// </summary>
public sealed class Rng
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">Any number; every seed gives a sequence of its own.</param>
    public Rng(ulong seed)
    {
        var fill = new SplitMix64(seed);
        _s0 = fill.Next();
        _s1 = fill.Next();
        _s2 = fill.Next();
        _s3 = fill.Next();
    }

    internal Rng(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>One of the unrelated sequences that belong to one seed: one per tensor, one per epoch.</summary>
    /// <param name="seed">The seed that all of them share.</param>
    /// <param name="stream">The number of the sequence.</param>
    public static Rng Stream(ulong seed, ulong stream) => new(SplitMix64.Mix(SplitMix64.Mix(seed) + stream));

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A float in [0, 1): one of the 2^24 multiples of 2^-24, each as likely as the others.</summary>
    public float NextFloat() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>
    /// A whole number in [0, <paramref name="bound"/>), each exactly as likely as the others (Lemire 2019, by multiplication).
    /// </summary>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is less than 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (uint)bound;
        var product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            // The 2^32 mod range lowest fractions belong to numbers that would come up once too often.
            var excess = (0u - range) % range;
            while ((uint)product < excess)
                product = (NextUInt64() >> 32) * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>Brings the values into a random order, each order as likely as the others (Fisher and Yates, from the end).</summary>
    public void Shuffle(Span<int> values)
    {
        for (var last = values.Length - 1; last > 0; last--)
        {
            var other = NextInt(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }
}
