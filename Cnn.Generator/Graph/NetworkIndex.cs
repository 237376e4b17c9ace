using System.Collections.Generic;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Graph;

/// <summary>Who computes, who reads and what leaves, of one state of a network: found in one walk, so that no question walks again.</summary>
internal sealed class NetworkIndex
{
    private readonly EquatableArray<Node> _nodes;
    private readonly EquatableArray<string> _outputs;
    private readonly Dictionary<string, int> _places = [];
    private readonly Dictionary<string, List<Node>> _readers = [];
    private readonly Dictionary<string, (int Offset, int Count)> _leaving = [];

    public NetworkIndex(Network network)
    {
        (_nodes, _outputs) = (network.Nodes, network.Outputs);
        for (var place = 0; place < _nodes.Count; place++)
        {
            var node = _nodes[place];
            if (!_places.ContainsKey(node.Name))
                _places.Add(node.Name, place);
            foreach (var source in node.Sources)
            {
                if (!_readers.TryGetValue(source, out var readers))
                    _readers.Add(source, readers = []);
                readers.Add(node);
            }
        }

        OutputNames = _outputs.Count > 0 ? _outputs : [_nodes.Count == 0 ? Network.InputName : _nodes[_nodes.Count - 1].Name];
        var offset = 0;
        foreach (var name in OutputNames)
        {
            _leaving[name] = _leaving.TryGetValue(name, out var first) ? (first.Offset, first.Count + 1) : (offset, 1);
            offset += (name == Network.InputName ? network.Input : _nodes[_places[name]].Output).Length;
        }
    }

    /// <summary>Gets the names of the values that leave.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>Whether it was made of this state of the network; a copy with other nodes brings the index of the old ones along.</summary>
    public bool IsOf(Network network) => _nodes.Items == network.Nodes.Items && _outputs.Items == network.Outputs.Items;

    /// <summary>The number of the node that computes a value; -1 where none does.</summary>
    public int PlaceOf(string name) => _places.TryGetValue(name, out var place) ? place : -1;

    /// <summary>The nodes that read a value, each as often as it does.</summary>
    public IReadOnlyList<Node> Readers(string name) => _readers.TryGetValue(name, out var readers) ? readers : [];

    /// <summary>How often a value leaves.</summary>
    public int Departures(string name) => _leaving.TryGetValue(name, out var leaving) ? leaving.Count : 0;

    /// <summary>The floats before a value in the output, where it leaves.</summary>
    public int OffsetOf(string name) => _leaving[name].Offset;

    /// <summary>Where a network keeps its index: equal to every other, since it says nothing that the network does not.</summary>
    public struct Memory : System.IEquatable<Memory>
    {
        public NetworkIndex? Index { get; set; }

        public readonly bool Equals(Memory other) => true;

        public override readonly bool Equals(object? obj) => obj is Memory;

        public override readonly int GetHashCode() => 0;
    }
}
