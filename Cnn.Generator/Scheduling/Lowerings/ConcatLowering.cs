using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>Values put behind each other: every source is copied into its slice, and the backward pass hands out the slices.</summary>
internal sealed class ConcatLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, Order(node, choices));

    public override bool BackwardReadsSource(Node node, int source) => false;

    public override bool BackwardReadsTarget(Node node) => false;

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var sources = Enumerable.Range(0, node.Sources.Count).Select(i => Vectors.Read(context, i)).ToList();
        var target = context.Target(TensorLayout.Dense(node.Output, Order(node, context.Choices)));
        var first = 0;
        for (var i = 0; i < sources.Count; i++)
        {
            var channels = node.Inputs[i].Channels;
            var kernel = new RepackKernel(sources[i].Layout, SubVolume.Channels(target.Layout, channels));
            var slice = target.Operand.Plus(first * target.Layout.Channel);
            context.Call(i == 0 ? "" : "More", kernel, context.Sentence, sources[i].Operand, slice);
            first += channels;
        }
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var order = context.Target.Layout.Order;
        var gradient = context.Gradient(Demand.Dense(order));

        // Planes follow each other, so that some of them are a gradient by themselves; channels among others have to be taken out.
        var arePlanes = order == VolumeLayout.Chw && node.Output.Height * node.Output.Width > 1;
        var first = 0;
        for (var i = 0; i < node.Sources.Count; i++)
        {
            var channels = node.Inputs[i].Channels;
            var slice = new Value(
                gradient.Operand.Plus(first * gradient.Layout.Channel), SubVolume.Channels(gradient.Layout, channels));
            first += channels;
            if (!context.Needs(i))
                continue;
            if (arePlanes)
            {
                context.Give(i, slice with { Layout = slice.Layout with { StoredChannels = 0 } }, context.OwnsGradient);
                continue;
            }

            var result = Vectors.NewGradient(context, i, order);
            context.Call(
                i == 0 ? "Gradient" : "MoreGradient",
                new RepackKernel(slice.Layout, result.Layout),
                $"{node.Name}: the slice of {node.Sources[i]}",
                slice.Operand,
                result.Operand);
            Vectors.Give(context, i, result);
        }
    }

    /// <summary>The order of the first source that has one: a single channel or pixel reads the same in both.</summary>
    private static VolumeLayout Order(Node node, KernelChoices choices)
    {
        for (var i = 0; i < node.Sources.Count; i++)
        {
            if (node.Inputs[i] is { IsVector: false, Channels: > 1 } shape && shape.Height * shape.Width > 1)
                return choices.Natural(node.Sources[i]).Order;
        }

        return choices.Network.Layout;
    }
}
