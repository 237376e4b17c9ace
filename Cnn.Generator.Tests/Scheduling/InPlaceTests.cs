using System.Linq;
using Cnn.Generator.Tests.Planning;
using Xunit;

namespace Cnn.Generator.Tests.Scheduling;

/// <summary>Results of training that take the place of what they are computed from, where no later call reads it.</summary>
public sealed class InPlaceTests
{
    [Theory]
    [InlineData("[Conv(8, 1), BatchNorm, Relu, Conv(8, 1)]", "Relu1Training")]
    [InlineData("[Conv(8, 1), BatchNorm, Sigmoid, Conv(8, 1)]", "Sigmoid1Training")]
    [InlineData("[Conv(8, 1), AvgPool(2), Sigmoid, Conv(8, 1)]", "Sigmoid1Training")]
    [InlineData("[Conv(8, 1), BatchNorm, Flatten, Tanh, Dense(4)]", "Tanh1Batch")]
    [InlineData("[Conv(8, 1, Name = \"a\"), BatchNorm, Add(\"a\"), Conv(8, 1)]", "Add1Training")]
    public void A_result_takes_the_place_of_a_value_that_the_backward_pass_does_not_read(string layers, string name) => Assert.True(IsInPlace(layers, name));

    [Theory]
    [InlineData("[Crop(1), Gelu, Conv(8, 1)]", "Gelu1Training")]
    [InlineData("[Sigmoid, Tanh, Conv(8, 1)]", "Tanh1Training")]
    [InlineData("[Conv(8, 1, Name = \"a\"), Multiply(\"input\"), Conv(8, 1)]", "Multiply1Training")]
    public void A_result_takes_the_place_of_a_value_of_which_no_gradient_is_wanted(string layers, string name) => Assert.True(IsInPlace(layers, name));

    [Theory]
    [InlineData("[Conv(8, 1), BatchNorm, Gelu, Conv(8, 1)]", "Gelu1Training")]
    [InlineData("[Conv(8, 1), BatchNorm, Sigmoid, Tanh, Conv(8, 1)]", "Tanh1Training")]
    [InlineData("[Conv(8, 1), BatchNorm, Sigmoid, Flatten, Tanh, Dense(4)]", "Tanh1Batch")]
    [InlineData("[Conv(8, 1, Name = \"a\"), Conv(8, 1, Name = \"b\"), Multiply(\"a\"), Conv(8, 1)]", "Multiply1Training")]
    [InlineData("[Conv(8, 1, Name = \"a\"), Tanh, Add(\"a\"), Conv(8, 1)]", "Tanh1Training")]
    public void A_value_that_a_later_call_reads_stays(string layers, string name) => Assert.False(IsInPlace(layers, name));

    private static bool IsInPlace(string layers, string name)
    {
        var program = CheckedPrograms.Of("[Input(8, 8, 8)] " + layers).Training!;
        var step = program.Forward.Select(step => step.Step).Single(step => step?.Name == name)!;
        return step.Source == step.Target;
    }
}
