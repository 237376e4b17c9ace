using System;
using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// Walks the traces of the forward pass backwards and schedules the gradients, as far down as something is trained. A gradient is
/// written where the layer below reads it: with the border of its backward convolution, its channels padded to whole vectors.
/// </summary>
internal sealed class GradientScheduler(Network network, KernelChoices choices, TrainingBuilder builder, IReadOnlyList<Trace> traces)
{
    private readonly int _lowest = LowestTrained(network);
    private readonly List<TrainingStep> _prepare = new();
    private Value _gradient;
    private bool _isBatch;

    private List<TrainingStep> Pass => builder.Backward;

    public void Run(Value logits, Value gradient, bool isBatch)
    {
        if (_lowest < 0)
            return;
        _gradient = gradient;
        _isBatch = isBatch;
        TakeOver(logits);
        for (var i = traces.Count - 1; i >= _lowest; i--)
            Schedule(i);
        Pass.InsertRange(0, _prepare);
    }

    private static int LowestTrained(Network network)
    {
        for (var i = 0; i < network.Nodes.Count; i++)
        {
            if (network.Nodes[i].Layer.Parameters(network.Nodes[i].Input).Count > 0)
                return i;
        }

        return -1;
    }

    /// <summary>Undoes the copy that gave the loss its rows, if there was one.</summary>
    private void TakeOver(Value logits)
    {
        var last = traces[traces.Count - 1];
        if (last.Target.Tensor == logits.Tensor)
            return;
        var layout = TensorLayout.Dense(last.Target.Layout.Volume, last.Target.Layout.Order);
        var name = Names.Local(last.Node.Name, "Gradient");
        var own = _isBatch
            ? builder.Rows(name, last.Node.Output, builder.Pitch(last.Target)) with { Layout = layout }
            : builder.Shared(name, layout);
        builder.EachSample(
            Pass,
            last.Node,
            "TakeGradient",
            new RepackKernel(_gradient.Layout, layout),
            $"{last.Node.Name}: the gradient of the loss",
            _gradient.Operand,
            own.Operand);
        _gradient = own;
    }

    private void Schedule(int index)
    {
        var trace = traces[index];
        switch (trace.Node.Layer)
        {
            case DenseLayer:
                Multiply(index, trace);
                break;
            case ConvLayer conv:
                Convolve(index, trace, conv);
                break;
            case PoolLayer pool:
                Pool(index, trace, pool);
                break;
            case ActivationLayer activation:
                Activate(trace, activation);
                break;
            case DropoutLayer dropout:
                _gradient = builder.Ensure(
                    Pass, trace.Node, "Gradient", _gradient, Demand.Dense(trace.Target.Layout.Order), _isBatch, dense: true);
                var kernel = new DropoutKernel(dropout, trace.Target.Layout.Length, trace.Node.Source, true);
                builder.EachSample(Pass, trace.Node, "Gradient", kernel, Backward(trace.Node), _gradient.Operand);
                break;
            case FlattenLayer:
                _isBatch = false;
                break;
            default:
                throw new InvalidOperationException("no gradient for " + trace.Node.Layer.Kind);
        }
    }

    private void Multiply(int index, Trace trace)
    {
        var node = trace.Node;
        var placed = choices.Of(node);
        var packing = placed.Dense!;
        if (node.Activation is { } activation)
            Activate(trace, activation);
        if (builder.Pitch(_gradient) != packing.Pitch)
        {
            var padded = builder.Rows(Names.Local(node.Name, "GradientRows"), node.Output, packing.Pitch);
            var copy = new CopyRowsKernel(packing.Outputs, builder.Pitch(_gradient), packing.Pitch);
            builder.Once(Pass, node, "GradientRows", copy, $"{node.Name}: rows padded to whole vectors", _gradient.Operand, padded.Operand);
            _gradient = padded;
        }

        var weights = new DenseWeightsGradientKernel(packing, builder.Pitch(trace.Source));
        builder.Once(
            Pass,
            node,
            "WeightsGradient",
            weights,
            $"{node.Name}: gradient of the weights",
            trace.Source.Operand,
            _gradient.Operand,
            Operand.Gradients(placed.Offset));
        if (index == _lowest)
            return;
        var transposed = builder.SharedFloats(Names.Local(node.Name, "Transposed"), packing.Outputs * Tiling.RoundUp(packing.Inputs, 8));
        builder.Once(
            _prepare,
            node,
            "Transpose",
            new TransposeWeightsKernel(packing),
            $"{node.Name}: weights transposed",
            Operand.Weights(placed.Offset),
            transposed);
        var layout = TensorLayout.Dense(trace.Source.Layout.Volume, trace.Source.Layout.Order);
        var target = builder.Rows(
            Names.Local(node.Name, "SourceGradient"), node.Input, builder.Pitch(trace.Source)) with
        { Layout = layout };
        var product = new DenseBatchKernel(
            packing.Outputs, packing.Inputs, packing.Pitch, builder.Pitch(target), -1, Epilogue.Nothing);
        builder.Once(
            Pass, node, "InputGradient", product, $"{node.Name}: gradient of the input", _gradient.Operand, transposed, target.Operand);
        _gradient = target;
    }

