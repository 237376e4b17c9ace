using System;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>Prints the call of one step.</summary>
internal static class CallEmitter
{
    /// <param name="writer">The writer of the file.</param>
    /// <param name="table">The names of the kernels.</param>
    /// <param name="step">The step.</param>
    /// <param name="operand">The text of the argument for an operand.</param>
    /// <param name="sample">The number of the sample in its batch.</param>
    /// <param name="count">The number of samples in a batch.</param>
    public static void Emit(
        CodeWriter writer, KernelTable table, Step step, Func<Operand, string> operand, string sample, string count = "batch.Count") =>
        writer.Line(Call(table, step, operand, sample, count));

    /// <summary>Prints the call of a step of an inference that threads may share: one of them does what cannot be divided.</summary>
    /// <param name="writer">The writer of the file.</param>
    /// <param name="table">The names of the kernels.</param>
    /// <param name="step">The step.</param>
    /// <param name="isBeside">Whether the others go on meanwhile.</param>
    /// <param name="operand">The text of the argument for an operand.</param>
    public static void EmitShared(CodeWriter writer, KernelTable table, Step step, bool isBeside, Func<Operand, string> operand)
    {
        var call = Call(table, step, operand, "", "");
        writer.Line(step.Kernel.IsShared ? call : $"{(isBeside ? Turns.Beside : Turns.Once)} {call}");
    }

    /// <summary>A reference moved by a literal number of floats.</summary>
    public static string At(string reference, int offset) => offset == 0
        ? "ref " + reference
        : $"ref Add(ref {reference}, {offset})";

    private static string Call(KernelTable table, Step step, Func<Operand, string> operand, string sample, string count)
    {
        var name = table.NameOf(step);
        string[] turns = step.Kernel.IsShared ? [Turns.Argument] : [];
        var numbers = step.Kernel.Parameters.Where(parameter => !parameter.IsReference).Select(parameter => parameter.Role switch
        {
            Role.Count => count,
            Role.Sample => sample,
            _ => "batch.Seed",
        });
        return $"{name}({string.Join(", ", turns.Concat(step.Operands.Select(operand)).Concat(numbers))});";
    }
}
