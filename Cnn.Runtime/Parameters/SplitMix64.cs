namespace Cnn;

/// <summary>
/// The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), with the constants of
/// Vigna's reference code: it spreads seeds that lie close together.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var result = Mix(_state);
        _state += Increment;
        return result;
    }

    /// <summary>The first output of the generator with this state: a hash of 64 bits, one to one.</summary>
    public static ulong Mix(ulong state)
    {
        var z = state + Increment;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
