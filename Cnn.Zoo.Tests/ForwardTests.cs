using Cnn.Tests.Support;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>One inference of every network in both memory orders beside PyTorch's, from the same weights.</summary>
[Collection("PyTorch")]
[Trait("Category", "PyTorch")]
public sealed class ForwardTests(PyTorchFixture fixture)
{
    private const double Tolerance = 1e-4;

    [Theory]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void The_output_is_PyTorchs_within_a_ten_thousandth(string name, string order)
    {
        var run = fixture.PyTorch.Of(name);
        var network = Networks.Get(name, order);
        var output = new float[network.OutputLength];

        network.Load(run.Weights).Forward(run.Numbers["input." + order].Values, output);

        Agreement.Check(run.Numbers["output." + order].Values, output, Tolerance, "output");
    }
}
