using Cnn.Generator.Graph;
using Cnn.Generator.Planning;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>Everything the emitters print: the declared network and what the stages made of it.</summary>
internal sealed record CompiledNetwork(
    Network Declared,
    KernelChoices InferenceChoices,
    KernelChoices TrainingChoices,
    InferenceProgram Inference,
    ArenaPlan Arena,
    TrainingProgram Training,
    WorkspacePlan Workspace)
{
    /// <summary>Gets a value indicating whether inference has weights of its own, with batch normalisation folded in.</summary>
    public bool Folds => !ReferenceEquals(InferenceChoices, TrainingChoices);
}
