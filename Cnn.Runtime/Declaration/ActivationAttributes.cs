using System;

namespace Cnn;

/// <summary>max(x, 0), element by element.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReluAttribute : Attribute;

/// <summary>x for x > 0, otherwise slope * x, element by element.</summary>
/// <param name="slope">The slope below zero, in [0, 1). The default is 0.01, PyTorch's.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReluAttribute(double slope = 0.01) : Attribute
{
    /// <summary>Gets the slope below zero.</summary>
    public double Slope { get; } = slope;
}

/// <summary>1 / (1 + exp(-x)), element by element.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidAttribute : Attribute;

/// <summary>tanh(x), element by element.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TanhAttribute : Attribute;

/// <summary>
/// exp(x[i]) / sum over j of exp(x[j]) over a vector; the last layer of a classifier. In training it is fused with the cross-entropy.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxAttribute : Attribute;
