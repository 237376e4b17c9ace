using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Graph;

public class NetworkVerifierTests
{
    private static readonly Network Sound = Declarations.Network(Sources.Mnist);

    [Fact]
    public void A_sound_network_has_no_violation()
    {
        Assert.Empty(NetworkVerifier.Verify(Sound));
    }

    [Fact]
    public void A_shape_that_does_not_arrive_is_found()
    {
        var other = Shape.Volume(28, 28, 5);
        Assert.Equal(
            "relu1 expects a volume of 28x28x5 but a volume of 28x28x6 arrives",
            NetworkVerifier.Verify(With(1, Sound.Nodes[1] with { Inputs = [other], Output = other }))[0]);
    }

    [Fact]
    public void A_vector_of_the_same_length_is_not_the_volume()
    {
        var network = Declarations.Network("using Cnn;\n[Input(1, 1, 4), Relu] partial class Net;");
        var relu = network.Nodes[0] with { Inputs = [Shape.Vector(4)], Output = Shape.Vector(4) };
        Assert.Equal(
            ["relu1 expects a vector of 4 but a volume of 1x1x4 arrives"],
            NetworkVerifier.Verify(network with { Nodes = [relu] }));
    }

    [Fact]
    public void An_output_that_the_layer_does_not_compute_is_found()
    {
        var last = Sound.Nodes.Count - 1;
        Assert.Equal(
            ["softmax1 claims a vector of 11 but computes a vector of 10"],
            NetworkVerifier.Verify(With(last, Sound.Nodes[last] with { Output = Shape.Vector(11) })));
    }

    [Fact]
    public void A_name_that_occurs_twice_is_found()
    {
        Assert.Contains("the name conv1 occurs twice", NetworkVerifier.Verify(With(3, Sound.Nodes[3] with { Name = "conv1" })));
    }

    [Fact]
    public void A_source_that_occurs_twice_is_found()
    {
        Assert.Equal(
            ["relu1 stems from declaration 0, which is none or another's"],
            NetworkVerifier.Verify(With(1, Sound.Nodes[1] with { Source = 0 })));
    }

    [Fact]
    public void A_fused_pooling_is_checked_as_a_node_is()
    {
        var conv = Sound.Nodes[0];
        var pool = Sound.Nodes[2];
        var fused = conv with { Pool = pool, Activation = (ActivationLayer)Sound.Nodes[1].Layer, Output = pool.Output };
        var next = Sound.Nodes[3] with { Sources = [conv.Name] };
        var rest = Sound.Nodes.Skip(4).Prepend(next).ToList();
        Assert.Empty(NetworkVerifier.Verify(Sound with { Nodes = rest.Prepend(fused).ToEquatableArray() }));

        var wrong = fused with { Pool = pool with { Inputs = [Shape.Volume(30, 30, 6)] } };
        Assert.Contains(
            "pool1, fused into conv1, expects a volume of 30x30x6 but gets a volume of 28x28x6",
            NetworkVerifier.Verify(Sound with { Nodes = rest.Prepend(wrong).ToEquatableArray() }));
    }

    [Fact]
    public void An_empty_shape_is_found()
    {
        var network = Sound with { Input = Shape.Volume(28, 0, 1) };
        Assert.Contains("the input has the empty shape 28x0x1", NetworkVerifier.Verify(network));
    }

    [Fact]
    public void A_value_that_no_node_before_computes_is_found()
    {
        Assert.Contains(
            "relu1 reads conv2, which no node before it computes",
            NetworkVerifier.Verify(With(1, Sound.Nodes[1] with { Sources = ["conv2"] })));
        Assert.Contains("the output side is computed by no node", NetworkVerifier.Verify(Sound with { Outputs = ["side"] }));
    }

    private static Network With(int index, Node node) =>
        Sound with { Nodes = Sound.Nodes.Select((old, i) => i == index ? node : old).ToEquatableArray() };
}
