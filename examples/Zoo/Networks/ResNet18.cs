using Cnn;

namespace ZooExample;

/// <summary>
/// ResNet-18 for ImageNet's thousand classes, with torchvision's names. After He et al., "Deep Residual Learning for Image Recognition",
/// 2016. The outputs are logits.
/// </summary>
[Input(224, 224, 3, Numerics = Numerics.Fast)]
[Conv(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[MaxPool(3, Stride = 2, Padding = 1)]
[Residual(typeof(Basic64), Name = "layer1.0"), Relu]
[Residual(typeof(Basic64), Name = "layer1.1"), Relu]
[Residual(typeof(Down128), Shortcut = typeof(Projection128), ShortcutName = "downsample", Name = "layer2.0"), Relu]
[Residual(typeof(Basic128), Name = "layer2.1"), Relu]
[Residual(typeof(Down256), Shortcut = typeof(Projection256), ShortcutName = "downsample", Name = "layer3.0"), Relu]
[Residual(typeof(Basic256), Name = "layer3.1"), Relu]
[Residual(typeof(Down512), Shortcut = typeof(Projection512), ShortcutName = "downsample", Name = "layer4.0"), Relu]
[Residual(typeof(Basic512), Name = "layer4.1"), Relu]
[GlobalAvgPool, Flatten]
[Dense(1000, Name = "fc")]
public partial class ResNet18;

/// <summary>Two 3x3 convolutions of 64 channels.</summary>
[Conv(64, 3, Padding = 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(64, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2")]
file partial class Basic64;

/// <summary>Halves height and width, 128 channels.</summary>
[Conv(128, 3, Stride = 2, Padding = 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(128, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2")]
file partial class Down128;

/// <summary>The way past <see cref="Down128"/>.</summary>
[Conv(128, 1, Stride = 2, Bias = false, Name = "0"), BatchNorm(Name = "1")]
file partial class Projection128;

/// <summary>Two 3x3 convolutions of 128 channels.</summary>
[Conv(128, 3, Padding = 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(128, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2")]
file partial class Basic128;

/// <summary>Halves height and width, 256 channels.</summary>
[Conv(256, 3, Stride = 2, Padding = 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(256, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2")]
file partial class Down256;

/// <summary>The way past <see cref="Down256"/>.</summary>
[Conv(256, 1, Stride = 2, Bias = false, Name = "0"), BatchNorm(Name = "1")]
file partial class Projection256;

/// <summary>Two 3x3 convolutions of 256 channels.</summary>
[Conv(256, 3, Padding = 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(256, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2")]
file partial class Basic256;

/// <summary>Halves height and width, 512 channels.</summary>
[Conv(512, 3, Stride = 2, Padding = 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(512, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2")]
file partial class Down512;

/// <summary>The way past <see cref="Down512"/>.</summary>
[Conv(512, 1, Stride = 2, Bias = false, Name = "0"), BatchNorm(Name = "1")]
file partial class Projection512;

/// <summary>Two 3x3 convolutions of 512 channels.</summary>
[Conv(512, 3, Padding = 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(512, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2")]
file partial class Basic512;
