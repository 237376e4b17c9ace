using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Passes;

/// <summary>
/// Nodes that take in what follows them, one after the other; the network is made once, at the end. So a fusion costs what it changes.
/// </summary>
internal sealed class Fusion(Network network)
{
    private readonly Dictionary<string, string> _replaced = [];
    private readonly Dictionary<string, Node> _kept = [];
    private readonly Dictionary<string, string> _ends = [];

    /// <summary>A node as it is now; null if another took it in.</summary>
    public Node? Current(Node node) => _replaced.ContainsKey(node.Name) ? null
        : _kept.TryGetValue(node.Name, out var kept) ? kept
        : node with { Sources = node.Sources.Select(Follow).ToEquatableArray() };

    /// <summary>The name by which a value is read now.</summary>
    public string Follow(string name) => _replaced.TryGetValue(name, out var next) ? next : name;

    /// <summary>The node of the network that alone reads a value, which may have taken in others.</summary>
    public Node? OnlyReader(string name) => network.OnlyReader(_ends.TryGetValue(name, out var end) ? end : name);

    /// <summary>Puts a node in the place of its namesake, which took in a reader.</summary>
    public void Absorb(Node fused, string reader)
    {
        _kept[fused.Name] = fused;
        _replaced.Add(reader, fused.Name);
        _ends[fused.Name] = _ends.TryGetValue(reader, out var end) ? end : reader;
    }

    public Network ToNetwork() => GraphEdit.Apply(network, _replaced, _kept);
}
