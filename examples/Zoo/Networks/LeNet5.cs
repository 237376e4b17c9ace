using Cnn;

namespace ZooExample;

/// <summary>
/// LeNet-5 for 32x32 colour images, ten classes. After LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998.
/// </summary>
[Input(32, 32, 3)]
[Conv(6, 5), Relu, MaxPool(2)]
[Conv(16, 5), Relu, MaxPool(2)]
[Flatten]
[Dense(120), Relu]
[Dense(84), Relu]
[Dense(10), Softmax]
public partial class LeNet5;
