using System;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Xunit;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>A step hands a kernel what its parameters ask for.</summary>
public sealed class StepTests
{
    private static readonly Operand Tensor = Operand.Tensor(0);

    [Fact]
    public void A_step_is_made_of_operands_that_fit() => Assert.Equal(2, Make(Operand.Input, Operand.Output()).Operands.Count);

    [Fact]
    public void A_step_is_not_made_of_operands_too_few() => Refuses("is handed 1 references for 2", Tensor);

    [Fact]
    public void A_step_is_not_made_of_operands_too_many() => Refuses("is handed 3 references for 2", Tensor, Tensor, Tensor);

    [Fact]
    public void A_step_does_not_write_the_input_of_the_network() => Refuses("target writes input", Tensor, Operand.Input);

    [Fact]
    public void A_step_does_not_read_the_output_of_the_network() => Refuses("source reads output", Operand.Output(), Tensor);

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
        var exception = Assert.Throws<InvalidOperationException>(() => Make(operands));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    private static Step Make(params Operand[] operands) =>
        new("Copy1", KernelSamples.All.OfType<RepackKernel>().First(), operands.ToEquatableArray(), "", 0);
}
