using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Planning;

/// <summary>
/// Whose values the calls of a node may read, by the graph alone: those of the nodes whose results it reads, and in the backward pass the gradients that
/// the readers of its result have computed. A node without calls of its own, or with copies alone, hands on what it gets.
/// </summary>
internal sealed class ValueMakers
{
    private readonly Network _network;
    private readonly Dictionary<int, Node> _nodes;
    private readonly HashSet<int> _forward;
    private readonly HashSet<int> _backward;
    private readonly Dictionary<string, HashSet<Maker>> _values = [];
    private readonly Dictionary<string, HashSet<Maker>> _gradients = [];
    private readonly Dictionary<(Maker Maker, bool IsSum), HashSet<Maker>> _readable = [];
    private readonly ILookup<string, Node> _readers;

    /// <param name="network">The graph.</param>
    /// <param name="forward">The calls of the forward pass.</param>
    /// <param name="backward">The calls of the backward pass.</param>
    public ValueMakers(Network network, IEnumerable<Step> forward, IEnumerable<Step> backward)
    {
        _network = network;
        _nodes = network.Nodes.ToDictionary(node => node.Source);
        _forward = [.. forward.Where(Computes).Select(step => step.Node)];
        _backward = [.. backward.Where(step => Computes(step) && step.Kernel is not AddToKernel).Select(step => step.Node)];
        _readers = network.Nodes.SelectMany(node => node.Sources.Distinct().Select(name => (name, node))).ToLookup(use => use.name, use => use.node);
    }

    /// <summary>Whether a call only fills memory with a constant.</summary>
    public static bool Fills(Step step) => step.Kernel is BorderKernel or ClearKernel;

    /// <summary>Whether a call hands a value on as it is.</summary>
    public static bool Copies(Step step) => step.Kernel is RepackKernel or CopyRowsKernel;

    /// <summary>The makers of a value.</summary>
    public HashSet<Maker> OfValue(string name)
    {
        if (_values.TryGetValue(name, out var known))
            return known;
        if (name == Network.InputName)
            return _values[name] = [new Maker(Maker.Outside, false)];
        var node = _network.Find(name);
        return _values[name] = _forward.Contains(node.Source)
            ? [new Maker(node.Source, false)]
            : [.. node.Sources.SelectMany(OfValue)];
    }

    /// <summary>The makers of what a call reads.</summary>
    /// <param name="maker">The node and pass of the call.</param>
    /// <param name="isSum">Whether it adds up the gradients that several readers hand to what the node reads.</param>
    public HashSet<Maker> Readable(Maker maker, bool isSum)
    {
        if (_readable.TryGetValue((maker, isSum), out var known))
            return known;
        HashSet<Maker> readable = [maker, maker with { IsBackward = false }];
        if (_nodes.TryGetValue(maker.Node, out var node))
        {
            readable.UnionWith(node.Sources.SelectMany(OfValue));
            if (maker.IsBackward)
                readable.UnionWith(OfGradient(node.Name));
            if (isSum)
                readable.UnionWith(node.Sources.SelectMany(OfGradient));
        }

        return _readable[(maker, isSum)] = readable;
    }

    /// <summary>The makers of the gradient of a value: its readers; the caller, where it leaves.</summary>
    private HashSet<Maker> OfGradient(string name)
    {
        if (_gradients.TryGetValue(name, out var known))
            return known;
        HashSet<Maker> makers = _network.IsOutput(name) ? [new Maker(Maker.Outside, true)] : [];
        foreach (var reader in _readers[name])
        {
            makers.Add(new Maker(reader.Source, true));
            if (!_backward.Contains(reader.Source))
                makers.UnionWith(OfGradient(reader.Name));
        }

        return _gradients[name] = makers;
    }

    private static bool Computes(Step step) => !Fills(step) && !Copies(step);
}
