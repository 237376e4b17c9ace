using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>A network with its neighbourhoods at hand, and where to report.</summary>
internal sealed class AdvisedNetwork
{
    private readonly EquatableArray<BuiltItem> _items;
    private readonly FaultList _faults;
    private readonly Dictionary<string, Node> _nodes;
    private readonly ILookup<string, Node> _readers;
    private HashSet<string>? _passed;
    private readonly HashSet<string> _outputs;

    public AdvisedNetwork(Network network, EquatableArray<BuiltItem> items, FaultList faults)
    {
        Network = network;
        _items = items;
        _faults = faults;
        _nodes = network.Nodes.ToDictionary(node => node.Name);
        _readers = network.Nodes
            .SelectMany(node => node.Sources.Select(source => (Source: source, Reader: node)))
            .ToLookup(pair => pair.Source, pair => pair.Reader);
        _outputs = [.. network.OutputNames];
    }

    public Network Network { get; }

    /// <summary>The node that computes the first value that another reads; null if that is the input.</summary>
    public Node? Before(Node node) => Find(node.Sources[0]);

    /// <summary>The node that computes a value; null for the input.</summary>
    public Node? Find(string name) => _nodes.TryGetValue(name, out var node) ? node : null;

    /// <summary>The nodes that read what a node computes.</summary>
    public IEnumerable<Node> Readers(Node node) => _readers[node.Name];

    /// <summary>The one node for which another computes; null if it has several readers or none, or leaves the network.</summary>
    public Node? OnlyReader(Node node)
    {
        var readers = Readers(node).Take(2).ToList();
        return !Leaves(node) && readers.Count == 1 ? readers[0] : null;
    }

    /// <summary>Whether everything after a node passes on what it takes, and leaves.</summary>
    /// <param name="node">The node.</param>
    /// <param name="passesOn">Whether a node passes on what it takes; the same at every call.</param>
    public bool OnlyLeaves(Node node, Func<Node, bool> passesOn)
    {
        if (_passed is null)
        {
            // From the end, so that each node asks only those that read it.
            _passed = [];
            for (var i = Network.Nodes.Count - 1; i >= 0; i--)
            {
                if (Readers(Network.Nodes[i]).All(reader => passesOn(reader) && _passed.Contains(reader.Name)))
                    _passed.Add(Network.Nodes[i].Name);
            }
        }

        return _passed.Contains(node.Name);
    }

    public bool Leaves(Node node) => _outputs.Contains(node.Name);

    /// <summary>The attribute of a node in normal form.</summary>
    public string Text(Node node) => _items[node.Source].Declaration.Text;

    /// <summary>Whether an attribute can be removed without another missing it: it has no name and follows the one before it.</summary>
    public bool IsRemovable(Node node) => _items[node.Source] is { Name: null, From: null };

    /// <summary>Reports at the input.</summary>
    public void ReportInput(Rule rule, params string[] arguments) => _faults.Report(rule, Place.Input, [], arguments);

    /// <summary>Reports at an argument of a node's attribute, or at the attribute where it is not written.</summary>
    public void Report(Rule rule, Node node, string argument, EquatableArray<Remedy> remedies, params string[] arguments)
    {
        var item = _items[node.Source];
        var place = item.Declaration.Find(argument) is null ? item.Place : item.Place.At(argument);
        _faults.Report(rule, place, remedies, [item.Declaration.Text, .. arguments]);
    }
}
