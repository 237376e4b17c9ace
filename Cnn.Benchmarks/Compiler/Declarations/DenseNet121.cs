using Cnn;

namespace Project;

/// <summary>
/// DenseNet-121 for ImageNet's thousand classes: 121 layers of 58 shapes, each block wider by 32 channels than the one before. After Huang et al., "Densely
/// Connected Convolutional Networks", 2017. The outputs are logits.
/// </summary>
[Input(224, 224, 3)]
[Conv(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)]
[Block(typeof(Growth), Repeat = 6)]
[BatchNorm, Relu, Conv(128, 1, Bias = false), AvgPool(2)]
[Block(typeof(Growth), Repeat = 12)]
[BatchNorm, Relu, Conv(256, 1, Bias = false), AvgPool(2)]
[Block(typeof(Growth), Repeat = 24)]
[BatchNorm, Relu, Conv(512, 1, Bias = false), AvgPool(2)]
[Block(typeof(Growth), Repeat = 16)]
[BatchNorm, Relu, GlobalAvgPool, Flatten, Dense(1000)]
public partial class DenseNet121;

/// <summary>Adds 32 channels to those that arrive.</summary>
[BatchNorm, Relu, Conv(128, 1, Bias = false)]
[BatchNorm, Relu, Conv(32, 3, Padding = 1, Bias = false), Concat("input")]
file class Growth;
