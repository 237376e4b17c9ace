using System;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Scheduling;

public sealed class KernelChoiceTests
{
    private const string FiveRows = "two rows at a time by Winograd's minimal filtering: 7 products instead of 10";

    [Fact]
    public void Six_filters_over_wide_rows_are_vectorised_across_the_width()
    {
        var choice = Choice(Sources.Lecture, "conv1");

        Assert.True(choice.ByWidth);
        Assert.Equal(VolumeLayout.Chw, choice.SourceOrder);
        Assert.Equal(VolumeLayout.Chw, choice.TargetOrder);
        Assert.Equal("vectorised across the width: 100 % of the lanes work, against 75 % or 38 % across 6 channels; " + FiveRows, choice.Reason);
    }

    [Fact]
    public void Sixteen_filters_over_narrow_rows_are_vectorised_across_the_channels()
    {
        var choice = Choice(Sources.Lecture, "conv2");

        Assert.False(choice.ByWidth);
        Assert.Equal(VolumeLayout.Hwc, choice.TargetOrder);
        Assert.Equal("vectorised across the output channels: 100 % of the lanes work, against 78 % or 69 % across the width; " + FiveRows, choice.Reason);
    }

    [Theory]
    [InlineData("Conv(6, 5, Stride = 2)", "its windows are not adjacent")]
    [InlineData("Conv(6, 27)", "its rows are shorter than a vector")]
    [InlineData("Conv(6, 9, 3)", "its kernel is taller than what is unrolled")]
    public void What_the_width_cannot_do_goes_across_the_channels(string conv, string because)
    {
        var choice = Choice($"using Cnn;\n[Input(32, 32, 3), {conv}] public partial class Single;", "conv1");

        Assert.False(choice.ByWidth, because);
        Assert.Equal("vectorised across the output channels: 75 % or 38 % of the lanes work", choice.Reason);
    }

    [Theory]
    [InlineData("Conv(16, 5)", true)]
    [InlineData("Conv(16, 7)", true)]
    [InlineData("Conv(64, 5, 30)", true)]
    [InlineData("Conv(16, 5, Stride = 2)", false)]
    [InlineData("Conv(16, 5, Dilation = 2)", false)]
    [InlineData("Conv(16, 1, 5)", false)]
    [InlineData("Conv(16, 8)", false)]
    [InlineData("Conv(16, 6)", false)]
    [InlineData("Conv(3, 5)", false)]
    [InlineData("Conv(16, 6), MaxPool(2)", true)]
    [InlineData("Conv(15, 5, Groups = 3)", false)]
    [InlineData("Conv(3, 5, Padding = 2), Add(\"input\")", false)]
    public void Adjacent_windows_over_an_even_number_of_rows_go_in_pairs(string conv, bool isPaired)
    {
        var source = $"using Cnn;\n[Input(32, 32, 3), {conv}] public partial class Single;";

        Assert.Equal(isPaired, Choice(source, "conv1").Pairs is not null);
    }

    /// <summary>The transformed pairs of rows must stay in the cache: 4 x 130 x 60 floats do, 4 x 130 x 64 do not.</summary>
    [Theory]
    [InlineData(60, true)]
    [InlineData(64, false)]
    public void Only_rows_that_stay_in_the_cache_go_in_pairs(int channels, bool isPaired)
    {
        var source = $"using Cnn;\n[Input(16, 130, {channels}), Conv(20, 3)] public partial class Single;";

        Assert.Equal(isPaired, Choice(source, "conv1").Pairs is not null);
    }

    /// <summary>Over planes a tile unrolls all rows and columns of the kernel.</summary>
    [Theory]
    [InlineData("Conv(16, 5)", true)]
    [InlineData("Conv(16, 7, 3)", true)]
    [InlineData("Conv(16, 7)", false)]
    [InlineData("Conv(16, 3, 30)", false)]
    public void Over_planes_only_small_kernels_go_in_pairs_across_the_channels(string conv, bool isPaired)
    {
        var source = $"using Cnn;\n[Input(32, 36, 3, Layout = Layout.Chw), {conv}] public partial class Single;";

        var choice = Choice(source, "conv1");

        Assert.False(choice.ByWidth);
        Assert.Equal(isPaired, choice.Pairs is not null);
    }

    [Fact]
    public void The_generated_code_gives_the_reason_above_the_kernel_and_in_the_documentation()
    {
        var source = Harness.Run(Sources.Lecture).Source;
        var documentation = Regex.Replace(source, @"\n\s*/// ", " ");

        foreach (var name in new[] { "conv1", "conv2" })
        {
            var reason = Choice(Sources.Lecture, name).Reason;
            Assert.Contains("// " + reason + "\n", source, StringComparison.Ordinal);
            Assert.Contains($"<para>{name}: {reason}.</para>", documentation, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_planar_input_is_read_where_it_is()
    {
        var planar = Sources.Lecture.Replace("[Input(32, 32, 3)]", "[Input(32, 32, 3, Layout = Layout.Chw)]", StringComparison.Ordinal);
        var program = CompilerPipeline.Lower(Declarations.Network(planar)).Inference;

        Assert.DoesNotContain(program.Steps, step => step.Kernel is RepackKernel);
        Assert.Equal(
            ["Conv1Kernels", "Conv1", "Conv2Kernels", "Conv2", "Dense1", "Dense2", "Dense3", "Softmax1"],
            program.Steps.Where(step => step.Kernel is not BorderKernel).Select(step => step.Name));
    }

    [Fact]
    public void Channels_innermost_are_reordered_once_for_a_kernel_across_the_width()
    {
        var program = CompilerPipeline.Lower(Declarations.Network(Sources.Lecture)).Inference;

        Assert.Single(program.Steps, step => step.Kernel is RepackKernel);
    }

    private static ConvChoice Choice(string source, string name) =>
        CompilerPipeline.Lower(Declarations.Network(source)).InferenceChoices.InOrder.Single(placed => placed.Node.Name == name).Conv!;
}
