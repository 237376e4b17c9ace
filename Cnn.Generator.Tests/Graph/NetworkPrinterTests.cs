using Cnn.Generator.Graph;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Graph;

public class NetworkPrinterTests
{
    [Fact]
    public void A_network_prints_one_line_a_node()
    {
        const string expected = """
            network LeNet5 28x28x1 hwc
              conv1     Conv 5x5   28x28x1 -> 28x28x6    156
              relu1     Relu       28x28x6 -> 28x28x6
              pool1     MaxPool 2  28x28x6 -> 14x14x6
              conv2     Conv 5x5   14x14x6 -> 10x10x16   2,416
              relu2     Relu       10x10x16 -> 10x10x16
              pool2     MaxPool 2  10x10x16 -> 5x5x16
              flatten1  Flatten    5x5x16 -> 400
              dense1    Dense 120  400 -> 120            48,120
              relu3     Relu       120 -> 120
              dense2    Dense 84   120 -> 84             10,164
              relu4     Relu       84 -> 84
              dense3    Dense 10   84 -> 10              850
              softmax1  Softmax    10 -> 10

            """;
        Assert.Equal(expected, NetworkPrinter.Print(Declarations.Network(Sources.Mnist)));
    }
}
