using System;

namespace Cnn;

/// <summary>
/// Adds a named output to those of the network; the last layer's is always the first. May stand anywhere in the chain, and takes no
/// part in it.
/// </summary>
/// <param name="of">The name of a layer's output.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute(string of) : Attribute
{
    /// <summary>Gets the name of the output.</summary>
    public string Of { get; } = of;
}

/// <summary>
/// The layers of a block in this place: a partial class with layer attributes and no <see cref="InputAttribute"/>. A block has no shapes
/// of its own; they are checked at each use. Its parameters are named after <see cref="LayerAttribute.Name"/>.
/// </summary>
/// <param name="type">The block, not this class and none that uses it.</param>
public sealed class BlockAttribute(Type type) : LayerAttribute
{
    /// <summary>Gets the block.</summary>
    public Type Type { get; } = type;

    /// <summary>
    /// Gets or sets how many times the block stands here, one after the other, each with its own parameters; at least 1. The default is 1.
    /// </summary>
    public int Repeat { get; set; } = 1;
}

/// <summary>
/// y = body(x) + shortcut(x), a residual connection (He et al., "Deep Residual Learning for Image Recognition", 2016). Without a
/// shortcut, y = body(x) + x, and the body must keep the shape.
/// </summary>
/// <param name="type">The block that computes the body.</param>
public sealed class ResidualAttribute(Type type) : LayerAttribute
{
    /// <summary>Gets the block that computes the body.</summary>
    public Type Type { get; } = type;

    /// <summary>
    /// Gets or sets how many times it stands here, one after the other, each with its own parameters; at least 1. The default is 1.
    /// </summary>
    public int Repeat { get; set; } = 1;

    /// <summary>Gets or sets the block that computes the shortcut, often a 1x1 convolution; null for the input itself.</summary>
    public Type? Shortcut { get; set; }

    /// <summary>Gets or sets the name under which the shortcut's parameters stand. The default is <c>shortcut</c>.</summary>
    public string ShortcutName { get; set; } = "shortcut";
}
