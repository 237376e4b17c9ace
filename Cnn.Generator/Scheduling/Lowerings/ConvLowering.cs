using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>A convolution of any kind: plain, grouped, depthwise or transposed.</summary>
internal sealed class ConvLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, choices.Of(node).Conv!.TargetOrder);

    public override Placed Pack(Node node, KernelChoices choices, TensorLayout source)
    {
        var (task, isPooled) = (ConvTask.Of(node.Layer, node.Input), node.Pool is not null);
        var choice = choices.IsTraining
            ? ConvChoice.ForTraining(task, source.Order)
            : ConvChoice.ForInference(task, source.Order, isPooled, choices.Network.Numerics, node.Residual is not null);
        return choice.Way == ConvWay.Winograd
            ? new WinogradPlan(task, choice, HasBias(node)).Place(node)
            : ConvPlan.Of(task, choice, HasBias(node)).Place(node);
    }

    public override Demand? DemandOf(Node node, int source, KernelChoices choices, VolumeLayout order) =>
        source == 0 ? ConvPlan.Demands(ConvTask.Of(node.Layer, node.Input), choices.Of(node).Conv!) : null;

    public override Demand GradientDemand(Node node, KernelChoices choices, bool needsSource)
    {
        var plan = Plan(node, choices);
        var demand = plan.GradientDemand;
        return needsSource ? demand.Merge(Backward(node, choices).SourceDemand) ?? demand : demand;
    }

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var (task, choice) = (ConvTask.Of(node.Layer, node.Input), context.Choices.Of(node).Conv!);
        var source = context.Source(0, ConvPlan.Demands(task, choice));
        var target = context.Target(TensorLayout.Dense(node.Output, choice.TargetOrder));
        Value? residual = node.Residual is null ? null : context.Source(1, VolumeLayout.Hwc);
        var plan = Plan(node, context.Choices);
        if (plan.Winograd is { } winograd)
        {
            ForwardTiles(context, plan, winograd, source, residual, target);
            return;
        }

        if (!context.IsTraining && plan.GoesInPairs(source))
        {
            ForwardPairs(context, plan, source, target);
            return;
        }

        foreach (var call in plan.Forward(source, context.Weights, target, Epilogue.Of(node), residual, isHot: !context.IsTraining))
            context.Call(call.Kernel, call.Operands);
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var plan = Plan(node, context.Choices);
        if (node.Activation is ActivationLayer activation)
            ActivationLowering.Differentiate(context, activation, context.Target);
        if (context.IsTrained)
            AddWeightsGradient(context, plan);
        if (context.Needs(0))
            ComputeSourceGradient(context, plan);
    }

    private static void ForwardTiles(ForwardContext context, ConvPlan plan, WinogradPlan winograd, Value source, Value? residual, Value target)
    {
        var epilogue = Epilogue.Of(context.Node);
        if (context is not TrainingScheduler training)
        {
            var tiles = context.Scratch("Tiles", winograd.ScratchLayout).Operand;
            var infer = winograd.Forward(source, context.Weights, winograd.BiasBehind(context.Weights), target, epilogue, residual, tiles);
            context.Call(infer.Kernel, infer.Operands);
            return;
        }

        var filters = training.Shared("Filters", winograd.FilterLength);
        training.Prepare("Filters", winograd.Transform, $"{context.Node.Name}: kernels transformed", context.Weights, filters);
        var scratch = training.Builder.Scratch(winograd.ScratchLayout.Length);
        var train = winograd.Forward(source, filters, plan.BiasOf(context.Weights), target, epilogue, residual, scratch);
        context.Call(train.Kernel, train.Operands);
    }

    private static void ForwardPairs(ForwardContext context, ConvPlan plan, Value source, Value target)
    {
        var pairs = plan.InPairs(source, target, Epilogue.Of(context.Node));
        var weights = context.Scratch("Kernels", Floats(pairs.WeightsLength)).Operand;
        var transform = pairs.Transform(context.Weights, weights);
        context.Call("Kernels", transform.Kernel, $"{context.Node.Name}: kernels transformed", transform.Operands);
        var scratch = context.Scratch("Rows", Floats(pairs.ScratchLength)).Operand;
        var call = plan.Forward(pairs, source, weights, context.Weights, target, scratch);
        context.Call(call.Kernel, call.Operands);
    }

    private static TensorLayout Floats(int length) => TensorLayout.Dense(Shape.Vector(length), VolumeLayout.Hwc);

    private static void AddWeightsGradient(BackwardContext context, ConvPlan plan)
    {
        var name = context.Node.Name;
        var gradient = context.Gradient(plan.GradientDemand);
        foreach (var call in plan.WeightsGradient(context.Source(0), gradient, context.WeightsGradient))
            context.Call("WeightsGradient", call.Kernel, $"{name}: gradient of the weights", call.Operands);
        if (!plan.Weights.HasBias)
            return;
        var bias = plan.BiasGradient(gradient, context.WeightsGradient);
        context.Call("BiasGradient", bias.Kernel, $"{name}: gradient of the bias", bias.Operands);
    }

    private static void ComputeSourceGradient(BackwardContext context, ConvPlan plan)
    {
        var node = context.Node;
        var backward = Backward(node, context.Choices);
        var gradient = context.Gradient(backward.SourceDemand);
        var weights = context.Shared("Turned", backward.Weights.Length);
        var isForward = !plan.Weights.Task.IsTransposed;
        context.Prepare(
            "Turn",
            isForward
                ? new ConvReorderKernel(plan.Weights, backward.Weights, isForward)
                : new ConvReorderKernel(backward.Weights, plan.Weights, isForward),
            $"{node.Name}: kernel turned by 180 degrees",
            context.Weights,
            weights);
        var target = context.NewGradient(0, TensorLayout.Dense(node.Input, backward.TargetOrder));
        var calls = backward.Winograd is { } winograd
            ? [BackwardTiles(context, winograd, gradient, weights, target)]
            : backward.IsScattered ? [backward.Scatter(gradient, weights, target, context.Builder.Scratch)]
            : backward.Forward(gradient, weights, target, Epilogue.Nothing);
        foreach (var call in calls)
            context.Call("InputGradient", call.Kernel, $"{node.Name}: gradient of the input", call.Operands);
        context.Give(0, target);
    }

    private static ConvCall BackwardTiles(BackwardContext context, WinogradPlan winograd, Value gradient, Operand turned, Value target)
    {
        var filters = context.Shared("TurnedFilters", winograd.FilterLength);
        context.Prepare("TurnedFilters", winograd.Transform, $"{context.Node.Name}: turned kernels transformed", turned, filters);
        var scratch = context.Builder.Scratch(winograd.ScratchLayout.Length);
        return winograd.Forward(gradient, filters, bias: default, target, Epilogue.Nothing, residual: null, scratch);
    }

    private static bool HasBias(Node node) =>
        node.BatchNorm is not null || (node.Layer is ConvTransposeLayer transposed ? transposed.Bias : ((IConvolution)node.Layer).Bias);

    private static ConvPlan Plan(Node node, KernelChoices choices) => choices.PlanOf(
        node, isBackward: false, () => ConvPlan.Of(ConvTask.Of(node.Layer, node.Input), choices.Of(node).Conv!, HasBias(node)));

    /// <summary>How the gradient of the input is computed.</summary>
    private static ConvPlan Backward(Node node, KernelChoices choices) => choices.PlanOf(node, isBackward: true, () =>
    {
        var (task, plan) = (ConvTask.Backward(node.Layer, node.Input), Plan(node, choices));
        return ConvPlan.Of(task, ConvChoice.ForGradient(task, plan.TargetOrder, plan.SourceOrder), hasBias: false);
    });
}
