using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>
/// Values put behind each other: a source that was not computed in its slice is copied there, and the backward pass hands out the slices.
/// </summary>
internal sealed class ConcatLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, Order(node, choices));

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var sources = Enumerable.Range(0, node.Sources.Count).Select(i => Vectors.Read(context, i)).ToList();
        var target = context.Target(TensorLayout.Dense(node.Output, Order(node, context.Choices)));
        var slices = InOrder(node, target);
        for (var i = 0; i < sources.Count; i++)
        {
            var slice = slices[i];
            if (sources[i] == slice)
                continue;
            var kernel = new RepackKernel(sources[i].Layout, slice.Layout);
            context.Call(i == 0 ? "" : "More", kernel, context.Sentence, sources[i].Operand, slice.Operand);
        }
    }

    /// <summary>By name the part of the whole in which a source stands, or the first of several.</summary>
    public static Dictionary<string, Value> Slices(Node node, Value whole)
    {
        var slices = new Dictionary<string, Value>();
        foreach (var (name, slice) in node.Sources.Zip(InOrder(node, whole), (name, slice) => (name, slice)))
        {
            if (!slices.ContainsKey(name))
                slices.Add(name, slice);
        }

        return slices;
    }

    private static List<Value> InOrder(Node node, Value whole)
    {
        var slices = new List<Value>();
        var first = 0;
        foreach (var shape in node.Inputs)
        {
            slices.Add(new Value(whole.Operand.Plus(first * whole.Layout.Channel), SubVolume.Channels(whole.Layout, shape.Channels)));
            first += shape.Channels;
        }

        return slices;
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var order = context.Target.Layout.Order;
        var gradient = context.Gradient(Demand.Dense(order));

        // Planes follow each other, so that some of them are a gradient by themselves; channels among others have to be taken out.
        var arePlanes = order == VolumeLayout.Chw && node.Output.Height * node.Output.Width > 1;
        var slices = InOrder(node, gradient);
        for (var i = 0; i < node.Sources.Count; i++)
        {
            var slice = slices[i];
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
