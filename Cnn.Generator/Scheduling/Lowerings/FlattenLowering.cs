using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>
/// A volume read as a vector. Where dense layers alone read it, behind functions of single elements, it stays as it lies and their
/// weights are permuted instead, and alone then keeps the layout of the volume; else it is brought into the declared order.
/// </summary>
internal sealed class FlattenLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) => IsPermuted(node.Name, choices)
        ? TensorLayout.Dense(source.Volume, source.Order)
        : TensorLayout.Dense(node.Output, VolumeLayout.Hwc);

    public override void Forward(ForwardContext context)
    {
        var (node, choices) = (context.Node, context.Choices);
        var layout = context.SourceLayout(0);
        var source = context.DenseSource(0, Order(node, choices, layout));
        context.View(source, Natural(node, choices, source.Layout));
    }

    public override void Backward(BackwardContext context)
    {
        var gradient = context.Gradient(Demand.Dense(context.Target.Layout.Order));
        var source = context.Source(0).Layout;
        var natural = TensorLayout.Dense(source.Volume, Order(context.Node, context.Choices, source));
        context.Give(0, gradient with { Layout = natural }, context.OwnsGradient);
    }

    private static VolumeLayout Order(Node node, KernelChoices choices, TensorLayout source) => IsPermuted(node.Name, choices)
        ? source.Order
        : TensorLayout.Normalise(source.Volume, choices.Network.Layout);

    private static bool IsPermuted(string name, KernelChoices choices)
    {
        var readers = choices.Readers(name).ToList();
        return readers.Count > 0 && !choices.Network.IsOutput(name) && readers.All(use => use.Reader.Layer switch
        {
            DenseLayer => true,
            ActivationLayer or DropoutLayer => IsPermuted(use.Reader.Name, choices),
            _ => false,
        });
    }
}
