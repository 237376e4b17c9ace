using System.Linq;
using System.Threading.Tasks;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Literal numbers with which training cannot succeed are named where they are written; what may be meant is not.</summary>
public class TrainingUseTests
{
    [Theory]
    [InlineData("new Sgd(1.5f)", "A learning rate of 1.5 is above 1, with which training mostly diverges; usual is 0.01 to 0.1")]
    [InlineData("new Adam(learningRate: 10)", "A learning rate of 10 is above 1, with which training mostly diverges; usual is 0.001")]
    [InlineData("new Sgd(1)", null)]
    [InlineData("new AdamW(rate)", null)]
    public async Task A_literal_learning_rate_above_1_is_named(string optimizer, string? message)
    {
        var hints = await HintsAsync("[Input(8), Dense(4)]", $"public static Optimizer Make(float rate) => {optimizer};");
        Assert.Equal(message is null ? [] : [("CNN0086", message)], hints);
    }

    [Theory]
    [InlineData("Dense(4, Bias = false), BatchNorm, Relu, Dense(2)", "1", true)]
    [InlineData("Reshape(2, 2, 2), GlobalAvgPool, BatchNorm, Flatten, Dense(2)", "1", true)]
    [InlineData("Reshape(2, 2, 2), BatchNorm, Flatten, Dense(2)", "1", false)]
    [InlineData("Dense(4), LayerNorm, Relu, Dense(2)", "1", false)]
    [InlineData("Dense(4, Bias = false), BatchNorm, Relu, Dense(2)", "2", false)]
    [InlineData("Dense(4, Bias = false), BatchNorm, Relu, Dense(2)", "size", false)]
    public async Task A_batch_of_one_sample_is_named_where_single_numbers_are_normalised_over_it(string layers, string size, bool isNamed)
    {
        var hints = await HintsAsync(
            $"[Input(8), {layers}]", $"public static void Run(Trainer<Net> trainer, Dataset data, int size) => trainer.Fit(data, 1, {size});");
        Assert.Equal(isNamed ? ["CNN0087"] : [], hints.Select(hint => hint.Id));
    }

    private static async Task<(string Id, string Message)[]> HintsAsync(string network, string member) =>
        [.. (await Harness.HintsAsync($"using Cnn;\n{network} public partial class Net;\npublic static class Use {{ {member} }}"))
            .Select(hint => (hint.Id, hint.GetMessage()))];
}
