using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Softmax over a vector.</summary>
internal sealed class SoftmaxLowering : Lowering
{
    public override void Forward(ForwardContext context)
    {
        var source = context.DenseSource(0);
        var target = context.InPlaceOf(0, source);
        context.Call(new SoftmaxKernel(context.Node.Input.Length), source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context) =>
        throw new System.InvalidOperationException("no gradient for softmax in the middle of a network");
}
