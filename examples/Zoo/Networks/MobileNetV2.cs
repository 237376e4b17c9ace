using Cnn;

namespace ZooExample;

/// <summary>
/// MobileNetV2 for ImageNet's thousand classes, with torchvision's names. After Sandler et al., "MobileNetV2: Inverted Residuals and
/// Linear Bottlenecks", 2018. The outputs are logits.
/// </summary>
[Input(224, 224, 3)]
[Conv(32, 3, Stride = 2, Padding = 1, Bias = false, Name = "features.0.0"), BatchNorm(Name = "features.0.1"), Relu6]
[Block(typeof(Separable16), Name = "features.1")]
[Block(typeof(Down24), Name = "features.2")]
[Residual(typeof(Bottleneck24), Name = "features.3")]
[Block(typeof(Down32), Name = "features.4")]
[Residual(typeof(Bottleneck32), Name = "features.5")]
[Residual(typeof(Bottleneck32), Name = "features.6")]
[Block(typeof(Down64), Name = "features.7")]
[Residual(typeof(Bottleneck64), Name = "features.8")]
[Residual(typeof(Bottleneck64), Name = "features.9")]
[Residual(typeof(Bottleneck64), Name = "features.10")]
[Block(typeof(Widen96), Name = "features.11")]
[Residual(typeof(Bottleneck96), Name = "features.12")]
[Residual(typeof(Bottleneck96), Name = "features.13")]
[Block(typeof(Down160), Name = "features.14")]
[Residual(typeof(Bottleneck160), Name = "features.15")]
[Residual(typeof(Bottleneck160), Name = "features.16")]
[Block(typeof(Widen320), Name = "features.17")]
[Conv(1280, 1, Bias = false, Name = "features.18.0"), BatchNorm(Name = "features.18.1"), Relu6]
[GlobalAvgPool, Flatten, Dropout(0.2)]
[Dense(1000, Name = "classifier.1")]
public partial class MobileNetV2;

/// <summary>A 3x3 convolution for each channel.</summary>
[DepthwiseConv(3, Padding = 1, Bias = false, Name = "0"), BatchNorm(Name = "1"), Relu6]
file partial class Depthwise;

/// <summary>A 3x3 convolution for each channel that halves height and width.</summary>
[DepthwiseConv(3, Stride = 2, Padding = 1, Bias = false, Name = "0"), BatchNorm(Name = "1"), Relu6]
file partial class Halving;

/// <summary>The first, which expands nothing.</summary>
[Block(typeof(Depthwise), Name = "conv.0")]
[Conv(16, 1, Bias = false, Name = "conv.1"), BatchNorm(Name = "conv.2")]
file partial class Separable16;

/// <summary>From 16 channels through 96 to 24, halving height and width.</summary>
[Conv(96, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Halving), Name = "conv.1")]
[Conv(24, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Down24;

/// <summary>From 24 channels through 144 to 24.</summary>
[Conv(144, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Depthwise), Name = "conv.1")]
[Conv(24, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Bottleneck24;

/// <summary>From 24 channels through 144 to 32, halving height and width.</summary>
[Conv(144, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Halving), Name = "conv.1")]
[Conv(32, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Down32;

/// <summary>From 32 channels through 192 to 32.</summary>
[Conv(192, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Depthwise), Name = "conv.1")]
[Conv(32, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Bottleneck32;

/// <summary>From 32 channels through 192 to 64, halving height and width.</summary>
[Conv(192, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Halving), Name = "conv.1")]
[Conv(64, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Down64;

/// <summary>From 64 channels through 384 to 64.</summary>
[Conv(384, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Depthwise), Name = "conv.1")]
[Conv(64, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Bottleneck64;

/// <summary>From 64 channels through 384 to 96.</summary>
[Conv(384, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Depthwise), Name = "conv.1")]
[Conv(96, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Widen96;

/// <summary>From 96 channels through 576 to 96.</summary>
[Conv(576, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Depthwise), Name = "conv.1")]
[Conv(96, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Bottleneck96;

/// <summary>From 96 channels through 576 to 160, halving height and width.</summary>
[Conv(576, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Halving), Name = "conv.1")]
[Conv(160, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Down160;

/// <summary>From 160 channels through 960 to 160.</summary>
[Conv(960, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Depthwise), Name = "conv.1")]
[Conv(160, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Bottleneck160;

/// <summary>From 160 channels through 960 to 320.</summary>
[Conv(960, 1, Bias = false, Name = "conv.0.0"), BatchNorm(Name = "conv.0.1"), Relu6]
[Block(typeof(Depthwise), Name = "conv.1")]
[Conv(320, 1, Bias = false, Name = "conv.2"), BatchNorm(Name = "conv.3")]
file partial class Widen320;
