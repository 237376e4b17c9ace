using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// Turns a network into the two passes of training. Volumes are computed sample by sample, because one sample's activations and
/// the weights stay in the first-level cache; vectors are computed for the whole batch, as matrix products.
/// </summary>
internal sealed class TrainingScheduler
{
    private readonly Network _network;
    private readonly KernelChoices _choices;
    private readonly TrainingBuilder _builder = new();
    private readonly List<Trace> _traces = new();
    private Value _current;
    private bool _isBatch;

    private TrainingScheduler(Network network, KernelChoices choices)
    {
        _network = network;
        _choices = choices;
        _current = _builder.PerSample("input", TensorLayout.Dense(network.Input, network.Layout));
    }

    public static TrainingProgram Run(Network network, KernelChoices choices)
    {
        var endsInSoftmax = network.Nodes.Count > 0 && network.Nodes[network.Nodes.Count - 1].Layer is SoftmaxLayer;
        if (endsInSoftmax)
            network = network with { Nodes = network.Nodes.Take(network.Nodes.Count - 1).ToEquatableArray() };
        var scheduler = new TrainingScheduler(network, choices);
        for (var i = 0; i < network.Nodes.Count; i++)
            scheduler.Schedule(i);
        var (logits, gradient) = scheduler.Deliver();
        new GradientScheduler(network, choices, scheduler._builder, scheduler._traces).Run(logits, gradient, scheduler._isBatch);
        var builder = scheduler._builder;
        return new TrainingProgram(
            builder.Tensors.ToEquatableArray(),
            builder.Forward.ToEquatableArray(),
            builder.Backward.ToEquatableArray(),
            logits.Tensor,
            gradient.Tensor,
            endsInSoftmax);
    }

    private List<TrainingStep> Pass => _builder.Forward;

    private void Schedule(int index)
    {
        var node = _network.Nodes[index];
        var source = _current;
        switch (node.Layer)
        {
            case ConvLayer conv:
                source = Convolve(index, node, conv);
                break;
            case PoolLayer pool:
                source = Pool(index, node, pool);
                break;
            case FlattenLayer:
                source = _builder.Ensure(Pass, node, "Source", _current, Demand.Dense(_current.Layout.Order), true, dense: true);
                _current = source;
                _isBatch = true;
                break;
            case DenseLayer dense:
                Multiply(index, node, dense);
                break;
            case ActivationLayer activation:
                Activate(index, node, activation);
                break;
            case DropoutLayer dropout:
                Drop(node, dropout);
                break;
            default:
                throw new InvalidOperationException("no training schedule for " + node.Layer.Kind);
        }

        _traces.Add(new Trace(node, source, _current));
    }

    private Value Convolve(int index, Node node, ConvLayer conv)
    {
        var placed = _choices.Of(node);
        var geometry = ConvGeometry.Of(conv, node.Input);
        var choice = placed.Conv!;
        var source = _builder.Ensure(Pass, node, "Source", _current, Demand.Of(geometry, choice.SourceOrder), true);
        _current = Target(index, node, TensorLayout.Dense(node.Output, choice.TargetOrder));
        var kernel = choice.Build(geometry, source.Layout, _current.Layout, new Epilogue(FusedPool.None, node.Activation), conv.Bias);
        _builder.EachSample(
            Pass, node, "Training", kernel, Sentences.Of(node), source.Operand, Operand.Weights(placed.Offset), _current.Operand);
        return source;
    }

    private Value Pool(int index, Node node, PoolLayer pool)
    {
        var geometry = PoolGeometry.Of(pool, node.Input);
        var source = _builder.Ensure(Pass, node, "Source", _current, Demand.Of(geometry, _current.Layout.Order), true);
        _current = Target(index, node, TensorLayout.Dense(node.Output, source.Layout.Order));
        _builder.EachSample(
            Pass,
            node,
            "Training",
            new PoolKernel(geometry, source.Layout, _current.Layout),
            Sentences.Of(node),
            source.Operand,
            _current.Operand);
        return source;
    }

