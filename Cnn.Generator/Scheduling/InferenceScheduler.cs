using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Scheduling.Lowerings;

namespace Cnn.Generator.Scheduling;

/// <summary>Turns a fused network into the calls of one inference.</summary>
internal sealed class InferenceScheduler : ForwardContext
{
    private readonly List<Step> _steps = [];
    private readonly List<TensorLayout> _tensors = [];
    private readonly Dictionary<string, int> _outputOffsets = [];
    private readonly Dictionary<string, int> _lastReads = [];
    private readonly Dictionary<string, Value> _joins = [];
    private readonly Dictionary<string, Dictionary<string, Value>> _slices = [];
    private readonly int[] _outputs;
    private readonly bool _isShared;

    private InferenceScheduler(KernelChoices choices, int declaredLayers)
        : base(choices)
    {
        _outputs = Enumerable.Repeat(-1, declaredLayers).ToArray();
        _isShared = Network.Nodes.Sum(node => node.Layer.MultiplyAdds(node.Input)) >= Network.SharedWork;
        for (var i = 0; i < Network.Nodes.Count; i++)
        {
            foreach (var source in Network.Nodes[i].Sources)
                _lastReads[source] = i;
        }
    }

    public override bool IsTraining => false;

    protected override bool MustDeliver => DeliveredLayout(Node.Name) is not null;

    /// <param name="choices">The choices of inference.</param>
    /// <param name="declaredLayers">The number of nodes before any pass.</param>
    /// <param name="bytes">How bytes become the numbers of the input; null where numbers come in.</param>
    public static InferenceProgram Run(KernelChoices choices, int declaredLayers, ByteScaling? bytes = null)
    {
        var scheduler = new InferenceScheduler(choices, declaredLayers);
        var network = scheduler.Network;
        var layout = TensorLayout.Dense(network.Input, network.Layout);
        scheduler.Walk(bytes is null ? new Value(Operand.Input, layout) : scheduler.Convert(layout, bytes));
        scheduler.Deliver();
        return new InferenceProgram(
            scheduler._steps.ToEquatableArray(), scheduler._tensors.ToEquatableArray(), scheduler._outputs.ToEquatableArray())
        {
            IsShared = scheduler._isShared,
        };
    }

    public override bool DeliversIn(TensorLayout natural) =>
        DeliveredLayout(Node.Name) is { } wanted && wanted.Order == natural.Order;

    public override Value Target(TensorLayout natural)
    {
        if (PlaceInJoin(Node, natural.Order) is { } slice)
            return Set(slice);
        if (_joins.TryGetValue(Node.Name, out var join))
            return Set(join);
        if (!DeliversIn(natural) || DeliveredLayout(Node.Name) is not { } wanted)
            return base.Target(natural);
        var offset = Network.OutputOffset(Node.Name);
        _outputOffsets.Add(Node.Name, offset);
        return Set(new Value(Operand.Output(offset), wanted));
    }

    public override Value Scratch(string suffix, TensorLayout layout) => Allocate(Names.Local(Node.Name, suffix), layout);

    public override void Call(string suffix, Kernel kernel, string comment, params Operand[] operands)
    {
        if (_isShared && kernel.CanShare)
            kernel = kernel with { IsShared = true };
        _steps.Add(new Step(Names.Method(Node.Name) + suffix, kernel, operands.ToEquatableArray(), comment, Node.Source));
    }

    protected override void Finish(Value result)
    {
        if (result.Operand.Kind == OperandKind.Tensor)
            _outputs[(Node.Residual ?? Node.Pool ?? Node.BatchNorm ?? Node).Source] = result.Operand.Index;
    }

    /// <inheritdoc/>
    protected override bool IsJoined(VolumeLayout order) => PlaceInJoin(Node, order) is not null;

    /// <summary>
    /// The slice of a join that alone reads a value, where the value lies in the same order: its maker writes it there, and nothing is copied.
    /// </summary>
    private Value? PlaceInJoin(Node node, VolumeLayout order)
    {
        if (JoinOf(node, order) is not { } join)
            return null;

        // A join may stand in another, and so on by thousands: the outermost gets its place first.
        var open = new Stack<Node>();
        for (var next = join; next is not null && !_joins.ContainsKey(next.Name); next = JoinOf(next, order))
            open.Push(next);
        foreach (var inner in open)
        {
            _joins.Add(inner.Name, JoinOf(inner, order) is { } outer
                ? SliceOf(outer, inner)
                : Allocate(inner.Name, Choices.LayoutFor(inner.Name, Choices.Natural(inner.Name))));
        }

        return SliceOf(join, node);
    }

    /// <summary>The join that alone reads a value, where that value can be computed in its slice.</summary>
    private Node? JoinOf(Node node, VolumeLayout order) =>
        !node.Output.IsVector && Network.OnlyReader(node.Name) is { Layer: ConcatLayer } join
        && DeliveredLayout(join.Name) is null && Choices.Natural(join.Name).Order == order
            ? join
            : null;

    private Value SliceOf(Node join, Node node)
    {
        if (!_slices.TryGetValue(join.Name, out var slices))
            _slices.Add(join.Name, slices = ConcatLowering.Slices(join, _joins[join.Name]));
        return slices[node.Name];
    }

    /// <summary>Whether this node is the last to read the memory of a source.</summary>
    protected override bool MayOverwrite(int source, Value read)
    {
        var operand = ValueOf(Node.Sources[source]).Operand;

        // What has been read for the last time stays so.
        return Unsettled(operand, name => !Network.IsOutput(name) && (!_lastReads.TryGetValue(name, out var last) || last <= Index)).Count == 0;
    }

    protected override Value Allocate(string name, TensorLayout layout)
    {
        var operand = Operand.Tensor(_tensors.Count);
        _tensors.Add(layout);
        if (layout.HasBorder)
        {
            var comment = $"{Node.Name}: the border around {layout.Volume}";
            Call("Border", new BorderKernel(layout), comment, operand);
        }

        return new Value(operand, layout);
    }

    /// <summary>Converts the bytes straight into the layout that the first layer reads.</summary>
    private Value Convert(TensorLayout source, ByteScaling scaling)
    {
        var target = Allocate(Network.InputName, Choices.LayoutFor(Network.InputName, source));
        var comment = "input: bytes become numbers, " + scaling.Describe();
        Call("Bytes", new ByteInputKernel(source, target.Layout, scaling), comment, Operand.Input, target.Operand);
        return target;
    }

    /// <summary>The layout in which a value leaves, where it leaves once and nothing else reads it.</summary>
    private TensorLayout? DeliveredLayout(string name)
    {
        return Network.OnlyLeavesOnce(name) ? TensorLayout.Dense(Choices.Natural(name).Volume, Network.Layout) : null;
    }

    /// <summary>Brings those results to the caller that no node could write there itself.</summary>
    private void Deliver()
    {
        var offset = 0;
        foreach (var name in Network.OutputNames)
        {
            var value = ValueOf(name);
            if (!_outputOffsets.ContainsKey(name))
            {
                var wanted = new Value(Operand.Output(offset), TensorLayout.Dense(value.Layout.Volume, Network.Layout));
                CallCopy(value, wanted, "Result");
            }

            offset += Network.ShapeOf(name).Length;
        }
    }
}
