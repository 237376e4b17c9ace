using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Scheduling;

/// <summary>Where a layer's parameters stand in the network's weights, and how its kernels read them.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Offset">The first float of the trained parameters.</param>
/// <param name="Packing">Their order.</param>
/// <param name="Conv">For a convolution the way it is computed.</param>
internal sealed record Placed(Node Node, int Offset, WeightPacking Packing, ConvChoice? Conv)
{
    /// <summary>Gets the first float of what is not trained: running averages.</summary>
    public int BufferOffset { get; init; }

    /// <summary>Gets the order of what is not trained.</summary>
    public PlainPacking Buffers { get; init; } = new([]);

    /// <summary>The first float of a parameter in canonical order, trained or not.</summary>
    public int OffsetOf(string suffix)
    {
        foreach (var buffer in Buffers.Parameters)
        {
            if (buffer.Suffix == suffix)
                return BufferOffset + Buffers.OffsetOf(suffix);
        }

        return Offset + ((PlainPacking)Packing).OffsetOf(suffix);
    }

    /// <summary>Where the elements of a parameter stand in the weights.</summary>
    public IEnumerable<PackedBlock> Blocks(ParameterSpec parameter) => parameter.IsBuffer
        ? Buffers.Blocks(parameter).Select(block => block with { Kernel = block.Kernel + BufferOffset })
        : Packing.Blocks(parameter).Select(block => block with { Kernel = block.Kernel + Offset });
}

/// <summary>
/// The decisions that stand before scheduling: the order in which each value lies, the kernel of each layer with weights, and where
/// those stand. Inference and training share them where they share the weights.
/// </summary>
internal sealed class KernelChoices
{
    private readonly Dictionary<string, Placed> _byName = [];
    private readonly Dictionary<string, TensorLayout> _natural = [];
    private readonly Dictionary<(string Name, VolumeLayout Order), Demand?> _wanted = [];
    private readonly Dictionary<(string Name, bool IsBackward), ConvPlan> _plans = [];
    private readonly ILookup<string, (Node Reader, int Source)> _readers;

    private KernelChoices(Network network, bool isTraining, bool servesInferenceAlone)
    {
        Network = network;
        IsTraining = isTraining;
        ServesInferenceAlone = servesInferenceAlone;
        _readers = ReadersOf(network);
    }

    /// <summary>Gets the network on whose values they are made.</summary>
    public Network Network { get; private set; }

    /// <summary>Gets a value indicating whether the weights are those that training changes, not folded.</summary>
    public bool IsTraining { get; }

    /// <summary>Gets a value indicating whether training never changes the weights: it has others.</summary>
    public bool ServesInferenceAlone { get; }

    public List<Placed> InOrder { get; } = [];

    /// <summary>Gets the floats that training changes; what is not trained stands behind them.</summary>
    public int TrainableLength { get; private set; }

    public int WeightsLength { get; private set; }

    /// <summary>Walks a network and decides.</summary>
    public static KernelChoices Make(Network network, bool isTraining, bool servesInferenceAlone = false)
    {
        var choices = new KernelChoices(network, isTraining, servesInferenceAlone);
        choices._natural[Network.InputName] = TensorLayout.Dense(network.Input, network.Layout);
        foreach (var node in network.Nodes)
        {
            var lowering = Lowering.Of(node.Layer);
            var source = choices.Natural(node.Sources[0]);
            if (lowering.Pack(node, choices, source) is { } placed)
                choices.Add(placed);
            choices._natural[node.Name] = lowering.Natural(node, choices, source);
        }

        choices.PlaceBuffers();
        return choices;
    }

    /// <summary>The same decisions for another form of the network with the same layers and weights.</summary>
    public KernelChoices For(Network network)
    {
        var choices = new KernelChoices(network, IsTraining, ServesInferenceAlone) { TrainableLength = TrainableLength, WeightsLength = WeightsLength };
        foreach (var placed in InOrder)
        {
            choices.InOrder.Add(placed);
            choices._byName.Add(placed.Node.Name, placed);
        }

        choices._natural[Network.InputName] = Natural(Network.InputName);
        foreach (var node in network.Nodes)
            choices._natural[node.Name] = Lowering.Of(node.Layer).Natural(node, choices, choices.Natural(node.Sources[0]));
        return choices;
    }

    public Placed Of(Node node) => _byName[node.Name];

    public bool Has(Node node) => _byName.ContainsKey(node.Name);

    /// <summary>The plan of a convolution, or of the gradient of its input. It is made once, for its cost is estimated in many ways.</summary>
    public ConvPlan PlanOf(Node node, bool isBackward, Func<ConvPlan> make)
    {
        if (!_plans.TryGetValue((node.Name, isBackward), out var plan))
            _plans.Add((node.Name, isBackward), plan = make());
        return plan;
    }

    /// <summary>How a value lies where nothing asks for more: its elements and their order.</summary>
    public TensorLayout Natural(string name) => _natural[name];

    public IEnumerable<(Node Reader, int Source)> Readers(string name) => _readers[name];

    /// <summary>
    /// The layout in which a producer writes: what the readers ask for in the producer's order, else the natural one.
    /// </summary>
    public TensorLayout LayoutFor(string name, TensorLayout natural) =>
        Wanted(name, natural.Order)?.Layout(natural.Volume) ?? natural;

    private Demand? Wanted(string name, VolumeLayout order)
    {
        // Layers that pass on what is asked of them may follow each other by thousands: what they ask is found from the last to the first.
        var open = new Stack<string>([name]);
        while (open.Count > 0)
        {
            var count = open.Count;
            foreach (var (reader, _) in _readers[open.Peek()])
            {
                if (Lowering.Of(reader.Layer).PassesLayout && !_wanted.ContainsKey((reader.Name, order)))
                    open.Push(reader.Name);
            }

            if (open.Count > count)
                continue;
            var value = open.Pop();
            if (!_wanted.ContainsKey((value, order)))
                _wanted.Add((value, order), Merged(value, order));
        }

        return _wanted[(name, order)];
    }

    /// <summary>What the readers of a value ask for together; of those that pass it on it is known already.</summary>
    private Demand? Merged(string name, VolumeLayout order)
    {
        Demand? merged = null;
        foreach (var (reader, source) in _readers[name])
        {
            var lowering = Lowering.Of(reader.Layer);
            var demand = lowering.PassesLayout ? _wanted[(reader.Name, order)] : lowering.DemandOf(reader, source, this, order);
            if (demand is not null && demand.Order == order)
                merged = merged is null ? demand : merged.Merge(demand) ?? merged;
        }

        return merged;
    }

    private static ILookup<string, (Node Reader, int Source)> ReadersOf(Network network) => network.Nodes
        .SelectMany(node => node.Sources.Select((name, index) => (Name: name, Reader: node, Index: index)))
        .ToLookup(use => use.Name, use => (use.Reader, use.Index));

    private void Add(Placed placed)
    {
        placed = placed with { Offset = TrainableLength };
        _byName.Add(placed.Node.Name, placed);
        InOrder.Add(placed);
        TrainableLength = Tiling.RoundUp(TrainableLength + placed.Packing.Length, 16);
    }

    private void PlaceBuffers()
    {
        WeightsLength = TrainableLength;
        for (var i = 0; i < InOrder.Count; i++)
        {
            var buffers = InOrder[i].Buffers;
            if (buffers.Length == 0)
                continue;
            InOrder[i] = InOrder[i] with { BufferOffset = WeightsLength };
            _byName[InOrder[i].Node.Name] = InOrder[i];
            WeightsLength = Tiling.RoundUp(WeightsLength + buffers.Length, 16);
        }
    }
}
