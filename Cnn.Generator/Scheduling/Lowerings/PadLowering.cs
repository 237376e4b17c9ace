using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Rows and columns put around a volume.</summary>
internal sealed class PadLowering : Lowering
{
    public override void Forward(ForwardContext context)
    {
        var source = context.Source(0);
        var target = context.Target(TensorLayout.Dense(context.Node.Output, source.Layout.Order));
        var kernel = new PadKernel((PadLayer)context.Node.Layer, source.Layout, target.Layout);
        context.Call(kernel, source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var pad = (PadLayer)context.Node.Layer;
        var order = context.Target.Layout.Order;
        var gradient = context.Gradient(Demand.Dense(order));
        if (pad.Mode != PadMode.Constant)
        {
            gradient = context.OwnGradient(order);
            context.Call(new FoldBorderKernel(pad, gradient.Layout), gradient.Operand);
        }

        var result = Vectors.NewGradient(context, 0, context.Source(0).Layout.Order);
        context.Call(
            "GradientInside",
            new RepackKernel(SubVolume.Inside(gradient.Layout, context.Node.Input, pad.Top, pad.Left), result.Layout),
            $"{context.Node.Name}: the gradient of what was padded",
            gradient.Operand,
            result.Operand);
        context.Give(0, result);
    }
}

/// <summary>Rows and columns taken away from a volume.</summary>
internal sealed class CropLowering : Lowering
{
    public override void Forward(ForwardContext context)
    {
        var crop = (CropLayer)context.Node.Layer;
        var source = context.Source(0);
        var target = context.Target(TensorLayout.Dense(context.Node.Output, source.Layout.Order));
        var kernel = new RepackKernel(SubVolume.Inside(source.Layout, context.Node.Output, crop.Top, crop.Left), target.Layout);
        context.Call(kernel, source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var crop = (CropLayer)context.Node.Layer;
        var gradient = context.Gradient(Demand.Dense(context.Target.Layout.Order));
        var result = Vectors.NewGradient(context, 0, context.Source(0).Layout.Order);
        var comment = $"{context.Node.Name}: zeros where it was cropped";
        context.Call("ClearGradient", new ClearKernel(result.Layout.Length), comment, result.Operand);
        var kernel = new RepackKernel(gradient.Layout, SubVolume.Inside(result.Layout, context.Node.Output, crop.Top, crop.Left));
        context.Call(kernel, gradient.Operand, result.Operand);
        context.Give(0, result);
    }
}
