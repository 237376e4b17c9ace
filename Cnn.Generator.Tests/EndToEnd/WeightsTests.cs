using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

public sealed class WeightsTests
{
    [Theory]
    [InlineData("LeNet5")]
    [InlineData("LectureLeNet")]
    [InlineData("Large")]
    public void A_saved_and_loaded_network_computes_the_same_bits(string name)
    {
        var network = SharedNetworks.Create(name, seed: 3);
        var inputs = SharedNetworks.Inputs(network, 4);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".safetensors");
        try
        {
            network.Save(path);
            var loaded = network.Load(path);

            Assert.Equal(network.Weights.ToArray(), loaded.Weights.ToArray());
            Assert.Equal(network.ForwardEach(inputs), loaded.ForwardEach(inputs));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_does_not()
    {
        var weights = SharedNetworks.LeNet5(seed: 5).Weights.ToArray();

        Assert.Equal(weights, SharedNetworks.LeNet5(seed: 5).Weights.ToArray());
        Assert.NotEqual(weights, SharedNetworks.LeNet5(seed: 6).Weights.ToArray());
    }

    [Fact]
    public void Without_a_seed_the_seed_is_zero()
    {
        var seeded = SharedNetworks.LeNet5(seed: 0);
        var plain = LoadedNetwork.Wrap(Activator.CreateInstance(seeded.Instance.GetType())!);

        Assert.Equal(seeded.Weights.ToArray(), plain.Weights.ToArray());
    }

    [Fact]
    public void Training_from_the_same_seed_gives_the_same_bits()
    {
        Assert.Equal(Train(), Train());

        static float[] Train()
        {
            var network = SharedNetworks.Dropping();
            var step = network.Trainer(new Adam(learningRate: 0.01f), threads: 2);
            for (var k = 0; k < 5; k++)
                step(SharedNetworks.Inputs(network, 6, seed: k), SharedNetworks.Labels(network, 6));
            return network.Weights.ToArray();
        }
    }

    [Fact]
    public void Parameters_bear_PyTorch_names_and_shapes()
    {
        var parameters = SharedNetworks.Lecture().Parameters
            .Select(parameter => $"{parameter.Name} [{string.Join(", ", parameter.Shape)}]");

        Assert.Equal(
            [
                "conv1.weight [6, 3, 5, 5]",
                "conv1.bias [6]",
                "conv2.weight [16, 6, 5, 5]",
                "conv2.bias [16]",
                "dense1.weight [120, 400]",
                "dense1.bias [120]",
                "dense2.weight [84, 120]",
                "dense2.bias [84]",
                "dense3.weight [10, 84]",
                "dense3.bias [10]",
            ],
            parameters);
    }

    [Fact]
    public void Every_parameter_keeps_every_element()
    {
        var network = SharedNetworks.Lecture();
        network.Weights.Clear();
        var next = 1;
        network.SetParameters(parameter => [.. Enumerable.Range(0, parameter.Length).Select(_ => (float)next++)]);

        next = 1;
        foreach (var parameter in network.Parameters)
        {
            var values = LoadedNetwork.Canonical(parameter, network.Weights);
            Assert.All(values, value => Assert.Equal(next++, value));
        }
    }
}
