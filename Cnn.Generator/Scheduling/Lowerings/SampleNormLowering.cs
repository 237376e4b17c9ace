using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Layer, group and instance normalisation: statistics of one sample, in training as at inference.</summary>
internal sealed class SampleNormLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, OrderOf(node, source));

    public override Placed Pack(Node node, KernelChoices choices, TensorLayout source)
    {
        var parameters = node.Layer.Parameters(node.Input);
        var layout = TensorLayout.Dense(node.Input, OrderOf(node, source));
        WeightPacking packing = node.Layer is LayerNormLayer { WholeSample: true } && !node.Input.IsVector
            ? new VolumePacking(parameters, layout)
            : new PlainPacking(parameters);
        return new Placed(node, 0, packing, null);
    }

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var source = context.DenseSource(0, OrderOf(node, context.SourceLayout(0)));
        var norm = NormOf(node, context.Placed, source.Layout);
        var statistics = context.Scratch("Statistics", TensorLayout.Dense(Shape.Vector(norm.Statistics), VolumeLayout.Hwc));
        var natural = TensorLayout.Dense(source.Layout.Volume, source.Layout.Order);
        var target = context.DenseTarget(natural);
        context.Call(new SampleNormKernel(norm), source.Operand, context.Weights, statistics.Operand, target.Operand);
        if (context is TrainingScheduler training)
            training.Keep(statistics.Operand, default);
    }

    public override void Backward(BackwardContext context)
    {
        var source = context.Source(0);
        var gradient = context.OwnGradient(source.Layout.Order, isDense: true);
        var kernel = new SampleNormGradientKernel(NormOf(context.Node, context.Placed, source.Layout));
        context.Call(
            kernel, source.Operand, gradient.Operand, context.Weights, context.WeightsGradient, context.Extras.First);
        context.Pass(0, isOnly: true);
    }

    /// <summary>Groups of channels are taken together where each channel is a run.</summary>
    private static VolumeLayout OrderOf(Node node, TensorLayout source) =>
        node.Layer is GroupNormLayer or InstanceNormLayer ? TensorLayout.Normalise(node.Input, VolumeLayout.Chw) : source.Order;

    private static SampleNorm NormOf(Node node, Placed placed, TensorLayout layout)
    {
        var parameters = node.Layer.Parameters(node.Input);
        var (weight, bias) = parameters.Count == 0 ? (-1, -1)
            : (0, Tiling.RoundUp(parameters[0].Length, PlainPacking.Alignment));
        return node.Layer switch
        {
            LayerNormLayer norm => new SampleNorm(
                norm.WholeSample || node.Input.IsVector ? NormOver.Sample : NormOver.Pixel, layout, 1, norm.Epsilon, weight, bias),
            GroupNormLayer norm => new SampleNorm(NormOver.Group, layout, norm.Groups, norm.Epsilon, weight, bias),
            _ => new SampleNorm(
                NormOver.Group, layout, node.Input.Channels, ((InstanceNormLayer)node.Layer).Epsilon, weight, bias),
        };
    }
}
