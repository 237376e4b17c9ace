using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>A dense layer: a sweep over the weights at inference, matrix products over the batch in training.</summary>
internal sealed class DenseLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, VolumeLayout.Hwc);

    public override Placed Pack(Node node, KernelChoices choices, TensorLayout source)
    {
        var dense = (DenseLayer)node.Layer;
        var stored = TensorLayout.Dense(source.Volume, source.Order);
        var canonical = TensorLayout.Dense(source.Volume, choices.Network.Layout);
        var packing = new DensePacking(node.Input.Length, dense.Units, dense.Bias || node.BatchNorm is not null, stored, canonical);
        return new Placed(node, 0, choices.ServesInferenceAlone ? packing.InBlocks() : packing, null);
    }

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var packing = (DensePacking)context.Placed.Packing;
        var epilogue = new Epilogue(FusedPool.None, (ActivationLayer?)node.Activation);
        var source = context.DenseSource(0, packing.Source.Order);
        var natural = TensorLayout.Dense(node.Output, VolumeLayout.Hwc);
        if (context is not TrainingScheduler training)
        {
            var target = context.Target(natural);
            Kernel sweep = packing.Block == 0 ? new DenseKernel(packing, epilogue) : new DenseBlocksKernel(packing, epilogue);
            context.Call(sweep, source.Operand, context.Weights, target.Operand);
            return;
        }

        var isLogits = context.Network.OutputNames.Count == 1 && context.Network.OnlyOutputIs(node.Name);
        var rows = training.Rows(natural, isLogits ? packing.Outputs : packing.Pitch);
        var kernel = DenseBatchKernel.Of(packing, training.Pitch(source), training.Pitch(rows), epilogue);
        training.CallOnce("Batch", kernel, training.Sentence, source.Operand, context.Weights, rows.Operand);
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var packing = (DensePacking)context.Placed.Packing;
        if (node.Activation is ActivationLayer activation)
            ActivationLowering.Differentiate(context, activation, context.Target);
        var gradient = Padded(context, packing);
        var source = context.Source(0);
        if (context.IsTrained)
        {
            context.CallOnce(
                "WeightsGradient",
                new DenseWeightsGradientKernel(packing, context.Pitch(source)),
                $"{node.Name}: gradient of the weights",
                source.Operand,
                gradient.Operand,
                context.WeightsGradient);
        }

        if (!context.Needs(0))
            return;
        var transposed = context.Shared("Transposed", packing.Outputs * DensePacking.Padded(packing.Inputs));
        context.Prepare(
            "Transpose", new TransposeWeightsKernel(packing), $"{node.Name}: weights transposed", context.Weights, transposed);
        var layout = TensorLayout.Dense(source.Layout.Volume, source.Layout.Order);
        var target = context.GradientRows(0, layout, context.Pitch(source));
        var product = new DenseBatchKernel(
            packing.Outputs, packing.Inputs, context.Pitch(gradient), context.Pitch(target), -1, Epilogue.Nothing);
        context.CallOnce(
            "InputGradient", product, $"{node.Name}: gradient of the input", gradient.Operand, transposed, target.Operand);
        context.Give(0, target);
    }

    /// <summary>The gradient in rows of whole vectors, zero behind the last output.</summary>
    private static Value Padded(BackwardContext context, DensePacking packing)
    {
        var gradient = context.Gradient(Demand.Dense(VolumeLayout.Hwc), isDense: true);
        if (context.Pitch(gradient) == packing.Pitch && gradient.Operand.Offset == 0)
            return gradient;
        var padded = context.Rows("GradientRows", gradient.Layout, packing.Pitch);
        var copy = new CopyRowsKernel(packing.Outputs, context.Pitch(gradient), packing.Pitch);
        context.CallOnce(
            "GradientRows", copy, $"{context.Node.Name}: rows padded to whole vectors", gradient.Operand, padded.Operand);
        return padded;
    }
}
