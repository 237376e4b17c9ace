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
/// Turns a fused network into calls of kernels. A producer writes straight into the layout that its consumer reads, border included;
/// only where it cannot a copy is put between.
/// </summary>
internal sealed class InferenceScheduler
{
    private readonly Network _network;
    private readonly KernelChoices _choices;
    private readonly List<Step> _steps = new();
    private readonly List<TensorLayout> _tensors = new();
    private readonly int[] _outputs;
    private Operand _current = Operand.Input;
    private TensorLayout _layout;

    private InferenceScheduler(Network network, KernelChoices choices, int declaredLayers)
    {
        _network = network;
        _choices = choices;
        _outputs = Enumerable.Repeat(-1, declaredLayers).ToArray();
        _layout = TensorLayout.Dense(network.Input, network.Layout);
    }

    public static InferenceProgram Run(Network network, KernelChoices choices, int declaredLayers)
    {
        var scheduler = new InferenceScheduler(network, choices, declaredLayers);
        for (var i = 0; i < network.Nodes.Count; i++)
            scheduler.Schedule(i);
        scheduler.Deliver();
        return new InferenceProgram(
            scheduler._steps.ToEquatableArray(), scheduler._tensors.ToEquatableArray(), scheduler._outputs.ToEquatableArray());
    }

    private void Schedule(int index)
    {
        var node = _network.Nodes[index];
        switch (node.Layer)
        {
            case ConvLayer conv:
                Convolve(index, node, conv);
                break;
            case PoolLayer pool:
                Pool(index, node, pool);
                break;
            case DenseLayer:
                var placed = _choices.Of(node);
                Ensure(Demand.Dense(_layout.Order), node);
                var target = Target(index, TensorLayout.Dense(node.Output, VolumeLayout.Hwc));
                Add(
                    node,
                    new DenseKernel(placed.Dense!, new Epilogue(FusedPool.None, node.Activation)),
                    Operand.Weights(placed.Offset),
                    target);
                break;
            case ActivationLayer activation:
                var result = _current.Kind == OperandKind.Tensor && !IsLast(index)
                    ? (_current, _layout)
                    : Target(index, TensorLayout.Dense(_layout.Volume, _layout.Order));
                Add(node, new ActivationKernel(activation, _layout, result.Item2), null, result);
                break;
            case SoftmaxLayer:
                Ensure(Demand.Dense(_layout.Order), node);
                Add(node, new SoftmaxKernel(node.Input.Length), null, Target(index, _layout));
                break;
            case FlattenLayer:
                break;
            default:
                throw new InvalidOperationException("no schedule for " + node.Layer.Kind);
        }

        Record(node);
    }

    private void Record(Node node)
    {
        var holder = _current.Kind == OperandKind.Tensor ? _current.Index : -1;
        _outputs[(node.Pool ?? node).Source] = holder;
    }

    private void Convolve(int index, Node node, ConvLayer conv)
    {
        var placed = _choices.Of(node);
        var geometry = ConvGeometry.Of(conv, node.Input);
        var choice = placed.Conv!;
        Ensure(Demand.Of(geometry, choice.SourceOrder), node);
        var pool = node.Pool?.Layer is PoolLayer fused ? fused.IsMax ? FusedPool.Max : FusedPool.Average : FusedPool.None;
        var volume = node.Pool?.Output ?? node.Output;
        var target = Target(index, TensorLayout.Dense(volume, choice.TargetOrder));
        var kernel = choice.Build(geometry, _layout, target.Layout, new Epilogue(pool, node.Activation), conv.Bias);
        Add(node, kernel, Operand.Weights(placed.Offset), target);
    }

    private void Pool(int index, Node node, PoolLayer pool)
    {
        var geometry = PoolGeometry.Of(pool, node.Input);
        Ensure(Demand.Of(geometry, _layout.Order), node);
        var target = Target(index, TensorLayout.Dense(node.Output, _layout.Order));
        Add(node, new PoolKernel(geometry, _layout, target.Layout), null, target);
    }

    private void Add(Node node, Kernel kernel, Operand? weights, (Operand Operand, TensorLayout Layout) target)
    {
        var operands = weights is { } place ? new[] { _current, place, target.Operand } : [_current, target.Operand];
        _steps.Add(new Step(Names.Method(node.Name), kernel, operands.ToEquatableArray(), Sentences.Of(node), node.Source));
        (_current, _layout) = target;
    }

    /// <summary>
    /// Where a node writes: the caller's output if nothing follows, else a new tensor in the layout that the next node reads.
    /// </summary>
    private (Operand Operand, TensorLayout Layout) Target(int index, TensorLayout natural)
    {
        if (IsLast(index))
        {
            var wanted = Delivered(natural.Volume);
            if (wanted.Order == natural.Order)
                return (Operand.Output, wanted);
        }

        var next = IsLast(index) ? null : _network.Nodes[index + 1];
        return Allocate(_choices.LayoutFor(next, natural), _network.Nodes[index]);
    }

    private (Operand Operand, TensorLayout Layout) Allocate(TensorLayout layout, Node node)
    {
        var operand = Operand.Tensor(_tensors.Count);
        _tensors.Add(layout);
        if (layout.HasBorder || layout.IsSpread)
        {
            var comment = $"{node.Name}: the border around {layout.Volume}";
            _steps.Add(new Step(Names.Method(node.Name) + "Border", new BorderKernel(layout), [operand], comment, node.Source));
        }

        return (operand, layout);
    }

    private void Ensure(Demand demand, Node reader)
    {
        if (demand.IsMetBy(_layout) && (demand != Demand.Dense(demand.Order) || _layout.IsDense || reader.Layer is ConvLayer or PoolLayer))
            return;
        var source = _layout;
        var target = Allocate(demand.Layout(_layout.Volume), reader);
        Copy(reader, source, target, "Source");
    }

    private void Copy(Node node, TensorLayout source, (Operand Operand, TensorLayout Layout) target, string suffix)
    {
        var comment = $"{node.Name}: {(source.Order == target.Layout.Order ? "copied into a buffer with a border" : "channels reordered")}";
        _steps.Add(new Step(
            Names.Method(node.Name) + suffix, new RepackKernel(source, target.Layout), [_current, target.Operand], comment, node.Source));
        (_current, _layout) = target;
    }

    /// <summary>Brings the result to the caller where the last node could not write there itself.</summary>
    private void Deliver()
    {
        if (_current.Kind == OperandKind.Output)
            return;
        var last = _network.Nodes.Count > 0 ? _network.Nodes[_network.Nodes.Count - 1] : new Node(
            "output", new FlattenLayer(), _network.Input, _network.Input, 0);
        Copy(last, _layout, (Operand.Output, Delivered(_layout.Volume)), "Result");
    }

    private TensorLayout Delivered(Shape volume) => TensorLayout.Dense(volume, _network.Layout);

    private bool IsLast(int index) => index == _network.Nodes.Count - 1;
}
