using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>An element-by-element function by itself.</summary>
internal sealed class ActivationLowering : Lowering
{
    public override bool PassesLayout => true;

    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) => source;

    public override void Forward(ForwardContext context)
    {
        var activation = (ActivationLayer)context.Node.Layer;
        var source = context.Source(0);
        var target = context.InPlaceOf(0, source);
        if (context is TrainingScheduler training && context.Node.Output.IsVector && training.Pitch(source) == training.Pitch(target)
            && source.Layout.IsDense && target.Layout.IsDense)
        {
            training.CallOnce(
                "Batch",
                new BatchActivationKernel(activation, training.Pitch(source), false),
                context.Sentence,
                source.Operand,
                target.Operand);
            return;
        }

        context.Call(new ActivationKernel(activation, source.Layout, target.Layout), source.Operand, target.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var activation = (ActivationLayer)context.Node.Layer;
        Differentiate(context, activation, activation.DerivativeReadsInput ? context.Source(0) : context.Target);
        context.Pass(0, isOnly: true);
    }

    /// <summary>Multiplies the gradient in place by the derivative, which is computed from the function's output or input.</summary>
    public static void Differentiate(BackwardContext context, ActivationLayer activation, Value known)
    {
        var node = context.Node;
        var gradient = context.OwnGradient(known.Layout.Order);
        var comment = $"{node.Name}: backward";
        if (node.Output.IsVector && known.Layout.IsDense && gradient.Layout.IsDense && gradient.Operand.Offset == 0
            && context.Pitch(known) == context.Pitch(gradient))
        {
            var batch = new BatchActivationKernel(activation, context.Pitch(known), true);
            context.CallOnce("ActivationGradient", batch, comment, known.Operand, gradient.Operand);
            return;
        }

        var kernel = new ActivationGradientKernel(activation, known.Layout, gradient.Layout);
        context.Call("ActivationGradient", kernel, comment, known.Operand, gradient.Operand);
    }
}
