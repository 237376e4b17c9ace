using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Softmax and its logarithm, over a vector or over the channels of each pixel.</summary>
internal sealed class SoftmaxLowering : Lowering
{
    public override void Forward(ForwardContext context)
    {
        var source = context.DenseSource(0);
        var natural = TensorLayout.Dense(source.Layout.Volume, source.Layout.Order);
        var target = context.DenseTarget(natural);
        context.Call(Kernel(context.Node, source.Layout, false), source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var output = context.Target;
        var gradient = context.OwnGradient(output.Layout.Order, isDense: true);
        context.Call(Kernel(context.Node, output.Layout, true), output.Operand, gradient.Operand);
        context.Pass(0, isOnly: true);
    }

    private static SoftmaxKernel Kernel(Node node, TensorLayout layout, bool isBackward) =>
        new(layout, node.Input.IsVector, node.Layer is LogSoftmaxLayer, isBackward);
}
