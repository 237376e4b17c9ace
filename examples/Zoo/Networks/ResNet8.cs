using Cnn;

namespace ZooExample;

/// <summary>
/// ResNet-8 for CIFAR-10's 32x32 images, ten classes: image classification in MLPerf Tiny (Banbury et al., "MLPerf Tiny Benchmark", 2021).
/// </summary>
[Input(32, 32, 3, Numerics = Numerics.Fast)]
[Conv(16, 3, Padding = Padding.Same), Block(typeof(NormRelu), Name = "stem")]
[Residual(typeof(Body16), Name = "stack1"), Relu]
[Residual(typeof(Body32), Shortcut = typeof(Projection32), Name = "stack2"), Relu]
[Residual(typeof(Body64), Shortcut = typeof(Projection64), Name = "stack3"), Relu]
[GlobalAvgPool, Flatten]
[Dense(10), Softmax]
public partial class ResNet8;

/// <summary>Keeps the shape.</summary>
[Conv(16, 3, Padding = Padding.Same), Block(typeof(NormRelu), Name = "norm")]
[Conv(16, 3, Padding = Padding.Same), BatchNorm(Epsilon = 1e-3, Momentum = 0.01)]
file partial class Body16;

/// <summary>Halves height and width, 32 channels.</summary>
[Conv(32, 3, Stride = 2, Padding = Padding.Same), Block(typeof(NormRelu), Name = "norm")]
[Conv(32, 3, Padding = Padding.Same), BatchNorm(Epsilon = 1e-3, Momentum = 0.01)]
file partial class Body32;

/// <summary>The way past <see cref="Body32"/>.</summary>
[Conv(32, 1, Stride = 2)]
file partial class Projection32;

/// <summary>Halves height and width, 64 channels.</summary>
[Conv(64, 3, Stride = 2, Padding = Padding.Same), Block(typeof(NormRelu), Name = "norm")]
[Conv(64, 3, Padding = Padding.Same), BatchNorm(Epsilon = 1e-3, Momentum = 0.01)]
file partial class Body64;

/// <summary>The way past <see cref="Body64"/>.</summary>
[Conv(64, 1, Stride = 2)]
file partial class Projection64;
