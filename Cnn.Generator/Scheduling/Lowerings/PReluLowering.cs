using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>A leaky rectifier with trained slopes.</summary>
internal sealed class PReluLowering : Lowering
{
    public override Placed Pack(Node node, KernelChoices choices, TensorLayout source) =>
        new(node, 0, new PlainPacking(node.Layer.Parameters(node.Input)), null);

    public override void Forward(ForwardContext context)
    {
        var source = context.DenseSource(0);
        var natural = TensorLayout.Dense(source.Layout.Volume, source.Layout.Order);
        var target = context.DenseTarget(natural);
        context.Call(Kernel(context.Node, source.Layout, false), source.Operand, target.Operand, context.Weights);
    }

    public override void Backward(BackwardContext context)
    {
        var source = context.Source(0);
        var gradient = context.OwnGradient(source.Layout.Order, isDense: true);
        var kernel = Kernel(context.Node, source.Layout, true);
        context.Call(kernel, source.Operand, gradient.Operand, context.Weights, context.WeightsGradient);
        context.Pass(0, isOnly: true);
    }

    private static PReluKernel Kernel(Node node, TensorLayout layout, bool isBackward) =>
        new(layout, ((PReluLayer)node.Layer).PerChannel, isBackward);
}
