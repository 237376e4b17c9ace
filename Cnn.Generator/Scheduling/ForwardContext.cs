using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// The forward pass of one node while it is scheduled. A producer writes straight into the layout that its readers ask for, border
/// included; only where it cannot a copy is put between, once for all who ask for the same.
/// </summary>
internal abstract class ForwardContext(KernelChoices choices)
{
    private readonly Dictionary<string, Value> _values = [];
    private readonly Dictionary<string, List<Value>> _copies = [];
    private readonly Dictionary<Operand, List<string>> _aliases = [];
    private readonly Dictionary<(string Node, int Source), Value> _read = [];

    public KernelChoices Choices => choices;

    public Network Network => choices.Network;

    /// <summary>Gets the node that is being scheduled.</summary>
    public Node Node { get; private set; } = Nothing(choices.Network);

    /// <summary>Gets its number.</summary>
    public int Index { get; private set; } = -1;

    public abstract bool IsTraining { get; }

    /// <summary>Gets what stands in front of a call of the node.</summary>
    public string Sentence => IsTraining ? Sentences.Short(Node) : Sentences.Of(Node);

    /// <summary>Gets where the node's weights stand.</summary>
    public Placed Placed => choices.Of(Node);

    public Operand Weights => Operand.Weights(Placed.Offset);

    /// <summary>How a source lies before anything is asked of it.</summary>
    public TensorLayout SourceLayout(int source) => _values[Node.Sources[source]].Layout;

    /// <summary>A source in any layout of the given order, or as it stands.</summary>
    public Value Source(int source, VolumeLayout? order = null) =>
        Source(source, Demand.Dense(order ?? SourceLayout(source).Order), isDense: false);

    /// <summary>A source whose elements follow each other without gaps.</summary>
    public Value DenseSource(int source, VolumeLayout? order = null) =>
        Source(source, Demand.Dense(order ?? SourceLayout(source).Order), isDense: true);

    /// <summary>A source as a kernel demands it: itself, or a copy.</summary>
    public Value Source(int source, Demand demand, bool isDense = false)
    {
        var name = Node.Sources[source];
        var value = _values[name];
        if (!IsMet(value))
        {
            if (!_copies.TryGetValue(name, out var copies))
                _copies.Add(name, copies = []);
            var known = copies.Where(IsMet).Select(copy => (Value?)copy).FirstOrDefault();
            value = known ?? Copy(value, demand.Layout(value.Layout.Volume), source == 0 ? "Source" : "Source" + Text.Number(source + 1));
            if (known is null)
            {
                copies.Add(value);
                AliasesOf(value.Operand).Add(name);
            }
        }

        _read[(Node.Name, source)] = value;
        return value;

        bool IsMet(Value candidate) => demand.IsMetBy(candidate.Layout) && (!isDense || candidate.Layout.IsDense);
    }

    /// <summary>A new place for the result, in the layout that its readers ask for.</summary>
    public virtual Value Target(TensorLayout natural) => Set(Allocate(Node.Name, choices.LayoutFor(Node.Name, natural)));

    /// <summary>Whether a result in this layout goes straight to the caller.</summary>
    public virtual bool DeliversIn(TensorLayout natural) => false;

    /// <summary>A new place for the result without gaps, for a kernel that writes no other layout.</summary>
    public Value DenseTarget(TensorLayout dense) => DeliversIn(dense) ? Target(dense) : Set(Allocate(Node.Name, dense));

    /// <summary>
    /// The place of a source as that of the result, where nobody else still reads it; otherwise a new place in the same order.
    /// </summary>
    public Value InPlaceOf(int source, Value read)
    {
        if (read.Operand.Kind == OperandKind.Tensor && !MustDeliver && !IsJoined(read.Layout.Order) && MayOverwrite(source, read))
            return Set(read);
        return Target(TensorLayout.Dense(read.Layout.Volume, read.Layout.Order));
    }

    /// <summary>The result is a source read in another way.</summary>
    public Value View(Value source, TensorLayout layout) => Set(source with { Layout = layout });

    /// <summary>Adds a call; in training one a sample.</summary>
    public abstract void Call(string suffix, Kernel kernel, string comment, params Operand[] operands);

    public void Call(Kernel kernel, params Operand[] operands) => Call("", kernel, Sentence, operands);

    /// <summary>A place that nothing but this node uses.</summary>
    public abstract Value Scratch(string suffix, TensorLayout layout);

    /// <summary>Schedules all nodes in order.</summary>
    protected void Walk(Value input)
    {
        _values[Network.InputName] = input;
        AliasesOf(input.Operand).Add(Network.InputName);
        for (var i = 0; i < Network.Nodes.Count; i++)
        {
            Index = i;
            Node = Network.Nodes[i];
            Lowering.Of(Node.Layer).Forward(this);
            Finish(_values[Node.Name]);
        }
    }

    /// <summary>Stands for the node of a network that has none.</summary>
    private static Node Nothing(Network network) =>
        new("output", new FlattenLayer(), [Network.InputName], [network.Input], network.Input, 0);

    protected Value ValueOf(string name) => _values[name];

    /// <summary>What a node read of a source: the value or a copy of it.</summary>
    protected Value Read(Node node, int source) =>
        _read.TryGetValue((node.Name, source), out var value) ? value : _values[node.Sources[source]];

    /// <summary>Gets a value indicating whether the result should go straight to the caller.</summary>
    protected virtual bool MustDeliver => false;

    /// <summary>Whether a result in this order has a place in a join already.</summary>
    protected virtual bool IsJoined(VolumeLayout order) => false;

    /// <summary>Called behind each node with its result.</summary>
    protected virtual void Finish(Value result)
    {
    }

    /// <summary>Whether nobody reads a source after this node, so that its result may take the place of what the node has read of it.</summary>
    protected abstract bool MayOverwrite(int source, Value read);

    protected abstract Value Allocate(string name, TensorLayout layout);

    protected Value Set(Value value)
    {
        if (_values.TryGetValue(Node.Name, out var old))
            AliasesOf(old.Operand).Remove(Node.Name);
        _values[Node.Name] = value;
        AliasesOf(value.Operand).Add(Node.Name);
        return value;
    }

    /// <summary>The values that stand in a place, or of which a copy does, without those that are in nobody's way any more.</summary>
    /// <param name="operand">The place.</param>
    /// <param name="isSettled">Whether a value is in nobody's way, now and later: it is not asked again.</param>
    protected IReadOnlyList<string> Unsettled(Operand operand, Predicate<string> isSettled)
    {
        var aliases = AliasesOf(operand);
        aliases.RemoveAll(isSettled);
        return aliases;
    }

    private List<string> AliasesOf(Operand operand)
    {
        if (!_aliases.TryGetValue(operand, out var aliases))
            _aliases.Add(operand, aliases = []);
        return aliases;
    }

    protected Value Copy(Value value, TensorLayout layout, string suffix)
    {
        var copy = Allocate(Names.Local(Node.Name, suffix), layout);
        CallCopy(value, copy, suffix);
        return copy;
    }

    protected void CallCopy(Value value, Value copy, string suffix)
    {
        var comment = $"{Node.Name}: {(copy.Layout.Order == value.Layout.Order ? "copied into a buffer with a border" : "channels reordered")}";
        Call(suffix, new RepackKernel(value.Layout, copy.Layout), comment, value.Operand, copy.Operand);
    }
}
