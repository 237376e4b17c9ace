using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>The elements, in the declared order, read as another shape: no work where they lie in it.</summary>
internal sealed class ReshapeLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, choices.Network.Layout);

    public override void Forward(ForwardContext context)
    {
        var declared = context.Network.Layout;
        var source = context.DenseSource(0, TensorLayout.Normalise(context.SourceLayout(0).Volume, declared));
        context.View(source, Natural(context.Node, context.Choices, source.Layout));
    }

    public override void Backward(BackwardContext context)
    {
        var gradient = context.Gradient(Demand.Dense(context.Target.Layout.Order), isDense: true);
        var source = context.Source(0).Layout;
        context.Give(0, gradient with { Layout = TensorLayout.Dense(source.Volume, source.Order) }, context.OwnsGradient);
    }
}
