using Cnn.Generator.Graph;
using Cnn.Generator.Planning;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>Everything the emitters print: the declared network and what the stages made of it.</summary>
internal sealed record CompiledNetwork(
    Network Declared,
    KernelChoices Choices,
    InferenceProgram Inference,
    ArenaPlan Arena,
    TrainingProgram Training,
    WorkspacePlan Workspace);
