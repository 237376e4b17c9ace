namespace Cnn.Generator.Tests.Support;

/// <summary>Networks that several tests use.</summary>
internal static class Sources
{
    /// <summary>The lecture's network on its 32x32x3 image.</summary>
    public const string Lecture = """
        using Cnn;

        [Input(32, 32, 3)]
        [Conv(6, 5), Relu, MaxPool(2)]
        [Conv(16, 5), Relu, MaxPool(2)]
        [Flatten]
        [Dense(120), Relu]
        [Dense(84), Relu]
        [Dense(10), Softmax]
        public partial class LeNet5;

        """;

    /// <summary>The design's network on MNIST's 28x28 images.</summary>
    public const string Mnist = """
        using Cnn;

        [Input(28, 28, 1)]
        [Conv(6, 5, Stride = 1, Padding = 2), Relu, MaxPool(2)]
        [Conv(16, 5), Relu, MaxPool(2)]
        [Flatten]
        [Dense(120), Relu]
        [Dense(84), Relu]
        [Dense(10), Softmax]
        public partial class LeNet5;

        """;
}
