using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>A buffer of the training workspace.</summary>
/// <param name="Name">What it holds, as the generated code names it.</param>
/// <param name="Layout">How one sample lies in it.</param>
/// <param name="Floats">Floats, of one sample where <paramref name="PerSample"/>.</param>
/// <param name="PerSample">Whether every sample of the batch has its own.</param>
internal sealed record TrainingTensor(string Name, TensorLayout Layout, int Floats, bool PerSample);

/// <summary>How often a step of training is called.</summary>
internal enum StepKind
{
    /// <summary>For each sample of the batch.</summary>
    EachSample,

    /// <summary>Once for all samples that a thread has.</summary>
    Batch,

    /// <summary>Not at all: the threads wait for each other, and the runtime brings their statistics together.</summary>
    Exchange,
}

/// <summary>One call of a training pass.</summary>
internal sealed record TrainingStep(Step? Step, StepKind Kind)
{
    /// <summary>Gets a value indicating whether it only brings weights into another order, in front of the pass.</summary>
    public bool Prepares { get; init; }

    /// <summary>Gets a value indicating whether it serves nothing but the layers below its own.</summary>
    public bool IsForSource { get; init; }

    /// <summary>Gets what is exchanged; null for a call.</summary>
    public BatchExchange? Exchange { get; init; }
}

/// <summary>Statistics of a batch that threads compute in parts.</summary>
/// <param name="Statistics">The shared tensor that holds two numbers a channel.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Elements">Elements of a channel in one sample.</param>
/// <param name="RunningMean">Where the running averages stand in the weights; -1 for sums of the backward pass.</param>
/// <param name="RunningVariance">The same for the variances.</param>
/// <param name="Momentum">The share of the new value in the running average.</param>
internal sealed record BatchExchange(
    int Statistics, int Channels, int Elements, int RunningMean, int RunningVariance, double Momentum);

/// <summary>The forward and the backward pass over a batch.</summary>
/// <param name="Tensors">The workspace; tensor 0 holds the inputs.</param>
/// <param name="Forward">Calls of the forward pass.</param>
/// <param name="Backward">Calls of the backward pass.</param>
/// <param name="Logits">The tensor of the logits.</param>
/// <param name="LogitsGradient">The tensor of their gradient, laid out as they are.</param>
/// <param name="EndsInSoftmax">Whether a softmax was left to the loss.</param>
internal sealed record TrainingProgram(
    EquatableArray<TrainingTensor> Tensors,
    EquatableArray<TrainingStep> Forward,
    EquatableArray<TrainingStep> Backward,
    int Logits,
    int LogitsGradient,
    bool EndsInSoftmax);
