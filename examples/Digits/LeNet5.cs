using Cnn;

namespace DigitsExample;

/// <summary>LeNet-5 (LeCun et al. 1998) for the digits of MNIST, as examples/Mnist has trained it.</summary>
[Weights("lenet5.safetensors")]
[Input(28, 28, 1)]
[Conv(6, 5, Padding = 2), Relu, MaxPool(2)]
[Conv(16, 5), Relu, MaxPool(2)]
[Flatten]
[Dense(120), Relu]
[Dense(84), Relu]
[Dense(10), Softmax]
public partial class LeNet5;
