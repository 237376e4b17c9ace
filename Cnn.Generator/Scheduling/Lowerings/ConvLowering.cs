using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>A convolution: directly, across output channels or across the width.</summary>
internal sealed class ConvLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, choices.Of(node).Conv!.TargetOrder);

    public override Placed Pack(Node node, KernelChoices choices, TensorLayout source)
    {
        var geometry = ConvGeometry.Of((ConvLayer)node.Layer, node.Input);
        var choice = ConvChoice.Choose(geometry, source.Order, node.Pool is not null);
        return new Placed(node, 0, choice.Pack(geometry, HasBias(node)), choice);
    }

    public override Demand DemandOf(Node node, int source, KernelChoices choices, VolumeLayout order) =>
        Demand.Of(ConvGeometry.Of((ConvLayer)node.Layer, node.Input), choices.Of(node).Conv!.SourceOrder);

    public override Demand GradientDemand(Node node, KernelChoices choices, bool needsSource)
    {
        var geometry = ConvGeometry.Of((ConvLayer)node.Layer, node.Input);
        var choice = choices.Of(node).Conv!;
        var demand = WeightsDemand(geometry, choice);
        return needsSource ? demand.Merge(BackwardData(node, geometry, choice).Demand) ?? demand : demand;
    }

    public override bool BackwardReadsTarget(Node node) => node.Activation is not null;

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var placed = context.Placed;
        var geometry = ConvGeometry.Of((ConvLayer)node.Layer, node.Input);
        var choice = placed.Conv!;
        var source = context.Source(0, Demand.Of(geometry, choice.SourceOrder));
        var pool = node.Pool?.Layer is PoolLayer fused ? fused.IsMax ? FusedPool.Max : FusedPool.Average : FusedPool.None;
        var target = context.Target(TensorLayout.Dense(node.Output, choice.TargetOrder));
        var kernel = choice.Build(geometry, source.Layout, target.Layout, new Epilogue(pool, node.Activation), HasBias(node));
        context.Call(kernel, source.Operand, context.Weights, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var choice = context.Placed.Conv!;
        var packing = (ConvPacking)context.Placed.Packing;
        var geometry = ConvGeometry.Of((ConvLayer)node.Layer, node.Input);
        if (node.Activation is { } activation)
            ActivationLowering.Differentiate(context, activation, context.Target);
        if (context.IsTrained)
            AddWeightsGradient(context, geometry, choice, packing);
        if (context.Needs(0))
            ComputeSourceGradient(context, geometry, choice, packing);
    }

    private static void AddWeightsGradient(BackwardContext context, ConvGeometry geometry, ConvChoice choice, ConvPacking packing)
    {
        var source = context.Source(0);
        var gradient = context.Gradient(WeightsDemand(geometry, choice));
        Kernel kernel = choice.ByWidth
            ? new ConvWeightsByWidthKernel(geometry, source.Layout, gradient.Layout, packing)
            : new ConvWeightsByChannelKernel(geometry, source.Layout, gradient.Layout, packing);
        context.Call(
            "WeightsGradient",
            kernel,
            $"{context.Node.Name}: gradient of the weights",
            source.Operand,
            gradient.Operand,
            context.WeightsGradient);
    }

    private static void ComputeSourceGradient(BackwardContext context, ConvGeometry geometry, ConvChoice choice, ConvPacking packing)
    {
        var node = context.Node;
        var (backward, backwardChoice, demand) = BackwardData(node, geometry, choice);
        var spread = context.Gradient(demand);
        var backwardPacking = backwardChoice.Pack(backward, hasBias: false);
        var flipped = context.Shared("Flipped", backwardPacking.Length);
        context.Prepare(
            "Flip",
            new FlipWeightsKernel(geometry, packing, backwardPacking),
            $"{node.Name}: kernel turned by 180 degrees",
            context.Weights,
            flipped);
        var target = context.NewGradient(0, TensorLayout.Dense(node.Input, backwardChoice.TargetOrder));
        var kernel = backwardChoice.Build(backward, spread.Layout, target.Layout, Epilogue.Nothing, hasBias: false);
        context.Call("InputGradient", kernel, $"{node.Name}: gradient of the input", spread.Operand, flipped, target.Operand);
        context.Give(0, target);
    }

    private static bool HasBias(Node node) => ((ConvLayer)node.Layer).Bias || node.BatchNorm is not null;

    private static Demand WeightsDemand(ConvGeometry geometry, ConvChoice choice) => choice.ByWidth
        ? new Demand(VolumeLayout.Chw, Right: Tiling.RoundUp(geometry.OutWidth, 8) - geometry.OutWidth)
        : new Demand(VolumeLayout.Hwc, StoredChannels: Tiling.RoundUp(geometry.OutChannels, 8));

    private static (ConvGeometry Geometry, ConvChoice Choice, Demand Demand) BackwardData(
        Node node, ConvGeometry forward, ConvChoice choice)
    {
        var geometry = forward.BackwardData(node.Input);
        var backward = ConvChoice.Choose(geometry, choice.TargetOrder, pooled: false);
        var demand = Demand.Of(geometry, backward.SourceOrder) with
        {
            SpreadHeight = forward.Window.StrideHeight,
            SpreadWidth = forward.Window.StrideWidth,
        };
        return (geometry, backward, demand);
    }
}
