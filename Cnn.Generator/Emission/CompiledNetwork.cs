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
    /// <summary>Gets the inference from bytes; null if the input declares no scaling.</summary>
    public ByteInference? Bytes { get; init; }

    /// <summary>Gets the inference of several samples together; null if each is by itself.</summary>
    public BatchInference? Batch { get; init; }

    /// <summary>Gets the file of weights that is part of the assembly; null if none is declared.</summary>
    public string? WeightsPath { get; init; }

    /// <summary>Gets the order of that file's numbers, as C#; empty where the file says it.</summary>
    public string WeightsOrder { get; init; } = "";

    /// <summary>Gets a value indicating whether inference poisons memory that holds nothing and guards what does.</summary>
    public bool ChecksMemory { get; init; }

    /// <summary>Gets the bytes of the arena, large enough for every way in.</summary>
    public int ArenaBytes => System.Math.Max(Arena.Bytes, Bytes?.Arena.Bytes ?? 0);

    /// <summary>Gets a value indicating whether inference has weights of its own, with batch normalisation folded in.</summary>
    public bool Folds => !ReferenceEquals(InferenceChoices, TrainingChoices);
}

/// <summary>The calls of an inference that begins with bytes, and their arena.</summary>
internal sealed record ByteInference(InferenceProgram Program, ArenaPlan Arena);
