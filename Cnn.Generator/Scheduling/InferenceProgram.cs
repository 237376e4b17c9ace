using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>A forward pass of one sample: calls in order, over tensors that still need a place in the arena.</summary>
/// <param name="Steps">The calls.</param>
/// <param name="Tensors">The layouts of the tensors in the arena, by number.</param>
/// <param name="Outputs">For each node of the declared network the tensor that holds its output, or -1.</param>
internal sealed record InferenceProgram(EquatableArray<Step> Steps, EquatableArray<TensorLayout> Tensors, EquatableArray<int> Outputs)
{
    /// <summary>Gets the type of the elements of the input.</summary>
    public ElementType InputType => Steps.SelectMany(step => step.Arguments)
        .FirstOrDefault(argument => argument.Operand.Kind == OperandKind.Input).Parameter?.Type ?? ElementType.Float32;

    /// <summary>
    /// Whether threads may go on to the next step while one of them takes this: it fills a border, which the next step does not read, but writes what the
    /// border surrounds, or something else. One thread fills all borders that follow each other, so that the others need not wait for each.
    /// </summary>
    public bool GoesBeside(int step) => Steps[step] is { Kernel: BorderKernel } border && step + 1 < Steps.Count
        && Steps[step + 1] is { Kernel: not BorderKernel } next && !next.Read.Any(border.Target.IsWith);

    /// <summary>Gets a value indicating whether the threads of one inference may share its steps.</summary>
    public bool IsShared { get; init; }
}
