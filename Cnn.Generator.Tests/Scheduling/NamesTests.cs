using System.Linq;
using Cnn.Generator.Scheduling;
using Xunit;

namespace Cnn.Generator.Tests.Scheduling;

/// <summary>The locals of the passes of training.</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("layer1.0.bn1 layer1.0.conv2", "bn1 conv2")]
    [InlineData("layer1.0.bn1 layer1.1.bn1", "layer1_0_bn1 layer1_1_bn1")]
    [InlineData("a.conv1 b.c.conv1 d.c.conv1", "a_conv1 b_c_conv1 d_c_conv1")]
    [InlineData("features.17.conv.0.1 features.17.conv.1.1Gradient", "conv_0_1 conv_1_1Gradient")]
    [InlineData("features.0 features.0Statistics", "features_0 features_0Statistics")]
    [InlineData("relu1Gradient relu1Gradient a.relu2", "relu1Gradient relu1Gradient_2 relu2")]
    [InlineData("conv1 a.conv1", "conv1 a_conv1")]
    [InlineData("x.batch x.lowest x.turns x.weights x.class X", "_batch _lowest _turns _weights _class _X")]
    [InlineData("a.b a_b", "b a_b")]
    [InlineData("a.x b.x a_x", "a_x_2 b_x a_x")]
    public void Locals_have_the_last_words_that_tell_them_apart(string names, string locals)
    {
        var tensors = names.Split(' ').Select((name, index) => (index, name)).ToList();

        var found = Names.Locals(tensors);

        Assert.Equal(locals, string.Join(" ", tensors.Select(tensor => found[tensor.index])));
    }
}
