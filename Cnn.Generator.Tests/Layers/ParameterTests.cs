using System.Globalization;
using System.Linq;
using Cnn.Generator.Graph;
using Xunit;

namespace Cnn.Generator.Tests.Layers;

/// <summary>The tensors that do not start at random: their canonical shapes, what they start with, what training changes.</summary>
public class ParameterTests
{
    [Theory]
    [InlineData("BatchNorm", "weight [6] 1; bias [6] 0; running_mean [6] 0 buffer; running_var [6] 1 buffer", 12)]
    [InlineData("BatchNorm(Affine = false)", "running_mean [6] 0 buffer; running_var [6] 1 buffer", 0)]
    [InlineData("Flatten, BatchNorm", "weight [120] 1; bias [120] 0; running_mean [120] 0 buffer; running_var [120] 1 buffer", 240)]
    [InlineData("LayerNorm", "weight [6] 1; bias [6] 0", 12)]
    [InlineData("LayerNorm(WholeSample = true)", "weight [6, 4, 5] 1; bias [6, 4, 5] 0", 240)]
    [InlineData("Flatten, LayerNorm", "weight [120] 1; bias [120] 0", 240)]
    [InlineData("LayerNorm(Affine = false)", "", 0)]
    [InlineData("GroupNorm(3)", "weight [6] 1; bias [6] 0", 12)]
    [InlineData("GroupNorm(3, Affine = false)", "", 0)]
    [InlineData("InstanceNorm", "", 0)]
    [InlineData("InstanceNorm(Affine = true)", "weight [6] 1; bias [6] 0", 12)]
    [InlineData("PRelu", "weight [1] 0.25", 1)]
    [InlineData("PRelu(PerChannel = true, Init = 0.5)", "weight [6] 0.5", 6)]
    [InlineData("Flatten, PRelu(PerChannel = true)", "weight [120] 0.25", 120)]
    [InlineData("Upsample(2)", "", 0)]
    public void A_layer_has_these_tensors(string layers, string tensors, long trained)
    {
        var node = Shaped.Last("[Input(4, 5, 6), " + layers + "]");
        Assert.Equal(tensors, string.Join("; ", node.Layer.Parameters(node.Input).Select(Text)));
        Assert.Equal(trained, node.Layer.ParameterCount(node.Input));
        Assert.All(node.Layer.Parameters(node.Input), tensor => Assert.Equal((0, 0), (tensor.FanIn, tensor.FanOut)));
    }

    private static string Text(ParameterSpec tensor) =>
        tensor.Suffix + " [" + string.Join(", ", tensor.Dimensions) + "] " + tensor.Initial.ToString(CultureInfo.InvariantCulture)
        + (tensor.IsBuffer ? " buffer" : "");
}
