using System;

namespace Cnn;

/// <summary>
/// The base of everything that stands in the chain of a network: what it reads and what its output is called. A layer reads the
/// output of the one before it, in the order in which the attributes are written.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// Gets or sets the name of the output, by which others read it, and of the parameters: <c>stem.weight</c>. Letters, digits,
    /// underscores and dots. Without it the compiler numbers the layers of a kind: <c>conv1</c>, <c>conv2</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets the name of the output to start from instead of the previous one: a <see cref="Name"/> above this layer, or
    /// <c>input</c> for the network's input.
    /// </summary>
    public string? From { get; set; }
}
