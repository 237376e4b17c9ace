using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>
/// Dropout of whole channels, in training alone: a gate of random factors, which the backward pass finds where they were.
/// </summary>
internal sealed class SpatialDropoutLowering : Lowering
{
    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var factors = context.Scratch("Factors", TensorLayout.Dense(Shape.Volume(1, 1, node.Input.Channels), VolumeLayout.Hwc));
        context.Call(
            "Mask",
            new ChannelMaskKernel(node.Input.Channels, ((SpatialDropoutLayer)node.Layer).Rate, node.Source),
            $"{node.Name}: the factor of each channel",
            factors.Operand);
        var source = context.Source(0);
        var target = context.InPlaceOf(0, source);
        context.Call(new GateKernel(source.Layout, target.Layout), source.Operand, factors.Operand, target.Operand);
        ((TrainingScheduler)context).Keep(factors.Operand, factors.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var gradient = context.OwnGradient(context.Target.Layout.Order);
        context.Call(new GateKernel(gradient.Layout, gradient.Layout), gradient.Operand, context.Extras.First, gradient.Operand);
        context.Pass(0, isOnly: true);
    }
}
