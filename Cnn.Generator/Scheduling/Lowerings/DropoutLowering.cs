using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Dropout, in training alone: at inference a pass has removed it.</summary>
internal sealed class DropoutLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(source.Volume, source.Order);

    public override void Forward(ForwardContext context)
    {
        var source = context.DenseSource(0);
        var target = context.DenseTarget(TensorLayout.Dense(source.Layout.Volume, source.Layout.Order));
        var kernel = new DropoutKernel((DropoutLayer)context.Node.Layer, source.Layout.Length, context.Node.Source, false);
        context.Call(kernel, source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var gradient = context.OwnGradient(context.Target.Layout.Order, isDense: true);
        var kernel = new DropoutKernel((DropoutLayer)context.Node.Layer, gradient.Layout.Length, context.Node.Source, true);
        context.Call(kernel, gradient.Operand);
        context.Pass(0, isOnly: true);
    }
}
