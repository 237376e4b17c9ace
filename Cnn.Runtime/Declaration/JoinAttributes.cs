using System.Collections.Generic;

namespace Cnn;

/// <summary>The sum, element by element, of the current output and of the named ones; all have one shape, which is unchanged.</summary>
/// <param name="with">The names of the others, at least one.</param>
public sealed class AddAttribute(params string[] with) : LayerAttribute
{
    /// <summary>Gets the names of the others.</summary>
    public IReadOnlyList<string> With { get; } = with;
}

/// <summary>
/// The product, element by element, of the current output and of the named ones. All have one shape, or are gates of 1 x 1 x c, which
/// multiply whole channels of the h x w x c that leaves (Hu et al., "Squeeze-and-Excitation Networks", 2018).
/// </summary>
/// <param name="with">The names of the others, at least one.</param>
public sealed class MultiplyAttribute(params string[] with) : LayerAttribute
{
    /// <summary>Gets the names of the others.</summary>
    public IReadOnlyList<string> With { get; } = with;
}

/// <summary>
/// The channels of the current output, then those of the named ones, in the order in which they are named: volumes of one height and
/// width give h x w x (c1 + c2 + ...), vectors give a vector of all their elements.
/// </summary>
/// <param name="with">The names of the others, at least one.</param>
public sealed class ConcatAttribute(params string[] with) : LayerAttribute
{
    /// <summary>Gets the names of the others.</summary>
    public IReadOnlyList<string> With { get; } = with;
}
