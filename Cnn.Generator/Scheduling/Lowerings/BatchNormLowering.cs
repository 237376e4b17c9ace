using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>
/// Batch normalisation. In training it needs the whole batch, so that the threads meet: once for mean and variance, once in the
/// backward pass for two sums. At inference it has three numbers for each channel, where no layer before it took them in.
/// </summary>
internal sealed class BatchNormLowering : Lowering
{
    public override Placed Pack(Node node, KernelChoices choices, TensorLayout source)
    {
        var parameters = node.Layer.Parameters(node.Input);
        return choices.IsTraining
            ? new Placed(node, 0, new PlainPacking(parameters.Where(parameter => !parameter.IsBuffer).ToEquatableArray()), null)
            {
                Buffers = new PlainPacking(parameters.Where(parameter => parameter.IsBuffer).ToEquatableArray()),
            }
            : new Placed(node, 0, new PlainPacking(FoldedParameters.AsAffine(node.Input.Channels).ToEquatableArray()), null);
    }

    public override void Forward(ForwardContext context)
    {
        if (context is TrainingScheduler training)
            Train(training);
        else
            Infer(context);
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var source = context.Source(0);
        var gradient = context.Gradient(Demand.Dense(source.Layout.Order));
        var channels = source.Layout.Volume.Channels;
        var (statistics, coefficients) = context.Extras;
        var sums = context.Shared("Sums", 2 * BatchNormTables.Pitch(channels));
        var (gamma, beta) = Places((PlainPacking)context.Placed.Packing);
        var kernel = new BatchNormGradientSumsKernel(
            source.Layout, context.Pitch(source), gradient.Layout, context.Pitch(gradient), gamma, beta);
        context.CallOnce(
            "GradientSums",
            kernel,
            $"{node.Name}: sums of the gradient over the batch",
            source.Operand,
            gradient.Operand,
            statistics,
            coefficients,
            sums,
            context.WeightsGradient);
        if (!context.Needs(0))
            return;
        context.Exchange(new BatchExchange(sums.Index, channels, Elements(source.Layout), -1, -1, 0));
        var natural = TensorLayout.Dense(source.Layout.Volume, source.Layout.Order);
        var target = context.NewGradient(0, natural);
        context.Call(
            "InputGradient",
            new BatchNormInputGradientKernel(source.Layout, gradient.Layout, target.Layout),
            $"{node.Name}: gradient of the input",
            source.Operand,
            gradient.Operand,
            statistics,
            coefficients,
            sums,
            target.Operand);
        context.Give(0, target);
    }

    private static void Train(TrainingScheduler context)
    {
        var node = context.Node;
        var norm = (BatchNormLayer)node.Layer;
        var source = context.Source(0);
        var channels = source.Layout.Volume.Channels;
        var statistics = context.Shared("Statistics", 3 * BatchNormTables.Pitch(channels));
        var coefficients = context.Shared("Coefficients", 3 * BatchNormTables.Pitch(channels));
        context.CallOnce(
            "Moments",
            new BatchNormMomentsKernel(source.Layout, context.Pitch(source)),
            $"{node.Name}: mean and variance over the batch",
            source.Operand,
            statistics);
        var placed = context.Placed;
        context.Exchange(new BatchExchange(
            statistics.Index,
            channels,
            Elements(source.Layout),
            placed.OffsetOf("running_mean"),
            placed.OffsetOf("running_var"),
            norm.Momentum));
        var (gamma, beta) = Places((PlainPacking)placed.Packing);

        // The factors are of the channels, whatever the volume: so that one kernel makes them for all of as many.
        var table = TensorLayout.Dense(Shape.Volume(1, 1, channels), source.Layout.Order);
        context.CallOnce(
            "Scales",
            new BatchNormScalesKernel(table, norm.Epsilon, gamma, beta),
            $"{node.Name}: factors of each channel",
            statistics,
            context.Weights,
            coefficients);
        var target = context.Target(TensorLayout.Dense(source.Layout.Volume, source.Layout.Order));
        context.Call(
            new BatchNormKernel(source.Layout, target.Layout), source.Operand, statistics, coefficients, target.Operand);
        context.Keep(statistics, coefficients);
    }

    private static void Infer(ForwardContext context)
    {
        var source = context.Source(0);
        var target = context.InPlaceOf(0, source);
        var packing = (PlainPacking)context.Placed.Packing;
        var kernel = new AffineKernel(
            source.Layout,
            target.Layout,
            packing.OffsetOf(FoldedParameters.Center),
            packing.OffsetOf(FoldedParameters.Scale),
            packing.OffsetOf(FoldedParameters.Shift));
        context.Call(kernel, source.Operand, context.Weights, target.Operand);
    }

    private static (int Gamma, int Beta) Places(PlainPacking packing) =>
        packing.Parameters.Count == 0 ? (-1, -1) : (packing.OffsetOf("weight"), packing.OffsetOf("bias"));

    private static int Elements(TensorLayout layout) => layout.Volume.Height * layout.Volume.Width;
}