    private void Convolve(int index, Trace trace, ConvLayer conv)
    {
        var node = trace.Node;
        var placed = choices.Of(node);
        var choice = placed.Conv!;
        var geometry = ConvGeometry.Of(conv, node.Input);
        if (node.Activation is { } activation)
            Activate(trace, activation);
        _gradient = builder.Ensure(Pass, node, "Gradient", _gradient, WeightsDemand(geometry, choice), false);
        Kernel weights = choice.ByWidth
            ? new ConvWeightsByWidthKernel(geometry, trace.Source.Layout, _gradient.Layout, placed.ConvPacking!)
            : new ConvWeightsByChannelKernel(geometry, trace.Source.Layout, _gradient.Layout, placed.ConvPacking!);
        builder.EachSample(
            Pass,
            node,
            "WeightsGradient",
            weights,
            $"{node.Name}: gradient of the weights",
            trace.Source.Operand,
            _gradient.Operand,
            Operand.Gradients(placed.Offset));
        if (index == _lowest)
            return;
        var (backward, backwardChoice, demand) = BackwardData(node, geometry, choice);
        var spread = builder.Ensure(Pass, node, "GradientSource", _gradient, demand, false);
        var packing = backwardChoice.Pack(backward, hasBias: false);
        var flipped = builder.SharedFloats(Names.Local(node.Name, "Flipped"), packing.Length);
        builder.Once(
            _prepare,
            node,
            "Flip",
            new FlipWeightsKernel(geometry, placed.ConvPacking!, packing),
            $"{node.Name}: kernel turned by 180 degrees",
            Operand.Weights(placed.Offset),
            flipped);
        var target = builder.Shared(
            Names.Local(node.Name, "SourceGradient"), ResultLayout(index, TensorLayout.Dense(node.Input, backwardChoice.TargetOrder)));
        var kernel = backwardChoice.Build(backward, spread.Layout, target.Layout, Epilogue.Nothing, hasBias: false);
        builder.EachSample(
            Pass, node, "InputGradient", kernel, $"{node.Name}: gradient of the input", spread.Operand, flipped, target.Operand);
        _gradient = target;
    }

    private void Pool(int index, Trace trace, PoolLayer pool)
    {
        var node = trace.Node;
        var geometry = PoolGeometry.Of(pool, node.Input);
        var source = trace.Source.Layout;
        _gradient = builder.Ensure(Pass, node, "Gradient", _gradient, Demand.Dense(source.Order), false);
        var wanted = ResultLayout(index, TensorLayout.Dense(node.Input, source.Order));
        var window = Demand.Of(geometry, source.Order) with { BorderIsMinusInfinity = false };
        var spillsIntoBorder = !pool.IsMax && window != Demand.Dense(source.Order);
        var layout = spillsIntoBorder ? window.Layout(node.Input) : Widen(wanted, window);
        var result = builder.Shared(Names.Local(node.Name, "SourceGradient"), layout);
        builder.EachSample(
            Pass,
            node,
            "Gradient",
            new PoolGradientKernel(geometry, source, _gradient.Layout, layout),
            Backward(node),
            trace.Source.Operand,
            _gradient.Operand,
            result.Operand);
        _gradient = spillsIntoBorder ? builder.Repack(Pass, node, "GradientInside", result, wanted, false) : result;
    }

    private void Activate(Trace trace, ActivationLayer activation)
    {
        if (_isBatch)
        {
            var pitch = builder.Pitch(trace.Target);
            builder.Once(
                Pass,
                trace.Node,
                "ActivationGradient",
                new BatchActivationKernel(activation, pitch, true),
                Backward(trace.Node),
                trace.Target.Operand,
                _gradient.Operand);
            return;
        }

        _gradient = builder.Ensure(Pass, trace.Node, "Gradient", _gradient, Demand.Dense(trace.Target.Layout.Order), false);
        var kernel = new ActivationGradientKernel(activation, trace.Target.Layout, _gradient.Layout);
        builder.EachSample(Pass, trace.Node, "ActivationGradient", kernel, Backward(trace.Node), trace.Target.Operand, _gradient.Operand);
    }

    /// <summary>The layout in which the node below wants the gradient of its output, if the kernel above can write it.</summary>
    private TensorLayout ResultLayout(int index, TensorLayout natural)
    {
        var below = traces[index - 1].Node;
        if (below.Layer is not ConvLayer conv)
            return natural;
        var geometry = ConvGeometry.Of(conv, below.Input);
        var choice = choices.Of(below).Conv!;
        var demand = WeightsDemand(geometry, choice);
        if (index - 1 > _lowest)
            demand = demand.Merge(BackwardData(below, geometry, choice).Demand) ?? demand;
        return demand.Order == natural.Order ? demand.Layout(natural.Volume) : natural;
    }

    private static Demand WeightsDemand(ConvGeometry geometry, ConvChoice choice) => choice.ByWidth
        ? new Demand(VolumeLayout.Chw, Right: Tiling.RoundUp(geometry.OutWidth, 8) - geometry.OutWidth)
        : new Demand(VolumeLayout.Hwc, StoredChannels: Tiling.RoundUp(geometry.OutChannels, 8));

    private static (
        ConvGeometry Geometry, ConvChoice Choice, Demand Demand) BackwardData(Node node, ConvGeometry forward, ConvChoice choice)
    {
        var geometry = forward.BackwardData(node.Input);
        var backward = ConvChoice.Choose(geometry, choice.TargetOrder, pooled: false);
        var demand = Demand.Of(geometry, backward.SourceOrder) with
        {
            SpreadHeight = forward.Window.StrideHeight,
            SpreadWidth = forward.Window.StrideWidth,
        };
        return (geometry, backward, demand);
    }

    private static TensorLayout Widen(TensorLayout layout, Demand window) => layout with
    {
        Top = Math.Max(layout.Top, window.Top),
        Left = Math.Max(layout.Left, window.Left),
        Bottom = Math.Max(layout.Bottom, window.Bottom),
        Right = Math.Max(layout.Right, window.Right),
    };

    private static string Backward(Node node) => $"{node.Name}: backward";
}
