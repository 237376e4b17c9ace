using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>A buffer of the training workspace.</summary>
/// <param name="Name">What it holds, as the generated code names it.</param>
/// <param name="Layout">How one sample lies in it.</param>
/// <param name="Floats">Floats, of one sample where <paramref name="PerSample"/>.</param>
/// <param name="PerSample">Whether every sample of the batch has its own.</param>
internal sealed record TrainingTensor(string Name, TensorLayout Layout, int Floats, bool PerSample);

/// <summary>One call of a training pass: for each sample of the batch, or once for all.</summary>
internal sealed record TrainingStep(Step Step, bool PerSample);

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
