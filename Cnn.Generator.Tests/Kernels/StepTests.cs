using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;
using Xunit;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>A step hands a kernel what its parameters ask for.</summary>
public sealed class StepTests
{
    private static readonly Operand Tensor = Operand.Tensor(0);

    [Fact]
    public void Operands_of_the_kinds_that_the_parameters_take_fit() => Assert.Empty(Misfits<RepackKernel>(Operand.Input, Operand.Output()));

    [Fact]
    public void A_call_reads_what_stands_in_the_output_of_the_network() => Assert.Empty(Misfits<RepackKernel>(Operand.Output(), Tensor));

    [Fact]
    public void Too_few_operands_do_not_fit() => Refuses("is handed 1 references for 2", Tensor);

    [Fact]
    public void Too_many_operands_do_not_fit() => Refuses("is handed 3 references for 2", Tensor, Tensor, Tensor);

    [Fact]
    public void A_step_does_not_write_the_input_of_the_network() => Refuses("target writes input", Tensor, Operand.Input);

    [Fact]
    public void A_step_does_not_write_gradients_anew() => Refuses("target writes gradients", Tensor, Operand.Gradients(0));

    [Fact]
    public void A_step_takes_weights_for_parameters_of_weights_alone() => Refuses("source reads weights", Operand.Weights(0), Tensor);

    [Fact]
    public void Scratch_memory_is_not_a_tensor_whose_content_matters()
    {
        var step = KernelSamples.Calls.First(step => step.Arguments.Any(argument => argument.Parameter.Role == Role.Scratch));
        var scratch = step.Arguments.Single(argument => argument.Parameter.Role == Role.Scratch).Operand;

        Assert.DoesNotContain(scratch.Index, step.Tensors);
        Assert.Contains(step.Target.Index, step.Tensors);
    }

    private static void Refuses(string reason, params Operand[] operands)
    {
        var (parameter, text) = Assert.Single(Misfits<RepackKernel>(operands));
        Assert.Equal(reason, $"{parameter} {text}".TrimStart());
    }

    private static IEnumerable<(string Parameter, string Text)> Misfits<TKernel>(params Operand[] operands)
        where TKernel : Kernel => new Step("", KernelSamples.All.OfType<TKernel>().First(), [.. operands], "", 0).Misfits;
}