    private void Multiply(int index, Node node, DenseLayer dense)
    {
        var placed = _choices.Of(node);
        var packing = placed.Dense!;
        var isLast = index == _network.Nodes.Count - 1;
        var pitch = _builder.Pitch(_current);
        var target = _builder.Rows(node.Name, node.Output, isLast ? dense.Units : packing.Pitch);
        var kernel = new DenseBatchKernel(
            packing.Inputs,
            packing.Outputs,
            pitch,
            _builder.Pitch(target),
            packing.HasBias ? packing.BiasOffset : -1,
            new Epilogue(FusedPool.None, node.Activation));
        _builder.Once(
            Pass, node, "Batch", kernel, Sentences.Of(node), _current.Operand, Operand.Weights(placed.Offset), target.Operand);
        _current = target;
    }

    private void Activate(int index, Node node, ActivationLayer activation)
    {
        var inPlace = index > 0 && _network.Nodes[index - 1] is { Activation: null, Layer: ConvLayer or DenseLayer or PoolLayer };
        var source = _current;
        if (_isBatch)
        {
            if (!inPlace)
                _current = _builder.Rows(node.Name, node.Output, _builder.Pitch(source)) with { Layout = source.Layout };
            _builder.Once(
                Pass,
                node,
                "Batch",
                new BatchActivationKernel(activation, _builder.Pitch(source), false),
                Sentences.Of(node),
                source.Operand,
                _current.Operand);
            return;
        }

        if (!inPlace)
            _current = Target(index, node, TensorLayout.Dense(source.Layout.Volume, source.Layout.Order));
        _builder.EachSample(
            Pass,
            node,
            "Training",
            new ActivationKernel(activation, source.Layout, _current.Layout),
            Sentences.Of(node),
            source.Operand,
            _current.Operand);
    }

    private void Drop(Node node, DropoutLayer dropout)
    {
        var source = _builder.Ensure(Pass, node, "Source", _current, Demand.Dense(_current.Layout.Order), true, dense: true);
        _current = _isBatch
            ? _builder.Rows(node.Name, node.Output, _builder.Pitch(source)) with { Layout = source.Layout }
            : _builder.PerSample(node.Name, source.Layout);
        var kernel = new DropoutKernel(dropout, source.Layout.Length, node.Source, false);
        _builder.EachSample(Pass, node, "Training", kernel, Sentences.Of(node), source.Operand, _current.Operand);
    }

    /// <summary>A tensor in the layout that the next node reads, where the producer can write it.</summary>
    private Value Target(int index, Node node, TensorLayout natural)
    {
        var next = index + 1 < _network.Nodes.Count ? _network.Nodes[index + 1] : null;
        var value = _builder.PerSample(node.Name, _choices.LayoutFor(next, natural));
        _builder.Border(Pass, node, "", value);
        return value;
    }

    /// <summary>The logits as the loss reads them: rows of exactly the output's length, in the declared order.</summary>
    private (Value Logits, Value Gradient) Deliver()
    {
        var output = _network.Output;
        var wanted = TensorLayout.Dense(_current.Layout.Volume, _network.Layout);
        var logits = _current;
        var isExact = _builder.Pitch(_current) == output.Length && _current.Layout.IsDense && _current.Layout.Order == wanted.Order && _current.Tensor != 0;
        if (!isExact)
        {
            var node = _network.Nodes.Count > 0 ? _network.Nodes[_network.Nodes.Count - 1] : new Node(
                "output", new FlattenLayer(), output, output, 0);
            logits = _builder.Repack(Pass, node, "Logits", _current, wanted, true);
        }

        return (logits, _builder.PerSample("logitsGradient", logits.Layout));
    }
}

/// <summary>What the backward pass must know of a node's forward pass: the tensors it read and wrote.</summary>
internal sealed record Trace(Node Node, Value Source, Value Target);
