using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Channels turned to pixels.</summary>
internal sealed class PixelShuffleLowering : Lowering
{
    public override void Forward(ForwardContext context)
    {
        var source = context.Source(0);
        var target = context.Target(TensorLayout.Dense(context.Node.Output, source.Layout.Order));
        var kernel = new PixelShuffleKernel(Factor(context.Node), source.Layout, target.Layout, IsBackward: false);
        context.Call(kernel, source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var gradient = context.Gradient(Demand.Dense(context.Target.Layout.Order));
        var result = Vectors.NewGradient(context, 0, context.Source(0).Layout.Order);
        var kernel = new PixelShuffleKernel(Factor(context.Node), result.Layout, gradient.Layout, IsBackward: true);
        context.Call(kernel, gradient.Operand, result.Operand);
        context.Give(0, result);
    }

    private static int Factor(Node node) => ((PixelShuffleLayer)node.Layer).Factor;
}
