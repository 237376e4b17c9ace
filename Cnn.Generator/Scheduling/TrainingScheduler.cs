using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// Turns a network into the two passes of training. Volumes are computed sample by sample, because one sample's activations and
/// the weights stay in the first-level cache; dense layers are computed for the whole batch, as matrix products.
/// </summary>
internal sealed class TrainingScheduler : ForwardContext
{
    private readonly TrainingBuilder _builder = new();
    private readonly List<Trace> _traces = [];
    private readonly Dictionary<string, Trace> _byName = [];
    private readonly HashSet<string> _needs;
    private readonly BackwardReads _backward;
    private readonly List<TrainingStep> _preparation = [];
    private (Operand First, Operand Second) _kept;

    private TrainingScheduler(KernelChoices choices)
        : base(choices)
    {
        _needs = GradientScheduler.Needing(choices.Network);
        _backward = new BackwardReads(choices, _needs);
    }

    public override bool IsTraining => true;

    public TrainingBuilder Builder => _builder;

    public static TrainingProgram Run(Network network, KernelChoices choices)
    {
        var endsInSoftmax = EndsInSoftmax(network, out var last);
        if (endsInSoftmax)
            network = WithoutSoftmax(network, last!);
        var scheduler = new TrainingScheduler(choices.For(network));
        scheduler.Walk(scheduler._builder.Rows(
            Network.InputName, TensorLayout.Dense(network.Input, network.Layout), network.Input.Length));
        var logits = scheduler.Deliver(out var gradient);
        scheduler._builder.Forward.InsertRange(0, scheduler._preparation);
        new GradientScheduler(scheduler.Choices, scheduler._builder, scheduler._traces, scheduler._needs).Run(gradient);
        var builder = scheduler._builder;
        return new TrainingProgram(
            builder.Place(),
            builder.Forward.ToEquatableArray(),
            builder.Backward.ToEquatableArray(),
            logits.Index,
            gradient.Operand.Index,
            endsInSoftmax);
    }

    public override void Call(string suffix, Kernel kernel, string comment, params Operand[] operands) =>
        Add("Training" + suffix, StepKind.EachSample, kernel, comment, operands);

    /// <summary>Adds a call made once for all samples of a thread.</summary>
    public void CallOnce(string suffix, Kernel kernel, string comment, params Operand[] operands) =>
        Add(suffix, StepKind.Batch, kernel, comment, operands);

    /// <summary>Adds a call made once before all others of the forward pass.</summary>
    public void Prepare(string suffix, Kernel kernel, string comment, params Operand[] operands) =>
        _preparation.Add(TrainingBuilder.Step(Node, suffix, StepKind.Batch, kernel, comment, operands) with { Prepares = true });

    public void Exchange(BatchExchange exchange) =>
        _builder.Forward.Add(new TrainingStep(null, StepKind.Exchange) { Exchange = exchange });

    /// <summary>Floats that the samples share.</summary>
    public Operand Shared(string suffix, int floats) => _builder.Shared(Names.Local(Node.Name, suffix), floats);

    /// <summary>Keeps two tensors of the node for its backward pass.</summary>
    public void Keep(Operand first, Operand second) => _kept = (first, second);

    public override Value Scratch(string suffix, TensorLayout layout) => Allocate(Names.Local(Node.Name, suffix), layout);

    public Value Rows(TensorLayout layout, int pitch) => Set(_builder.Rows(Node.Name, layout, pitch));

    public int Pitch(Value value) => _builder.Pitch(value.Operand);

    protected override void Finish(Value result)
    {
        var trace = TraceOf(result) with { Extras = _kept };
        _traces.Add(trace);
        _byName.Add(Node.Name, trace);
        _kept = default;
    }

    private static bool EndsInSoftmax(Network network, out Node? last)
    {
        var name = network.OutputNames[0];
        last = name == Network.InputName ? null : network.Find(name);
        return last is { Layer: SoftmaxLayer };
    }

