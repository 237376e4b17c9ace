using System.Collections.Generic;

namespace Cnn.Reference;

/// <summary>A layer of a <see cref="ReferenceNetwork"/> that is a graph.</summary>
/// <param name="Name">Names the value that the layer makes, and its parameters: <c>name.weight</c>.</param>
/// <param name="Layer">The layer that computes it.</param>
/// <param name="Inputs">
/// The values it reads: earlier nodes by name, or <c>input</c>, the input of the network. Without any it reads the node before it.
/// </param>
public sealed record ReferenceNode(string Name, ReferenceLayer Layer, params IReadOnlyList<string> Inputs);
