using System;

namespace Cnn.Reference;

internal static class Lengths
{
    /// <summary>Refuses a length other than the expected one.</summary>
    /// <exception cref="ArgumentException">It is another.</exception>
    public static void Require(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"{name} must hold {expected} numbers; it holds {length}.");
    }

    /// <summary>Refuses an output gradient that has not the shape of the output.</summary>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    public static void RequireShape(Volume gradient, VolumeShape expected)
    {
        if (gradient.Shape != expected)
            throw new ArgumentException($"The output gradient must be {expected}; it is {gradient}.", nameof(gradient));
    }
}
