using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling.Lowerings;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// How one kind of layer becomes calls of kernels: what it asks of its sources, how its result lies, its forward and its backward
/// pass. It holds no state; everything it needs comes with the node and the context.
/// </summary>
internal abstract class Lowering
{
    /// <summary>
    /// Gets a value indicating whether it works element by element in whatever layout its sources have, so that it writes its
    /// result in the layout in which the result is wanted.
    /// </summary>
    public virtual bool PassesLayout => false;

    public static Lowering Of(Layer layer) => LoweringCatalog.Find(layer.GetType())
        ?? throw new InvalidOperationException("no kernel for " + layer.Kind);

    /// <summary>How the result lies where nothing asks for more, given how the first source does.</summary>
    public virtual TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, source.Order);

    /// <summary>The order of its weights, if it has any; the offset is not decided yet.</summary>
    public virtual Placed? Pack(Node node, KernelChoices choices, TensorLayout source) => null;

    /// <summary>What it asks of a source that lies in the order given, where that is more than its elements.</summary>
    public virtual Demand? DemandOf(Node node, int source, KernelChoices choices, VolumeLayout order) => null;

    /// <summary>
    /// What its backward pass asks of the gradient of its result, where that is more than its elements.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="choices">The choices of training.</param>
    /// <param name="needsSource">Whether the gradient of its source is computed too.</param>
    public virtual Demand? GradientDemand(Node node, KernelChoices choices, bool needsSource) => null;

    /// <summary>Schedules the forward pass, of inference or of training.</summary>
    public abstract void Forward(ForwardContext context);

    /// <summary>Schedules the backward pass: hands every source that needs one its gradient, and adds to those of the weights.</summary>
    public abstract void Backward(BackwardContext context);
}
