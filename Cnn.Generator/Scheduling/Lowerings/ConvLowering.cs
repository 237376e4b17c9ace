using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>A convolution of any kind: plain, grouped, depthwise or transposed.</summary>
internal sealed class ConvLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, choices.Of(node).Conv!.TargetOrder);

    public override Placed Pack(Node node, KernelChoices choices, TensorLayout source)
    {
        var (task, isPooled) = (ConvTask.Of(node.Layer, node.Input), node.Pool is not null);
        if (choices.IsTraining)
            return ConvPlan.Make(task, source.Order, isPooled, HasBias(node)).Place(node);
        var choice = ConvChoice.ForInference(task, source.Order, isPooled, choices.Network.Numerics);
        return choice.Way == ConvWay.Winograd
            ? new WinogradPlan(task, choice, HasBias(node)).Place(node)
            : ConvPlan.Of(task, choice, HasBias(node)).Place(node);
    }

    public override Demand DemandOf(Node node, int source, KernelChoices choices, VolumeLayout order) =>
        ConvPlan.Demands(ConvTask.Of(node.Layer, node.Input), choices.Of(node).Conv!);

    public override Demand GradientDemand(Node node, KernelChoices choices, bool needsSource)
    {
        var plan = Plan(node, choices);
        var demand = plan.GradientDemand;
        return needsSource ? demand.Merge(Backward(node, plan).SourceDemand) ?? demand : demand;
    }

    public override bool BackwardReadsTarget(Node node) => node.Activation is not null;

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var (task, choice) = (ConvTask.Of(node.Layer, node.Input), context.Choices.Of(node).Conv!);
        var source = context.Source(0, ConvPlan.Demands(task, choice));
        var target = context.Target(TensorLayout.Dense(node.Output, choice.TargetOrder));
        var epilogue = Epilogue.Of(node);
        if (choice.Winograd is { } tiling)
        {
            var scratch = context.Scratch("Tiles", tiling.ScratchLayout);
            var call = new WinogradPlan(task, choice, HasBias(node)).Forward(source, context.Weights, target, epilogue, scratch);
            context.Call(call.Kernel, call.Operands);
            return;
        }

        foreach (var call in Plan(node, context.Choices).Forward(source, context.Weights, target, epilogue, isHot: !context.IsTraining))
            context.Call(call.Kernel, call.Operands);
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var plan = Plan(node, context.Choices);
        if (node.Activation is { } activation)
            ActivationLowering.Differentiate(context, activation, context.Target);
        if (context.IsTrained)
            AddWeightsGradient(context, plan);
        if (context.Needs(0))
            ComputeSourceGradient(context, plan);
    }

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
        var backward = Backward(node, plan);
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
        foreach (var call in backward.Forward(gradient, weights, target, Epilogue.Nothing))
            context.Call("InputGradient", call.Kernel, $"{node.Name}: gradient of the input", call.Operands);
        context.Give(0, target);
    }

    private static bool HasBias(Node node) =>
        node.BatchNorm is not null || (node.Layer is ConvTransposeLayer transposed ? transposed.Bias : ((IConvolution)node.Layer).Bias);

    private static ConvPlan Plan(Node node, KernelChoices choices) =>
        ConvPlan.Of(ConvTask.Of(node.Layer, node.Input), choices.Of(node).Conv!, HasBias(node));

    private static ConvPlan Backward(Node node, ConvPlan plan) =>
        ConvPlan.Make(ConvTask.Backward(node.Layer, node.Input), plan.TargetOrder, isPooled: false, hasBias: false);
}
