using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>A forward pass of one sample: calls in order, over tensors that still need a place in the arena.</summary>
/// <param name="Steps">The calls.</param>
/// <param name="Tensors">The layouts of the tensors in the arena, by number.</param>
/// <param name="Outputs">For each node of the declared network the tensor that holds its output, or -1.</param>
internal sealed record InferenceProgram(EquatableArray<Step> Steps, EquatableArray<TensorLayout> Tensors, EquatableArray<int> Outputs)
{
    /// <summary>Gets a value indicating whether the threads of one inference may share its steps.</summary>
    public bool IsShared { get; init; }
}
