using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Max and average pooling by windows; the maximum of whole channels is one window.</summary>
internal sealed class PoolLowering : Lowering
{
    public override Demand DemandOf(Node node, int source, KernelChoices choices, VolumeLayout order) =>
        Demand.Of(Geometry(node), order);

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var geometry = Geometry(node);
        var source = context.Source(0, Demand.Of(geometry, context.SourceLayout(0).Order));
        var target = context.Target(TensorLayout.Dense(node.Output, source.Layout.Order));
        context.Call(new PoolKernel(geometry, source.Layout, target.Layout), source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var geometry = Geometry(context.Node);
        var gradient = context.Gradient(Demand.Dense(context.Target.Layout.Order));
        var natural = TensorLayout.Dense(context.Node.Input, context.Source(0).Layout.Order);
        var wanted = context.GradientLayout(0, natural);
        context.Give(0, geometry.IsMax ? OfMaximum(context, geometry, gradient, wanted) : OfMean(context, geometry, gradient, wanted));
    }

    private static PoolGeometry Geometry(Node node) =>
        node.Layer is PoolLayer pool ? pool.Geometry(node.Input) : PoolGeometry.Whole(node.Input);

    private static Value OfMaximum(BackwardContext context, PoolGeometry geometry, Value gradient, TensorLayout wanted)
    {
        var source = context.Source(0);
        var result = context.GradientOf(0, Widen(wanted, Demand.Of(geometry, wanted.Order)));
        context.Call(
            new PoolGradientKernel(geometry, source.Layout, gradient.Layout, result.Layout),
            source.Operand,
            gradient.Operand,
            result.Operand);
        return result;
    }

    private static Value OfMean(BackwardContext context, PoolGeometry geometry, Value gradient, TensorLayout wanted)
    {
        // What is handed to the border must not reach who reads the border as zeros.
        var window = Demand.Of(geometry, wanted.Order);
        var result = context.GradientOf(0, window.HasBorder ? window.Layout(context.Node.Input) : wanted);
        context.Call(new SpreadKernel(geometry, gradient.Layout, result.Layout), gradient.Operand, result.Operand);
        if (!window.HasBorder)
            return result;
        var inside = context.Scratch("GradientInside", wanted);
        context.Call(
            "GradientInside",
            new RepackKernel(result.Layout, wanted),
            $"{context.Node.Name}: the gradient within the border",
            result.Operand,
            inside.Operand);
        return inside;
    }

    private static TensorLayout Widen(TensorLayout layout, Demand window) => layout with
    {
        Top = Math.Max(layout.Top, window.Top),
        Left = Math.Max(layout.Left, window.Left),
        Bottom = Math.Max(layout.Bottom, window.Bottom),
        Right = Math.Max(layout.Right, window.Right),
    };
}
