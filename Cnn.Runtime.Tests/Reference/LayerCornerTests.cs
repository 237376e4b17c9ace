using System;
using System.Linq;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>
/// The arguments that the layers of graphs refuse, and the corners of their definitions that no random case is sure to reach.
/// </summary>
public sealed class LayerCornerTests
{
    [Fact]
    public void Groups_that_do_not_divide_the_channels_are_refused()
    {
        Refused("3 groups divide 4 input channels", () => Convolution.Forward(new Volume(4, 2, 2), [], null, 6, new Window(1, 1), 3));
        Refused("and 3 filters", () => ConvTranspose.Forward(new Volume(4, 2, 2), [], null, 3, new Window(1, 1), groups: 2));
        Refused("2 groups divide 3 channels", () => GroupNorm.Forward(new Volume(3, 2, 2), null, null, 2, 0.1));
        Refused("multiple of 4 channels", () => PixelShuffle.Forward(new Volume(3, 2, 2), 2));
    }

    [Fact]
    public void A_transposed_convolution_that_leaves_nothing_or_pads_its_output_too_far_is_refused()
    {
        Refused("leaves 0 rows", () => ConvTranspose.Outputs(new VolumeShape(1, 1, 1), 1, new Window(2, 2, 1, 1, 0, 1, 0)));
        Refused("not below the stride", () => ConvTranspose.Outputs(new VolumeShape(1, 3, 3), 1, new Window(2, 2, 2), 2));
    }

    [Fact]
    public void Batch_statistics_of_a_single_element_or_of_different_shapes_are_refused()
    {
        Refused("more than one element", () => BatchNorm.Statistics([Volume.Vector([1, 2, 3])]));
        Refused("one shape", () => BatchNorm.Statistics([new Volume(1, 2, 2), new Volume(1, 2, 3)]));
        Refused("at least one sample", () => BatchNorm.Statistics([]));
    }

    [Fact]
    public void Shapes_that_cannot_be_joined_are_refused_with_both()
    {
        VolumeShape[] shapes = [new(2, 3, 4), new(3, 3, 4)];

        Refused("2x3x4 and 3x3x4", () => Add.Outputs(shapes));
        Refused("2x3x4 and 3x3x4", () => Multiply.Outputs(shapes));
        Refused("2x3x4 and 2x4x4", () => Concat.Outputs([shapes[0], new VolumeShape(2, 4, 4)]));
        Refused("2x3x4 and 2x3x1", () => Multiply.Outputs([shapes[0], new VolumeShape(2, 3, 1)]));
    }

    [Fact]
    public void Padding_that_mirrors_more_than_there_is_and_cropping_that_leaves_nothing_are_refused()
    {
        Refused("mirrored", () => Pad.Forward(new Volume(1, 3, 2), 0, 2, 0, 0, ReferencePadding.Reflect));
        Refused("not negative", () => Pad.Forward(new Volume(1, 3, 2), -1, 0, 0, 0));
        Refused("Nothing is left", () => Crop.Forward(new Volume(1, 3, 2), 2, 0, 1, 0));
        Refused("holds 6 numbers", () => Reshape.Forward(new Volume(1, 3, 2), new VolumeShape(1, 2, 2), false));
    }

    [Fact]
    public void Ceil_mode_adds_a_window_only_if_it_starts_inside_the_input_or_before_it()
    {
        Assert.Equal(3, new Window(2, 2, 2) { CeilMode = true }.OutputHeight(5));
        Assert.Equal(2, new Window(2, 2, 3, 1, 1, 1, 1) { CeilMode = true }.OutputHeight(5));
        Assert.Equal(2, new Window(2, 2, 3, 0, 0, 1, 1) { CeilMode = true }.OutputHeight(5));
        Assert.Equal(1, new Window(3, 3, 2) { CeilMode = true }.OutputHeight(2));
        Refused("does not fit", () => new Window(3, 3, 1) { CeilMode = true }.OutputHeight(2));
    }

    [Fact]
    public void An_average_counts_what_lies_on_the_padded_input_or_on_the_input_and_is_zero_over_padding_alone()
    {
        var ones = new Volume(1, 3, 1, [1, 1, 1]);
        var ceil = new Window(2, 1, 2, 1) { CeilMode = true };

        Assert.Equal([0.5, 1], AveragePooling.Forward(ones, ceil).Values);
        Assert.Equal([1, 1], AveragePooling.Forward(ones, ceil, countIncludePad: false).Values);
        Assert.Equal([0, 1, 1, 1], AveragePooling.Forward(ones, new Window(1, 1, 1, 1), countIncludePad: false).Values);
        Assert.Equal([1, 0.5], AveragePooling.Forward(ones, new Window(2, 1, 2, 0, 0, 1), countIncludePad: true).Values);
    }

    [Fact]
    public void Global_and_adaptive_pooling_see_the_windows_of_their_formulas()
    {
        var input = new Volume(2, 1, 5, [1, 2, 3, 4, 5, 7, 7, -1, 7, 0]);

        Assert.Equal([3, 4], GlobalAveragePooling.Forward(input).Values);
        Assert.Equal([5, 7], GlobalMaxPooling.Forward(input).Values);
        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 0, 0, 0], GlobalMaxPooling.Backward(input, new Volume(2, 1, 1, [1, 2])).Values);

        // Two windows of five columns: 0 to 2 and 2 to 4.
        Assert.Equal([2, 4, 13.0 / 3, 2], AdaptiveAveragePooling.Forward(input, 1, 2).Values);
    }

    [Fact]
    public void Derivatives_at_the_kinks_are_those_of_PyTorch()
    {
        double[] x = [-3, 0, 3, 6];
        double[] one = [1, 1, 1, 1];

        Assert.Equal([0, 0, 1, 0], Relu6.Backward(x, one));
        Assert.Equal([1, 1, 1, 0], Clip.Backward(x, one, -3, 3));
        Assert.Equal([-0.5, 0.5, 1, 1], HardSwish.Backward(x, one));
        Assert.Equal([0, 1.0 / 6, 0, 0], HardSigmoid.Backward(x, one));
        Assert.Equal(0.7, Elu.Backward(x, one, 0.7)[1]);
        Assert.Equal(Selu.Scale * Selu.Alpha, Selu.Backward(x, one)[1]);
        Assert.Equal(0.25, PRelu.Backward(Volume.Vector(x), [0.25], Volume.Vector(one), [0]).Values[1]);
    }

    [Fact]
    public void Functions_that_end_in_lines_do_not_overflow()
    {
        double[] x = [-800, 800];

        Assert.Equal([0, 800], Silu.Forward(x).Select(value => Math.Round(value, 9)));
        Assert.Equal([0, 800], Mish.Forward(x).Select(value => Math.Round(value, 9)));
        Assert.Equal([0, 800], Softplus.Forward(x, threshold: 1e6));
        Assert.Equal([0, 800], Gelu.Forward(x).Select(value => Math.Round(value, 9)));
        Assert.Equal([-1, 800], Elu.Forward(x));
        Assert.All(Mish.Backward(x, [1, 1]).Concat(Silu.Backward(x, [1, 1])), value => Assert.True(double.IsFinite(value)));
        Assert.Equal([800, 0], [BinaryCrossEntropy.Forward([800], [0]), BinaryCrossEntropy.Forward([-800], [0])]);
    }

    private static void Refused(string message, Func<object> call) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(call).Message);
}
