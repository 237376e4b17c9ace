using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>The backward pass of one node while it is scheduled.</summary>
internal sealed class BackwardContext(GradientScheduler scheduler, Trace trace, Value gradient, bool isOwn)
{
    /// <summary>The suffix of calls that compute the gradient of the source alone: the last of their layer.</summary>
    public const string InputGradient = "InputGradient";

    private Value _gradient = gradient;
    private bool _isOwn = isOwn;

    public KernelChoices Choices => scheduler.Choices;

    public TrainingBuilder Builder => scheduler.Builder;

    public Node Node => trace.Node;

    /// <summary>Gets the result of the forward pass.</summary>
    public Value Target => trace.Target;

    /// <summary>Gets what else the forward pass kept.</summary>
    public (Operand First, Operand Second) Extras => trace.Extras;

    public Placed Placed => Choices.Of(Node);

    public Operand Weights => Operand.Weights(Placed.Offset);

    /// <summary>Gets where the gradients of the node's weights stand; kernels add to them.</summary>
    public Operand WeightsGradient => Operand.Gradients(Placed.Offset);

    /// <summary>What the forward pass read of a source.</summary>
    public Value Source(int index) => trace.Sources[index];

    /// <summary>Whether the gradient of a source is wanted.</summary>
    public bool Needs(int source) => scheduler.Needs(Node.Sources[source]);

    /// <summary>Whether the node's own parameters are trained.</summary>
    public bool IsTrained => Node.Layer.IsTrained(Node.Input);

    /// <summary>Gets a value indicating whether nobody else reads the gradient of the result.</summary>
    public bool OwnsGradient => _isOwn;

    /// <summary>The gradient of the result, as it stands.</summary>
    public Value Gradient() => _gradient;

    /// <summary>The gradient of the result as a kernel demands it.</summary>
    public Value Gradient(Demand demand, bool isDense = false)
    {
        if (!demand.IsMetBy(_gradient.Layout) || (isDense && !_gradient.Layout.IsDense))
        {
            _gradient = scheduler.Copy(Node, _gradient, demand.Layout(_gradient.Layout.Volume), "Gradient");
            _isOwn = true;
        }

        return _gradient;
    }

    /// <summary>The gradient of the result in an order, for a kernel that overwrites it.</summary>
    public Value OwnGradient(VolumeLayout order, bool isDense = false)
    {
        Gradient(Demand.Dense(order), isDense);
        if (!_isOwn)
        {
            _gradient = scheduler.Copy(Node, _gradient, _gradient.Layout, "OwnGradient");
            _isOwn = true;
        }

        return _gradient;
    }

    /// <summary>A place for the gradient of a source, in the layout that the source's maker asks for.</summary>
    public Value NewGradient(int source, TensorLayout natural) => scheduler.NewGradient(Node, source, natural);

    /// <summary>The layout in which the maker of a source asks for its gradient, if that lies in the order of the natural one.</summary>
    public TensorLayout GradientLayout(int source, TensorLayout natural) => scheduler.GradientLayout(Node, source, natural);

    /// <summary>A place for the gradient of a source in exactly this layout.</summary>
    public Value GradientOf(int source, TensorLayout layout) => scheduler.Allocate(Names.Gradient(Node, source), layout);

    /// <summary>Rows for the gradient of a source with a pitch of their own.</summary>
    public Value GradientRows(int source, TensorLayout layout, int pitch) => scheduler.Builder.Rows(Names.Gradient(Node, source), layout, pitch);

    /// <summary>A place in exactly this layout.</summary>
    public Value Scratch(string suffix, TensorLayout layout) => scheduler.Allocate(Names.Local(Node.Name, suffix), layout);

    /// <summary>Rows of vectors with a pitch of their own.</summary>
    public Value Rows(string suffix, TensorLayout layout, int pitch) => scheduler.Builder.Rows(Names.Local(Node.Name, suffix), layout, pitch);

    /// <summary>Floats that the samples share.</summary>
    public Operand Shared(string suffix, int floats) => scheduler.Builder.Shared(Names.Local(Node.Name, suffix), floats);

    public int Pitch(Value value) => scheduler.Builder.Pitch(value.Operand);

    /// <summary>Hands a source its gradient.</summary>
    /// <param name="source">The source.</param>
    /// <param name="value">The gradient.</param>
    /// <param name="isOwn">Whether nobody else reads it, so that whoever gets it may change it.</param>
    public void Give(int source, Value value, bool isOwn = true) => scheduler.Give(Node, Node.Sources[source], value, isOwn);

    /// <summary>Hands a source the gradient of the result as it is.</summary>
    public void Pass(int source, bool isOnly) => Give(source, _gradient, _isOwn && isOnly);

    /// <summary>Adds a call that each sample makes.</summary>
    public void Call(string suffix, Kernel kernel, string comment, params Operand[] operands) =>
        Add(suffix, StepKind.EachSample, kernel, comment, operands);

    /// <inheritdoc cref="Call(string, Kernel, string, Operand[])"/>
    public void Call(Kernel kernel, params Operand[] operands) => Call("Gradient", kernel, $"{Node.Name}: backward", operands);

    /// <summary>Adds a call made once for all samples of a thread.</summary>
    public void CallOnce(string suffix, Kernel kernel, string comment, params Operand[] operands) =>
        Add(suffix, StepKind.Batch, kernel, comment, operands);

    /// <summary>Adds a call made once before all others of the backward pass.</summary>
    public void Prepare(string suffix, Kernel kernel, string comment, params Operand[] operands) =>
        scheduler.Preparation.Add(
            TrainingBuilder.Step(Node, suffix, StepKind.Batch, kernel, comment, operands) with { Prepares = true });

    public void Exchange(BatchExchange exchange) =>
        scheduler.Builder.Backward.Add(new TrainingStep(null, StepKind.Exchange) { Exchange = exchange });

    private void Add(string suffix, StepKind kind, Kernel kernel, string comment, Operand[] operands) =>
        scheduler.Builder.Backward.Add(
            TrainingBuilder.Step(Node, suffix, kind, kernel, comment, operands) with { IsForSource = suffix == InputGradient });
}
