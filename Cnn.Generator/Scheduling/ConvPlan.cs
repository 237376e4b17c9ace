using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Scheduling;

/// <summary>A kernel and the arguments of its call.</summary>
internal readonly record struct ConvCall(Kernel Kernel, Operand[] Operands);

/// <summary>
/// A convolution, the way it is computed and the order of its weights: the calls that compute it and the gradient of its weights.
/// </summary>
internal sealed class ConvPlan
{
    private readonly ConvTask _task;
    private readonly ConvChoice _choice;

    private ConvPlan(ConvTask task, ConvChoice choice, ConvWeights weights)
    {
        _task = task;
        _choice = choice;
        Weights = weights;
    }

    /// <summary>Gets the order of the weights.</summary>
    public ConvWeights Weights { get; }

    /// <summary>Gets the order in which the result lies.</summary>
    public VolumeLayout TargetOrder => _choice.TargetOrder;

    /// <summary>Gets the order in which the source lies.</summary>
    public VolumeLayout SourceOrder => _choice.SourceOrder;

    /// <summary>Gets the Winograd convolution that computes the result from transformed weights; null where none does.</summary>
    public WinogradPlan? Winograd => _choice.Winograd is null ? null : new WinogradPlan(_task, _choice, Weights.HasBias);

    /// <summary>Gets a value indicating whether the result is computed from the side of the source.</summary>
    public bool IsScattered => _choice.Way == ConvWay.Scatter;

    /// <summary>Whether outputs one below the other are computed in pairs.</summary>
    public bool GoesInPairs(Value source) => _choice.Pairs is not null && ConvPairsKernel.Reads(source.Layout);

    /// <summary>Gets what it asks of its source.</summary>
    public Demand SourceDemand => Demands(_task, _choice);

    /// <summary>Gets what the gradient of the weights asks of the gradient of the result: whole vectors can be loaded.</summary>
    public Demand GradientDemand
    {
        get
        {
            var geometry = _task.Phases[0].Geometry;
            var lastGroup = (_task.Groups - 1) * geometry.OutChannels;
            return _choice.Way switch
            {
                ConvWay.Width => new Demand(
                    VolumeLayout.Chw, Right: Tiling.RoundUp(geometry.OutWidth, 8) - geometry.OutWidth),
                ConvWay.Depthwise => Demand.Dense(VolumeLayout.Hwc),
                _ => new Demand(
                    VolumeLayout.Hwc, StoredChannels: Tiling.RoundUp(lastGroup + Tiling.RoundUp(geometry.OutChannels, 8), 8)),
            };
        }
    }

    /// <summary>The plan of a choice that stands.</summary>
    public static ConvPlan Of(ConvTask task, ConvChoice choice, bool hasBias) => new(task, choice, ConvWeights.Of(task, choice, hasBias));

    /// <summary>What a convolution asks of its source: of each phase the border. A negative border asks for none.</summary>
    public static Demand Demands(ConvTask task, ConvChoice choice) => choice.Way == ConvWay.Scatter
        ? Demand.Dense(choice.SourceOrder).WithRows(ConvScatterKernel.Border(task.Phases[0].Geometry))
        : BordersOf(task, choice);

    private static Demand BordersOf(ConvTask task, ConvChoice choice) => task.Phases
        .Select(phase => phase.Geometry.Window)
        .Select(window => new Demand(
            choice.SourceOrder,
            Math.Max(0, window.Top),
            Math.Max(0, window.Left),
            Math.Max(0, window.Bottom),
            Math.Max(0, window.Right)))
        .Aggregate((left, right) => left.Merge(right) ?? left);

    /// <summary>The choice, as the table of weights keeps it.</summary>
    public Placed Place(Node node) => new(node, 0, Weights, _choice);

    /// <summary>The bias behind the weights.</summary>
    public Operand BiasOf(Operand weights) => weights.Plus(Weights.BiasOffset);

    /// <summary>The calls that compute the result.</summary>
    /// <param name="source">The source, with its border.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="target">The result.</param>
    /// <param name="epilogue">What happens to a sum before it is stored.</param>
    /// <param name="residual">What is added to the result; null where nothing is.</param>
    /// <param name="isHot">Whether the code may be longer for speed.</param>
    public IEnumerable<ConvCall> Forward(Value source, Operand weights, Value target, Epilogue epilogue, Value? residual = null, bool isHot = false)
    {
        // Phases that read nothing write the same, whichever taps they lack.
        var nothing = Weights.Phases.FirstOrDefault(phase => phase.Phase.IsEmpty);
        foreach (var phase in Weights.Phases)
        {
            var (from, to) = (source.Layout.View, ViewOf(target, phase.Phase));
            var printed = phase.Phase.IsEmpty ? nothing! : phase;
            var geometry = printed.Phase.Geometry.AtCorner() with
            {
                OutHeight = phase.Phase.Geometry.OutHeight,
                OutWidth = phase.Phase.Geometry.OutWidth,
            };
            if (epilogue.Pool == FusedPool.None)
                geometry = geometry.Flattened(from, to, residual?.Layout.View);
            Kernel kernel = _choice.Way switch
            {
                ConvWay.Depthwise => new DepthwiseKernel(geometry, _task.Groups, from, to, epilogue, Weights.HasBias, _choice.Reason),
                ConvWay.Width => new ConvWidthKernel(geometry, from, to, epilogue, printed.Packing, Weights.HasBias, _choice.Reason),
                _ => new ConvChannelsKernel(geometry, from, to, epilogue, printed.Packing, Weights.HasBias, _choice.Reason)
                {
                    IsHot = isHot,
                    Residual = residual?.Layout.View,
                },
            };
            yield return Call(kernel, kernel.Order<Handed>(
                ("source", new(Corner(source, phase.Phase), InStep(from))),
                ("weights", Weight(weights.Plus(phase.Offset))),
                ("bias", Weight(BiasOf(weights))),
                ("residual", residual is { } other ? new(other.Operand.Plus(other.Layout.Origin), 0) : default),
                ("target", new(Start(target, phase.Phase), OutStep(to)))));
        }
    }