    /// <summary>The network whose main output are the logits. The softmax stays where something else reads it.</summary>
    private static Network WithoutSoftmax(Network network, Node softmax) => network with
    {
        Nodes = network.OnlyOutputIs(softmax.Name) ? network.Nodes.Where(node => node != softmax).ToEquatableArray() : network.Nodes,
        Outputs = network.OutputNames.Skip(1).Prepend(softmax.Sources[0]).ToEquatableArray(),
    };

    /// <summary>Whether neither another node nor a backward pass reads a source.</summary>
    protected override bool MayOverwrite(int source, Value read)
    {
        var name = Node.Sources[source];
        return _byName.TryGetValue(name, out var maker) && Network.OnlyReader(name) is not null && Node.Sources.Count(other => other == name) == 1
            && !_backward.ReadsTarget(maker, _builder)
            && !_backward.ReadsSource(TraceOf(read), source, _builder)
            && Unsettled(ValueOf(name).Operand, IsOverwritten).All(alias => alias == name);
    }

    protected override Value Allocate(string name, TensorLayout layout)
    {
        var value = layout.Volume.Height * layout.Volume.Width == 1
            ? _builder.Rows(name, layout, DensePacking.Padded(layout.Length))
            : _builder.Volume(name, layout);
        if (layout.BorderIsMinusInfinity)
            Call("Border", new BorderKernel(layout), $"{Node.Name}: the border never wins", value.Operand);
        return value;
    }

    /// <summary>Whether a value that once stood in the same place was overwritten by a node that may.</summary>
    private bool IsOverwritten(string alias) =>
        _byName.TryGetValue(alias, out var maker) && Network.OnlyReader(alias) is { } node && _byName.TryGetValue(node.Name, out var reader)
        && !_backward.ReadsTarget(maker, _builder)
        && !Enumerable.Range(0, node.Sources.Count).Any(source => node.Sources[source] == alias && _backward.ReadsSource(reader, source, _builder));

    /// <summary>The forward pass of the node that is being scheduled, with a result.</summary>
    private Trace TraceOf(Value result) => new(Node, Node.Sources.Select((_, index) => Read(Node, index)).ToEquatableArray(), result);

    private void Add(string suffix, StepKind kind, Kernel kernel, string comment, Operand[] operands) =>
        _builder.Forward.Add(TrainingBuilder.Step(Node, suffix, kind, kernel, comment, operands));

    /// <summary>The logits as the loss reads them: rows of exactly the output's length, in the declared order.</summary>
    private Operand Deliver(out Value gradient)
    {
        var output = Network.Output;
        var names = Network.OutputNames;
        var main = ValueOf(names[0]);
        var wanted = TensorLayout.Dense(names.Count == 1 ? main.Layout.Volume : output, Network.Layout);
        var isExact = names.Count == 1 && main.Operand.Index != 0 && Pitch(main) == output.Length && main.Layout.IsDense
            && main.Layout.Order == wanted.Order;
        gradient = _builder.Rows("logitsGradient", wanted, output.Length);
        if (isExact)
            return _builder.Keep(main.Operand);

        var logits = _builder.Rows("logits", wanted, output.Length);
        var offset = 0;
        foreach (var name in names)
        {
            var value = ValueOf(name);
            var place = new Value(logits.Operand.Plus(offset), TensorLayout.Dense(value.Layout.Volume, Network.Layout));
            CallCopy(value, place, "Logits");
            offset += value.Layout.Volume.Length;
        }

        return logits.Operand;
    }
}

/// <summary>What the backward pass must know of a node's forward pass: the values it read and wrote.</summary>
internal sealed record Trace(Node Node, EquatableArray<Value> Sources, Value Target)
{
    /// <summary>Gets what else the forward pass kept.</summary>
    public (Operand First, Operand Second) Extras { get; init; }
}
