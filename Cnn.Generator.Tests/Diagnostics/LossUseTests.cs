using System;
using System.Linq;
using System.Threading.Tasks;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>A loss that applies the network's last activation itself is named where the trainer is made, whatever way it is given.</summary>
public class LossUseTests
{
    private const string Head = "[Input(8), Dense(4), ";

    public static TheoryData<string, string, string> Clashes { get; } = new()
    {
        {
            "Sigmoid",
            "new Trainer<Net>(net, adam, [|new BinaryCrossEntropy()|])",
            "[Sigmoid], which the loss applies itself (BinaryCrossEntropy); remove [Sigmoid], or use MeanSquaredError"
        },
        {
            "Sigmoid",
            "new Trainer<Net>(net, adam, threads: 2, [|loss: new BinaryCrossEntropy()|])",
            "[Sigmoid], which the loss applies itself (BinaryCrossEntropy); remove [Sigmoid], or use MeanSquaredError"
        },
        {
            "Sigmoid",
            "new [|Trainer<Net>|](net, adam)",
            "[Sigmoid], but the loss takes logits of either sign and applies a softmax itself (CrossEntropy); remove [Sigmoid]"
        },
        {
            "Sigmoid",
            "new [|Trainer<Net>|](net, adam, threads: 2)",
            "[Sigmoid], but the loss takes logits of either sign and applies a softmax itself (CrossEntropy); remove [Sigmoid]"
        },
        {
            "Relu",
            "new Trainer<Net>(net, adam, [|null|])",
            "[Relu], but the loss takes logits of either sign and applies a softmax itself (CrossEntropy); remove [Relu]"
        },
        {
            "Tanh",
            "new Trainer<Net>(net, adam, [|new CrossEntropy()|])",
            "[Tanh], but the loss takes logits of either sign and applies a softmax itself (CrossEntropy); remove [Tanh]"
        },
        {
            "PRelu",
            "new Trainer<Net>(net, adam, [|new BinaryCrossEntropy()|])",
            "[PRelu], but the loss takes logits of either sign and applies a sigmoid itself (BinaryCrossEntropy); remove [PRelu]"
        },
        {
            "Softmax",
            "new Trainer<Net>(net, adam, [|binary|])",
            "[Softmax], but the loss takes logits and applies a sigmoid to each by itself (BinaryCrossEntropy); "
                + "remove [Softmax], or use CrossEntropy"
        },
        {
            "Gelu(Tanh = true)",
            "new [|Trainer<Net>|](net, adam)",
            "[Gelu], but the loss takes logits of either sign and applies a softmax itself (CrossEntropy); remove [Gelu]"
        },
    };

    [Theory]
    [MemberData(nameof(Clashes))]
    public async Task A_loss_that_applies_the_last_activation_is_named_where_it_is_given(string last, string creation, string message)
    {
        var marked = Program(Head + last + "] public partial class Net;", creation);
        var begin = marked.IndexOf("[|", StringComparison.Ordinal);
        var end = marked.IndexOf("|]", StringComparison.Ordinal) - 2;
        var source = marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

        var only = Assert.Single(await Harness.HintsAsync(source));

        Assert.Equal("CNN0074", only.Id);
        Assert.Equal("Net ends in " + message, only.GetMessage());
        Assert.Equal((begin, end), (only.Location.SourceSpan.Start, only.Location.SourceSpan.End));
    }

    [Theory]
    [InlineData("Softmax", "new Trainer<Net>(net, adam)")]
    [InlineData("LogSoftmax", "new Trainer<Net>(net, adam, new CrossEntropy())")]
    [InlineData("Sigmoid", "new Trainer<Net>(net, adam, new MeanSquaredError())")]
    [InlineData("Relu", "new Trainer<Net>(net, adam, loss)")]
    [InlineData("Relu, Dense(3)", "new Trainer<Net>(net, adam, binary)")]
    [InlineData("Reshape(2, 2, 1), Conv(3, 1), Relu, GlobalAvgPool, Flatten", "new Trainer<Net>(net, adam)")]
    public async Task A_loss_that_goes_with_the_network_is_left_alone(string last, string creation) =>
        Assert.Empty(await Harness.HintsAsync(Program(Head + last + "] public partial class Net;", creation)));

    [Theory]
    [InlineData("Dense(4, Name = \"logits\"), Output(\"logits\"), Sigmoid", "CNN0074")]
    [InlineData("Dense(4), Sigmoid(Name = \"gate\"), Output(\"gate\"), Dense(3)", null)]
    [InlineData("Dense(4), Softmax(Name = \"first\"), Output(\"first\"), Dense(3), Softmax", null)]
    public async Task Of_several_outputs_that_of_the_last_layer_is_judged(string layers, string? id)
    {
        var hints = await Harness.HintsAsync(Program($"[Input(8), {layers}] public partial class Net;", "new Trainer<Net>(net, adam)"));
        Assert.Equal(id is null ? [] : [id], hints.Select(hint => hint.Id));
    }

    [Theory]
    [InlineData("Dense(4), Sigmoid, Dropout(0)", "new Trainer<Net>(net, adam, new BinaryCrossEntropy())", "[Sigmoid]")]
    [InlineData("Reshape(2, 2, 2), Conv(3, 1), Softmax(Name = \"p\"), Flatten", "new Trainer<Net>(net, adam)", "[Softmax]")]
    public async Task What_only_moves_the_values_of_an_activation_does_not_hide_it(string layers, string creation, string name)
    {
        var hints = await Harness.HintsAsync(Program($"[Input(8), {layers}] public partial class Net;", creation));
        Assert.Contains("ends in " + name, Assert.Single(hints, hint => hint.Id == "CNN0074").GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dense(1)", "new Trainer<Net>(net, adam)", "one output, whose")]
    [InlineData("Dense(1), Sigmoid", "new Trainer<Net>(net, adam, new CrossEntropy(0.1f))", "one output, whose")]
    [InlineData("Reshape(2, 2, 2), Conv(1, 1)", "new Trainer<Net>(net, adam)", "one output at each pixel, whose")]
    public async Task Cross_entropy_of_one_output_is_named_with_the_ways_out(string layers, string creation, string what)
    {
        var only = Assert.Single(await Harness.HintsAsync(Program($"[Input(8), {layers}] public partial class Net;", creation)));
        Assert.Equal("CNN0077", only.Id);
        Assert.Contains(what, only.GetMessage(), StringComparison.Ordinal);
        Assert.Contains("BinaryCrossEntropy", only.GetMessage(), StringComparison.Ordinal);
    }

    private static string Program(string network, string creation) =>
        $"using Cnn;\n{network}\npublic static class Training\n{{\n"
            + "    public static object Begin(Net net, Adam adam, Loss loss, BinaryCrossEntropy binary) => " + creation + ";\n}\n";
}
