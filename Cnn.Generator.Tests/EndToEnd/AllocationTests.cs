using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Calls allocate nothing on the thread that makes them, once it has made some.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData("LeNet5")]
    [InlineData("LectureLeNet")]
    [InlineData("Large")]
    public void Forward_and_Predict_allocate_nothing(string name)
    {
        var network = SharedNetworks.Create(name);
        var input = SharedNetworks.Inputs(network, 1);
        var output = new float[network.OutputLength];

        Allocation.AssertNone(() => network.Forward(input, output));
        Allocation.AssertNone(() => network.Predict(input));
    }

    [Theory]
    [InlineData("LeNet5", 1)]
    [InlineData("LeNet5", 2)]
    [InlineData("Large", 1)]
    [InlineData("Large", 2)]
    public void ForwardBatch_allocates_nothing(string name, int threads)
    {
        var network = SharedNetworks.Create(name);
        var inputs = SharedNetworks.Inputs(network, 5);
        var outputs = new float[network.OutputLength * 5];

        Allocation.AssertNone(() => network.ForwardBatch(inputs, outputs, threads));
    }

    [Theory]
    [InlineData("LeNet5", 1)]
    [InlineData("LeNet5", 2)]
    [InlineData("Dropping", 1)]
    public void A_training_step_allocates_nothing(string name, int threads)
    {
        var network = SharedNetworks.Create(name);
        var inputs = SharedNetworks.Inputs(network, 8);
        var labels = SharedNetworks.Labels(network, 8);
        var step = network.Trainer(new Sgd(learningRate: 0.01f, momentum: 0.9f), threads);

        Allocation.AssertNone(() => step(inputs, labels));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_of_AdamW_allocates_nothing(int threads)
    {
        var network = SharedNetworks.LeNet5();
        var inputs = SharedNetworks.Inputs(network, 4);
        var labels = SharedNetworks.Labels(network, 4);
        var step = network.Trainer(new AdamW(learningRate: 0.001f), threads);

        Allocation.AssertNone(() => step(inputs, labels));
    }
}
