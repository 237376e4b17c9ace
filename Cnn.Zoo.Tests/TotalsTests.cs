using System.Globalization;
using System.Linq;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>Multiply-adds and parameters of every network, as the literature, torchvision and PyTorch's own modules count them.</summary>
[Collection("PyTorch")]
public sealed class TotalsTests(PyTorchFixture fixture)
{
    /// <summary>Trained numbers: the running averages of a batch normalisation are none.</summary>
    [Theory]
    [InlineData("LeNet5", 651_720, 62_006)]
    [InlineData("ResNet8", 12_501_632, 78_186)]
    [InlineData("DsCnn", 2_656_768, 23_756)]
    [InlineData("MobileNetV1", 7_489_664, 216_322)]
    [InlineData("Autoencoder", 264_192, 267_928)]
    [InlineData("UNet", 754_188_288, 1_942_340)]
    [InlineData("SqueezeNet", 349_151_936, 1_235_496)]
    [InlineData("MobileNetV2", 300_774_272, 3_504_872)]
    [InlineData("ResNet18", 1_814_073_344, 11_689_512)]
    [InlineData("ResNet50", 4_089_184_256, 25_557_032)]
    public void Multiply_adds_and_parameters_are_those_of_the_paper(string name, long multiplyAdds, int parameters)
    {
        foreach (var order in new[] { "hwc", "chw" })
        {
            var network = Networks.Get(name, order);

            Assert.Equal(multiplyAdds, network.Summary.MultiplyAdds);
            Assert.Equal(parameters, network.Summary.Parameters);
            Assert.Equal(parameters, network.Parameters.Where(tensor => !tensor.IsBuffer).Sum(tensor => tensor.Length));
        }
    }

    /// <summary>The counts that the MLPerf Tiny papers give are of networks whose batch normalisation is folded into biases.</summary>
    [Theory]
    [InlineData("ResNet8", 77_706)]
    [InlineData("DsCnn", 22_604)]
    public void Folding_leaves_the_parameters_of_the_deployed_network(string name, int parameters)
    {
        Assert.Equal(parameters, Networks.Get(name, "hwc").FoldedParameters);
        Assert.Equal(parameters, Networks.Get(name, "chw").FoldedParameters);
    }

    [Theory]
    [Trait("Category", "PyTorch")]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void PyTorch_counts_the_same(string name, string order)
    {
        var network = Networks.Get(name, order);
        var metadata = fixture.PyTorch.Of(name).Numbers.Metadata;

        Assert.Equal(long.Parse(metadata["multiply_adds"], CultureInfo.InvariantCulture), network.Summary.MultiplyAdds);
        Assert.Equal(int.Parse(metadata["parameters"], CultureInfo.InvariantCulture), network.Summary.Parameters);
    }
}
