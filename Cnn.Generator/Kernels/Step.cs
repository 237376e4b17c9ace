using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>The buffer that an argument of a step refers to.</summary>
internal enum OperandKind
{
    Input,
    Output,
    Weights,
    Gradients,
    Tensor,
}

/// <summary>An argument of a step: a buffer of the caller, the weights, or a planned tensor by its number, each from an offset on.</summary>
internal readonly record struct Operand(OperandKind Kind, int Index, int Offset = 0)
{
    public static Operand Input => new(OperandKind.Input, 0);

    public static Operand Output(int offset = 0) => new(OperandKind.Output, 0, offset);

    public static Operand Weights(int offset) => new(OperandKind.Weights, 0, offset);

    public static Operand Gradients(int offset) => new(OperandKind.Gradients, 0, offset);

    public static Operand Tensor(int index, int offset = 0) => new(OperandKind.Tensor, index, offset);

    public Operand Plus(int offset) => this with { Offset = Offset + offset };

    /// <summary>Whether it lies in the same buffer as another one.</summary>
    public bool IsWith(Operand other) => Kind == other.Kind && Index == other.Index;
}

/// <summary>A parameter and the operand that a step hands over for it.</summary>
internal readonly record struct Argument(Parameter Parameter, Operand Operand);

/// <summary>One call in a program.</summary>
/// <param name="Name">The stem of the method's name: <c>Conv1</c>.</param>
/// <param name="Kernel">The kernel that is called.</param>
/// <param name="Operands">The references handed over, one for each of the kernel's parameters that are references, in their order.</param>
/// <param name="Comment">The sentence that stands before the call and in the documentation.</param>
/// <param name="Node">Index of the node it computes.</param>
internal sealed record Step(string Name, Kernel Kernel, EquatableArray<Operand> Operands, string Comment, int Node)
{
    /// <summary>The kind of kernel and its number of operands: a step without a source or a target has no text for those.</summary>
    public override string ToString() => Kernel.GetType().Name + " of " + Text.Count(Operands.Count, "operand");

    /// <summary>Gets the references handed over, each with its parameter.</summary>
    public IEnumerable<Argument> Arguments =>
        Kernel.References.Zip(Operands, (parameter, operand) => new Argument(parameter, operand));

    /// <summary>Gets what it reads: values, and parameters of the network.</summary>
    public IEnumerable<Operand> Read => Arguments.Where(argument => argument.Parameter.IsRead).Select(argument => argument.Operand);

    /// <summary>Gets what it changes, its scratch memory included.</summary>
    public IEnumerable<Operand> Written => Arguments.Where(argument => argument.Parameter.IsWritten).Select(argument => argument.Operand);

    /// <summary>Gets the value that it reads first.</summary>
    public Operand Source => Of(Role.Reads);

    /// <summary>Gets what it computes.</summary>
    public Operand Target => Of(Role.Writes);

    /// <summary>Gets the tensors whose content matters before the call or after it: all but its scratch memory.</summary>
    public IEnumerable<int> Tensors => Arguments
        .Where(argument => argument.Operand.Kind == OperandKind.Tensor && argument.Parameter.Role != Role.Scratch)
        .Select(argument => argument.Operand.Index);

    /// <summary>
    /// Gets the operands that do not fit their parameters, in number or kind: for each the name of the parameter, empty where it is the number, and
    /// what is wrong.
    /// </summary>
    public IEnumerable<(string Parameter, string Text)> Misfits => Kernel.References.Count != Operands.Count
        ? [("", $"is handed {Text.Number(Operands.Count)} references for {Text.Number(Kernel.References.Count)}")]
        : Arguments.Where(argument => !argument.Parameter.Takes(argument.Operand.Kind))
            .Select(argument => (argument.Parameter.Name, $"{argument.Parameter.Role} {argument.Operand.Kind}".ToLowerInvariant()));

    private Operand Of(Role role) => Arguments.First(argument => argument.Parameter.Role == role).Operand;
}
