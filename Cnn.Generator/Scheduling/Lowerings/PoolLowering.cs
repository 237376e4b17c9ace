using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Max and average pooling.</summary>
internal sealed class PoolLowering : Lowering
{
    public override Demand DemandOf(Node node, int source, KernelChoices choices, VolumeLayout order) =>
        Demand.Of(PoolGeometry.Of((PoolLayer)node.Layer, node.Input), order);

    public override bool BackwardReadsSource(Node node, int source) => ((PoolLayer)node.Layer).IsMax;

    public override bool BackwardReadsTarget(Node node) => false;

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var geometry = PoolGeometry.Of((PoolLayer)node.Layer, node.Input);
        var source = context.Source(0, Demand.Of(geometry, context.SourceLayout(0).Order));
        var target = context.Target(TensorLayout.Dense(node.Output, source.Layout.Order));
        context.Call(new PoolKernel(geometry, source.Layout, target.Layout), source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var pool = (PoolLayer)node.Layer;
        var geometry = PoolGeometry.Of(pool, node.Input);
        var source = context.Source(0);
        var order = source.Layout.Order;
        var gradient = context.Gradient(Demand.Dense(order));
        var window = Demand.Of(geometry, order) with { BorderIsMinusInfinity = false };
        var wanted = context.GradientLayout(0, TensorLayout.Dense(node.Input, order));

        // What an average hands to its border must not reach who reads the border as zeros.
        var spills = !pool.IsMax && window.HasBorder;
        var result = context.Scratch("SourceGradient", spills ? window.Layout(node.Input) : Widen(wanted, window));
        context.Call(
            new PoolGradientKernel(geometry, source.Layout, gradient.Layout, result.Layout),
            source.Operand,
            gradient.Operand,
            result.Operand);
        if (spills)
        {
            var inside = context.Scratch("GradientInside", wanted);
            context.Call(
                "GradientInside",
                new RepackKernel(result.Layout, wanted),
                $"{node.Name}: the gradient within the border",
                result.Operand,
                inside.Operand);
            result = inside;
        }

        context.Give(0, result);
    }

    private static TensorLayout Widen(TensorLayout layout, Demand window) => layout with
    {
        Top = Math.Max(layout.Top, window.Top),
        Left = Math.Max(layout.Left, window.Left),
        Bottom = Math.Max(layout.Bottom, window.Bottom),
        Right = Math.Max(layout.Right, window.Right),
    };
}
