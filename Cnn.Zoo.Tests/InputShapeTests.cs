using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>The properties of an input in generic code.</summary>
public sealed class InputShapeTests
{
    [Theory]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void An_input_has_the_shape_and_the_memory_order_of_its_declaration(string name, string order)
    {
        var network = Networks.Get(name, order);
        var input = network.Summary.Layers[0];
        ImageShape? expected = new ImageShape(input.Height, input.Width, input.Channels, IsPlanar: order == "chw");

        // The autoencoder alone takes a vector.
        Assert.Equal(name == "Autoencoder" ? default : expected, network.InputShape);
    }
}
