using System;
using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling;

/// <summary>Where a layer's parameters stand in the network's weights, and how its kernel reads them.</summary>
internal sealed record PlacedParameters(
    Node Node, int Offset, ConvChoice? Conv, ConvPacking? ConvPacking, DensePacking? Dense, TensorLayout Source);

/// <summary>
/// The decisions that inference and training share because they share the weights: for each convolution its kernel and the order
/// of its source, for each dense layer the order of its inputs.
/// </summary>
internal sealed class KernelChoices
{
    private readonly Dictionary<string, PlacedParameters> _byName = new();

    private KernelChoices()
    {
    }

    public IReadOnlyDictionary<string, PlacedParameters> ByName => _byName;

    public List<PlacedParameters> InOrder { get; } = new();

    public int WeightsLength { get; private set; }

    public PlacedParameters Of(Node node) => _byName[node.Name];

    /// <summary>What a node reads of a tensor in the given order, where that is more than the elements themselves.</summary>
    public Demand? DemandOf(Node node, VolumeLayout order) => node.Layer switch
    {
        ConvLayer conv => Demand.Of(ConvGeometry.Of(conv, node.Input), Of(node).Conv!.SourceOrder),
        PoolLayer pool => Demand.Of(PoolGeometry.Of(pool, node.Input), order),
        _ => null,
    };

    /// <summary>
    /// The layout in which a producer writes: what the next node reads, if that lies in the producer's order, else the natural one.
    /// </summary>
    public TensorLayout LayoutFor(Node? next, TensorLayout natural) =>
        next is not null && DemandOf(next, natural.Order) is { } demand && demand.Order == natural.Order
            ? demand.Layout(natural.Volume)
            : natural;

    /// <summary>Walks the fused inference network and decides.</summary>
    public static KernelChoices Make(Network network)
    {
        var choices = new KernelChoices();
        var order = TensorLayout.Normalise(network.Input, network.Layout);
        var volume = network.Input;
        foreach (var node in network.Nodes)
        {
            switch (node.Layer)
            {
                case ConvLayer conv:
                    var geometry = ConvGeometry.Of(conv, node.Input);
                    var choice = ConvChoice.Choose(geometry, order, node.Pool is not null);
                    var packing = choice.Pack(geometry, conv.Bias);
                    choices.Add(new PlacedParameters(
                        node,
                        choices.WeightsLength,
                        choice,
                        packing,
                        null,
                        TensorLayout.Dense(node.Input, choice.SourceOrder)), packing.Length);
                    order = TensorLayout.Normalise(node.Output, choice.TargetOrder);
                    volume = node.Output;
                    break;
                case DenseLayer dense:
                    var densePacking = new DensePacking(node.Input.Length, dense.Units, dense.Bias);
                    choices.Add(
                        new PlacedParameters(node, choices.WeightsLength, null, null, densePacking, TensorLayout.Dense(volume, order)),
                        densePacking.Length);
                    volume = node.Output;
                    order = VolumeLayout.Hwc;
                    break;
                case PoolLayer:
                    volume = node.Output;
                    order = TensorLayout.Normalise(volume, order);
                    break;
                case FlattenLayer or ActivationLayer or SoftmaxLayer or DropoutLayer:
                    break;
                default:
                    throw new InvalidOperationException("no kernel for " + node.Layer.Kind);
            }
        }

        return choices;
    }

    private void Add(PlacedParameters placed, int length)
    {
        _byName.Add(placed.Node.Name, placed);
        InOrder.Add(placed);
        WeightsLength = Tiling.RoundUp(WeightsLength + length, 16);
    }
}
