using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Upsampling: elements repeated, which is the backward pass of their sums; or weighted means of four.</summary>
internal sealed class UpsampleLowering : Lowering
{
    public override void Forward(ForwardContext context)
    {
        var layer = (UpsampleLayer)context.Node.Layer;
        var source = context.Source(0);
        var target = context.Target(TensorLayout.Dense(context.Node.Output, source.Layout.Order));
        Kernel kernel = layer.IsBilinear
            ? new BilinearKernel(layer, source.Layout, target.Layout, IsBackward: false)
            : new SpreadKernel(Blocks(context.Node), source.Layout, target.Layout);
        context.Call(kernel, source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var layer = (UpsampleLayer)context.Node.Layer;
        var gradient = context.Gradient(Demand.Dense(context.Target.Layout.Order));
        var result = Vectors.NewGradient(context, 0, context.Source(0).Layout.Order);
        Kernel kernel = layer.IsBilinear
            ? new BilinearKernel(layer, result.Layout, gradient.Layout, IsBackward: true)
            : new PoolKernel(Blocks(context.Node), gradient.Layout, result.Layout);
        context.Call(kernel, gradient.Operand, result.Operand);
        context.Give(0, result);
    }

    private static PoolGeometry Blocks(Node node)
    {
        var layer = (UpsampleLayer)node.Layer;
        return PoolGeometry.Blocks(node.Input, layer.ScaleHeight, layer.ScaleWidth);
    }
}
