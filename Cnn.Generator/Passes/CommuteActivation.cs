using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Passes;

/// <summary>
/// Moves an activation after the max pooling that alone reads it: max(f(a), f(b)) = f(max(a, b)) for a monotonic f, with a
/// fraction of the work. The gradient stays the same: the winner of the window is the same element.
/// </summary>
internal sealed class CommuteActivation
{
    private readonly Network _network;
    private readonly FusionRules _rules;
    private readonly LinkedList<Node> _nodes;
    private readonly Dictionary<string, LinkedListNode<Node>> _links = [];

    // By the name of a pooling the activation that moved after it, whose name its readers know it by.
    private readonly Dictionary<string, string> _replaced = [];

    // By the name of an activation the last pooling that it moved after, whose readers it has now.
    private readonly Dictionary<string, string> _last = [];

    private CommuteActivation(Network network, FusionRules rules)
    {
        (_network, _rules) = (network, rules);
        _nodes = new LinkedList<Node>(network.Nodes);
        for (var link = _nodes.First; link is not null; link = link.Next)
            _links.Add(link.Value.Name, link);
    }

    /// <summary>Moves every activation that does not lose its place in the registers of a kernel.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rules">The layers that will be fused afterwards.</param>
    public static Network Run(Network network, FusionRules rules)
    {
        var pass = new CommuteActivation(network, rules);
        pass.Run();
        return network with
        {
            Nodes = pass._nodes.Select(node => node with { Sources = pass.SourcesOf(node) }).ToEquatableArray(),
            Outputs = pass.Renamed(network.OutputNames),
        };
    }

    private void Run()
    {
        for (var link = _nodes.First; link is not null; link = link.Next)
        {
            var activation = link.Value;
            if (activation.Layer is not ActivationLayer { IsMonotonic: true }
                || _network.OnlyReader(ReadAs(activation)) is not { Layer: PoolLayer { IsMax: true } } pool
                || LosesRegisters(activation, pool))
            {
                continue;
            }

            _nodes.Remove(_links[pool.Name]);
            link.Value = pool with { Sources = SourcesOf(activation), Inputs = activation.Inputs };
            _links[pool.Name] = link;
            _links[activation.Name] =
                _nodes.AddAfter(link, activation with { Sources = [pool.Name], Inputs = [pool.Output], Output = pool.Output });
            _replaced.Add(pool.Name, activation.Name);
            _last[activation.Name] = pool.Name;
        }
    }

    /// <summary>
    /// Whether the kernel before the activation would apply it in its registers, and could not after the pooling. It then becomes a
    /// pass over memory, which costs more than most functions of a few instructions.
    /// </summary>
    private bool LosesRegisters(Node activation, Node pool)
    {
        // The gradient of an activation is a pass over memory wherever it stands, and a shorter one after the pooling.
        if (_rules.IsTraining)
            return false;
        if (KernelBefore(activation) is not { } kernel || _rules.Fuse(kernel, activation) is null)
            return false;
        if (_rules.Fuse(kernel, pool) is { } pooled && _rules.Fuse(pooled, activation) is not null)
            return false;
        return !(((ActivationLayer)activation.Layer).IsCostly && pool.Output.Length * 2 <= pool.Input.Length);
    }

    /// <summary>The kernel before an activation, with what it takes in between; null if there is none.</summary>
    private Node? KernelBefore(Node activation)
    {
        // A kernel takes in one activation and one pooling, so what stands before two others is out of reach.
        var between = new Stack<Node>();
        for (var node = activation; Maker(node) is { } maker; between.Push(node = maker))
        {
            if (maker.Layer is PoolLayer or ActivationLayer)
            {
                if (between.Count == 2)
                    return null;
                continue;
            }

            Node? kernel = maker;
            while (kernel is not null && between.Count > 0)
                kernel = _rules.Fuse(kernel, between.Pop());
            return kernel;
        }

        return null;
    }

    /// <summary>The node that a node reads as it is now, if nothing else reads it; null for the input too.</summary>
    private Node? Maker(Node node)
    {
        if (!_links.TryGetValue(SourcesOf(node)[0], out var link))
            return null;

        // After a pooling that was moved comes what it was moved for.
        var maker = link.Value;
        var reader = _replaced.TryGetValue(node.Name, out var moved) ? moved : node.Name;
        return _replaced.ContainsKey(maker.Name) || _network.OnlyReader(ReadAs(maker))?.Name == reader ? maker : null;
    }

    /// <summary>The name by which the readers of a node knew what they read before the pass.</summary>
    private string ReadAs(Node node) => _last.TryGetValue(node.Name, out var pool) ? pool : node.Name;

    /// <summary>The sources of a node now. A moved node has the new ones already.</summary>
    private EquatableArray<string> SourcesOf(Node node) =>
        _last.ContainsKey(node.Name) || _replaced.ContainsKey(node.Name) ? node.Sources : Renamed(node.Sources);

    private EquatableArray<string> Renamed(IEnumerable<string> names) =>
        names.Select(name => _replaced.TryGetValue(name, out var other) ? other : name).ToEquatableArray();
}
