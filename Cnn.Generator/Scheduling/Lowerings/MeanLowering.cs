using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Global and adaptive average pooling.</summary>
internal sealed class MeanLowering : Lowering
{
    public override void Forward(ForwardContext context)
    {
        var source = context.Source(0);
        var target = context.Target(TensorLayout.Dense(context.Node.Output, source.Layout.Order));
        context.Call(new MeanKernel(Windows(context.Node), source.Layout, target.Layout), source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var gradient = context.Gradient(Demand.Dense(context.Target.Layout.Order));
        var result = Vectors.NewGradient(context, 0, context.Source(0).Layout.Order);
        context.Call(new MeanGradientKernel(Windows(context.Node), gradient.Layout, result.Layout), gradient.Operand, result.Operand);
        context.Give(0, result);
    }

    private static AdaptiveWindows Windows(Node node) => node.Layer is AdaptiveAvgPoolLayer adaptive
        ? new AdaptiveWindows(node.Input, adaptive.Height, adaptive.Width)
        : new AdaptiveWindows(node.Input, 1, 1);
}