    /// <summary>The convolution in pairs of rows.</summary>
    /// <param name="source">The source, with its border.</param>
    /// <param name="target">The result.</param>
    /// <param name="epilogue">What happens to a sum before it is stored.</param>
    public RowPairsPlan InPairs(Value source, Value target, Epilogue epilogue)
    {
        var (from, to, phase) = (source.Layout.View, target.Layout.View, Weights.Phases[0]);
        var (pairs, geometry) = (_choice.Pairs!, phase.Phase.Geometry.AtCorner());
        return new RowPairsPlan(_choice.ByWidth
            ? new ConvPairsWidthKernel(pairs, geometry, from, to, epilogue, phase.Packing, Weights.HasBias, _choice.Reason)
            : new ConvPairsChannelsKernel(pairs, geometry, from, to, epilogue, phase.Packing, Weights.HasBias, _choice.Reason));
    }

    /// <summary>The call of a convolution in pairs of rows.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="source">The source.</param>
    /// <param name="transformed">The transformed weights.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="target">The result.</param>
    /// <param name="scratch">Memory for the rows of a band.</param>
    public ConvCall Forward(RowPairsPlan plan, Value source, Operand transformed, Operand weights, Value target, Operand scratch)
    {
        var phase = Weights.Phases[0].Phase;
        return plan.Forward(Corner(source, phase), transformed, weights, BiasOf(weights), Start(target, phase), scratch);
    }

    /// <summary>The call of a convolution from the side of its source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="target">The result.</param>
    /// <param name="scratch">Makes room for the outputs.</param>
    public ConvCall Scatter(Value source, Operand weights, Value target, Func<int, Operand> scratch)
    {
        var phase = Weights.Phases[0];
        var kernel = new ConvScatterKernel(phase.Phase.Geometry, source.Layout.View, target.Layout.View, _choice.Reason);
        return new ConvCall(
            kernel, [source.Operand.Plus(source.Layout.Origin), weights, Start(target, phase.Phase), scratch(kernel.ScratchLength)]);
    }

    /// <summary>The calls that add the gradient of the weights.</summary>
    public IEnumerable<ConvCall> WeightsGradient(Value source, Value gradient, Operand gradients)
    {
        foreach (var phase in Weights.Phases.Where(phase => !phase.Phase.IsEmpty))
        {
            var (from, to) = (source.Layout.View, ViewOf(gradient, phase.Phase));
            var geometry = phase.Phase.Geometry.AtCorner();
            Kernel kernel = _choice.Way switch
            {
                ConvWay.Depthwise => new DepthwiseWeightsKernel(geometry, _task.Groups, from, to),
                ConvWay.Width => new ConvWeightsByWidthKernel(geometry, from, to, phase.Packing),
                _ => new ConvWeightsByChannelKernel(geometry, from, to, phase.Packing),
            };
            yield return Call(
                kernel,
                [
                    new(Corner(source, phase.Phase), InStep(from)),
                    new(Start(gradient, phase.Phase), OutStep(to)),
                    Weight(gradients.Plus(phase.Offset)),
                ]);
        }
    }

    /// <summary>The call that adds the gradient of the bias.</summary>
    public ConvCall BiasGradient(Value gradient, Operand gradients)
    {
        var (view, volume) = (gradient.Layout.View, gradient.Layout.Volume);
        var channels = _choice.Way == ConvWay.Depthwise ? _task.Groups : volume.Channels / _task.Groups;
        return Call(
            new ChannelSumsKernel(volume.Height, volume.Width, channels, view),
            [new(gradient.Operand.Plus(gradient.Layout.Origin), OutStep(view)), Weight(gradients.Plus(Weights.BiasOffset))]);
    }

    private static TensorView ViewOf(Value value, ConvPhase phase) => value.Layout.View.Every(phase.StepY, phase.StepX);

    private static Operand Corner(Value source, ConvPhase phase) => phase.IsEmpty
        ? source.Operand
        : source.Operand.Plus(source.Layout.Corner(phase.Geometry.Window.Top, phase.Geometry.Window.Left));

    private static Operand Start(Value target, ConvPhase phase) =>
        target.Operand.Plus(target.Layout.Corner(-phase.Y, -phase.X));

    private int InStep(TensorView view) => _task.Phases[0].Geometry.InChannels * view.Channel;

    private int OutStep(TensorView view) => _task.Phases[0].Geometry.OutChannels * view.Channel;

    private Handed Weight(Operand operand) => new(operand, Weights.GroupStride);

    /// <summary>The call of a kernel of one group for all groups.</summary>
    private ConvCall Call(Kernel kernel, IReadOnlyList<Handed> arguments)
    {
        if (_task.Groups > 1 && _choice.Way != ConvWay.Depthwise)
            kernel = new GroupedKernel(kernel, _task.Groups, arguments.Select(argument => argument.Step).ToEquatableArray());
        return new ConvCall(kernel, [.. arguments.Select(argument => argument.Operand)]);
    }

    /// <summary>What a call is handed, and the floats from one group to the next.</summary>
    private readonly record struct Handed(Operand Operand, int Step);
}
