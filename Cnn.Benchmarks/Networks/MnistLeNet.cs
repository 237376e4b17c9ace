namespace Cnn.Benchmarks.Networks;

/// <summary>LeNet-5 on the 28x28 digits of MNIST, planar as its rivals keep them.</summary>
[Input(28, 28, 1, Layout = Layout.Chw)]
[Conv(6, 5, Padding = 2), Relu, MaxPool(2)]
[Conv(16, 5), Relu, MaxPool(2)]
[Flatten]
[Dense(120), Relu]
[Dense(84), Relu]
[Dense(10), Softmax]
public partial class MnistLeNet;
