using System;

namespace Cnn;

/// <summary>Reads a volume as a vector, in the order of the network's <see cref="Layout"/>. No parameters, no work.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : Attribute;

/// <summary>
/// A fully connected layer, y = W x + b: from a vector to a vector of <see cref="Units"/>. Parameters: units * (inputs + 1).
/// </summary>
/// <param name="units">Outputs, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units) : Attribute
{
    /// <summary>Gets the number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>Gets or sets a value indicating whether each unit adds a trainable bias. The default is true.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>
/// In training, zeroes each element with probability <see cref="Rate"/> and scales the others by 1 / (1 - rate); nothing at inference.
/// </summary>
/// <param name="rate">The probability, in [0, 1).</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double rate) : Attribute
{
    /// <summary>Gets the probability with which an element is zeroed.</summary>
    public double Rate { get; } = rate;
}
