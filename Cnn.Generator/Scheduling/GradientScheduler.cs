using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// Walks the traces of the forward pass backwards and schedules the gradients, as far down as something is trained. A gradient is
/// written where the layer below reads it: with the border of its backward convolution, its channels padded to whole vectors. A
/// value with several readers gets the sum of what they hand it.
/// </summary>
/// <param name="choices">The choices of training.</param>
/// <param name="builder">Receives tensors and calls.</param>
/// <param name="traces">The forward pass of each node, in order.</param>
/// <param name="needs">The values whose gradient is wanted.</param>
internal sealed class GradientScheduler(
    KernelChoices choices, TrainingBuilder builder, IReadOnlyList<Trace> traces, HashSet<string> needs)
{
    private readonly Dictionary<string, (Value Value, bool IsOwn)> _gradients = [];

    public KernelChoices Choices => choices;

    public TrainingBuilder Builder => builder;

    /// <summary>Gets the calls that stand before all others.</summary>
    public List<TrainingStep> Preparation { get; } = [];

    /// <param name="gradient">The gradient of the logits, in the declared order.</param>
    public void Run(Value gradient)
    {
        if (traces.Count == 0)
            return;
        var network = choices.Network;
        var last = traces[traces.Count - 1].Node;
        var offset = 0;
        foreach (var name in network.OutputNames)
        {
            var layout = network.OutputNames.Count == 1
                ? gradient.Layout
                : TensorLayout.Dense(choices.Natural(name).Volume, network.Layout);
            if (Needs(name))
                Give(last, name, new Value(gradient.Operand.Plus(offset), layout), isOwn: network.OutputNames.Count == 1);
            offset += layout.Volume.Length;
        }

        for (var i = traces.Count - 1; i >= 0; i--)
        {
            var trace = traces[i];
            if (Needs(trace.Node.Name) && _gradients.TryGetValue(trace.Node.Name, out var arrived))
                Differentiate(trace, arrived.Value, arrived.IsOwn);
        }

        builder.Backward.InsertRange(0, Preparation);
    }

    /// <summary>Schedules the backward pass of one node.</summary>
    /// <param name="trace">Its forward pass.</param>
    /// <param name="gradient">The gradient of its result.</param>
    /// <param name="isOwn">Whether nobody else reads that.</param>
    public void Differentiate(Trace trace, Value gradient, bool isOwn) =>
        Lowering.Of(trace.Node.Layer).Backward(new BackwardContext(this, trace, gradient, isOwn));

    public bool Needs(string name) => needs.Contains(name);

    public void Give(Node giver, string name, Value value, bool isOwn)
    {
        if (!Needs(name))
            return;
        if (!_gradients.TryGetValue(name, out var sum))
        {
            _gradients.Add(name, (value, isOwn));
            return;
        }

        // The sum goes where nobody else reads.
        var (left, right) = sum.IsOwn ? (sum.Value, value) : isOwn ? (value, sum.Value) : (Copy(giver, sum.Value, sum.Value.Layout, "Sum"), value);
        if (left.Layout.Order != right.Layout.Order)
            right = Copy(giver, right, Demand.Dense(left.Layout.Order).Layout(right.Layout.Volume), "Summand");
        builder.Backward.Add(TrainingBuilder.Step(
            giver,
            "AddGradient",
            StepKind.EachSample,
            new AddToKernel(right.Layout, left.Layout),
            $"{name}: the gradients of its readers added up",
            [right.Operand, left.Operand]));
        _gradients[name] = (left, true);
    }

    public Value NewGradient(Node reader, int source, TensorLayout natural) =>
        Allocate(Names.Gradient(reader, source), GradientLayout(reader, source, natural));

    public TensorLayout GradientLayout(Node reader, int source, TensorLayout natural)
    {
        var name = reader.Sources[source];
        if (name == Network.InputName)
            return natural;
        var maker = choices.Network.Find(name);
        var demand = Lowering.Of(maker.Layer).GradientDemand(maker, choices, maker.Sources.Any(Needs));
        return demand is not null && demand.Order == natural.Order ? demand.Layout(natural.Volume) : natural;
    }

    public Value Allocate(string name, TensorLayout layout) => layout.Volume.Height * layout.Volume.Width == 1 && layout.IsDense
        ? builder.Rows(name, layout, DensePacking.Padded(layout.Length))
        : builder.Volume(name, layout);

    public Value Copy(Node node, Value value, TensorLayout layout, string suffix)
    {
        var copy = Allocate(Names.Local(node.Name, suffix), layout);
        var comment = $"{node.Name}: {(layout.Order == value.Layout.Order ? "gradient copied" : "channels of the gradient reordered")}";
        builder.Backward.Add(TrainingBuilder.Step(
            node, suffix, StepKind.EachSample, new RepackKernel(value.Layout, layout), comment, [value.Operand, copy.Operand]));
        return copy;
    }

    /// <summary>The values at or below which something is trained.</summary>
    public static HashSet<string> Needing(Network network)
    {
        var needing = new HashSet<string>();
        foreach (var node in network.Nodes)
        {
            if (node.Layer.IsTrained(node.Input) || node.Sources.Any(needing.Contains))
                needing.Add(node.Name);
        }

        return needing;
    }
}
