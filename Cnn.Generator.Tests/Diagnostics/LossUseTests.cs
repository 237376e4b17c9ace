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
        var begin = marked.IndexOf("[|", System.StringComparison.Ordinal);
        var end = marked.IndexOf("|]", System.StringComparison.Ordinal) - 2;
        var source = marked.Replace("[|", "", System.StringComparison.Ordinal).Replace("|]", "", System.StringComparison.Ordinal);

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
    [InlineData("Dense(3)", "new Trainer<Net>(net, adam, binary)")]
    public async Task A_loss_that_goes_with_the_network_is_left_alone(string last, string creation) =>
        Assert.Empty(await Harness.HintsAsync(Program(Head + last + "] public partial class Net;", creation)));

    [Fact]
    public async Task A_network_of_several_outputs_is_left_alone() => Assert.Empty(await Harness.HintsAsync(Program(
        "[Input(8), Dense(4, Name = \"logits\"), Output(\"logits\"), Sigmoid] public partial class Net;", "new Trainer<Net>(net, adam)")));

    private static string Program(string network, string creation) =>
        $"using Cnn;\n{network}\npublic static class Training\n{{\n"
            + "    public static object Begin(Net net, Adam adam, Loss loss, BinaryCrossEntropy binary) => " + creation + ";\n}\n";
}
