using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>
/// A volume read as a vector. Where dense layers alone read it, behind functions of single elements, it stays as it lies and their
/// weights are permuted instead; else it is brought into the declared order.
/// </summary>
internal sealed class FlattenLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) => Order(node, choices, source) == source.Order
        ? TensorLayout.Dense(source.Volume, source.Order)
        : TensorLayout.Dense(source.Volume, choices.Network.Layout);

    public override bool BackwardReadsSource(Node node, int source) => false;

    public override bool BackwardReadsTarget(Node node) => false;

    public override void Forward(ForwardContext context)
    {
        var source = context.DenseSource(0, Order(context.Node, context.Choices, context.SourceLayout(0)));
        context.View(source, source.Layout);
    }

    public override void Backward(BackwardContext context)
    {
        var gradient = context.Gradient(Demand.Dense(context.Target.Layout.Order));
        context.Give(0, gradient with { Layout = gradient.Layout with { Volume = context.Source(0).Layout.Volume } }, context.OwnsGradient);
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
