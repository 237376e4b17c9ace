using Cnn;

namespace ZooExample;

/// <summary>
/// ResNet-50 for ImageNet's thousand classes, with torchvision's names and its stride on the 3x3 convolutions. After He et al., "Deep
/// Residual Learning for Image Recognition", 2016. The outputs are logits.
/// </summary>
[Input(224, 224, 3, Numerics = Numerics.Fast)]
[Conv(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[MaxPool(3, Stride = 2, Padding = 1)]
[Residual(typeof(Bottleneck64), Shortcut = typeof(Projection256), ShortcutName = "downsample", Name = "layer1.0"), Relu]
[Residual(typeof(Bottleneck64), Name = "layer1.1"), Relu]
[Residual(typeof(Bottleneck64), Name = "layer1.2"), Relu]
[Residual(typeof(Down128), Shortcut = typeof(Projection512), ShortcutName = "downsample", Name = "layer2.0"), Relu]
[Residual(typeof(Bottleneck128), Name = "layer2.1"), Relu]
[Residual(typeof(Bottleneck128), Name = "layer2.2"), Relu]
[Residual(typeof(Bottleneck128), Name = "layer2.3"), Relu]
[Residual(typeof(Down256), Shortcut = typeof(Projection1024), ShortcutName = "downsample", Name = "layer3.0"), Relu]
[Residual(typeof(Bottleneck256), Name = "layer3.1"), Relu]
[Residual(typeof(Bottleneck256), Name = "layer3.2"), Relu]
[Residual(typeof(Bottleneck256), Name = "layer3.3"), Relu]
[Residual(typeof(Bottleneck256), Name = "layer3.4"), Relu]
[Residual(typeof(Bottleneck256), Name = "layer3.5"), Relu]
[Residual(typeof(Down512), Shortcut = typeof(Projection2048), ShortcutName = "downsample", Name = "layer4.0"), Relu]
[Residual(typeof(Bottleneck512), Name = "layer4.1"), Relu]
[Residual(typeof(Bottleneck512), Name = "layer4.2"), Relu]
[GlobalAvgPool, Flatten]
[Dense(1000, Name = "fc")]
public partial class ResNet50;

/// <summary>The way past <see cref="Bottleneck64"/>.</summary>
[Conv(256, 1, Bias = false, Name = "0"), BatchNorm(Name = "1")]
file partial class Projection256;

/// <summary>64 channels inside, 256 outside.</summary>
[Conv(64, 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(64, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2"), Relu]
[Conv(256, 1, Bias = false, Name = "conv3"), BatchNorm(Name = "bn3")]
file partial class Bottleneck64;

/// <summary>Halves height and width, 128 channels inside and 512 outside.</summary>
[Conv(128, 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(128, 3, Stride = 2, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2"), Relu]
[Conv(512, 1, Bias = false, Name = "conv3"), BatchNorm(Name = "bn3")]
file partial class Down128;

/// <summary>The way past <see cref="Down128"/>.</summary>
[Conv(512, 1, Stride = 2, Bias = false, Name = "0"), BatchNorm(Name = "1")]
file partial class Projection512;

/// <summary>128 channels inside, 512 outside.</summary>
[Conv(128, 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(128, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2"), Relu]
[Conv(512, 1, Bias = false, Name = "conv3"), BatchNorm(Name = "bn3")]
file partial class Bottleneck128;

/// <summary>Halves height and width, 256 channels inside and 1024 outside.</summary>
[Conv(256, 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(256, 3, Stride = 2, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2"), Relu]
[Conv(1024, 1, Bias = false, Name = "conv3"), BatchNorm(Name = "bn3")]
file partial class Down256;

/// <summary>The way past <see cref="Down256"/>.</summary>
[Conv(1024, 1, Stride = 2, Bias = false, Name = "0"), BatchNorm(Name = "1")]
file partial class Projection1024;

/// <summary>256 channels inside, 1024 outside.</summary>
[Conv(256, 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(256, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2"), Relu]
[Conv(1024, 1, Bias = false, Name = "conv3"), BatchNorm(Name = "bn3")]
file partial class Bottleneck256;

/// <summary>Halves height and width, 512 channels inside and 2048 outside.</summary>
[Conv(512, 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(512, 3, Stride = 2, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2"), Relu]
[Conv(2048, 1, Bias = false, Name = "conv3"), BatchNorm(Name = "bn3")]
file partial class Down512;

/// <summary>The way past <see cref="Down512"/>.</summary>
[Conv(2048, 1, Stride = 2, Bias = false, Name = "0"), BatchNorm(Name = "1")]
file partial class Projection2048;

/// <summary>512 channels inside, 2048 outside.</summary>
[Conv(512, 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
[Conv(512, 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm(Name = "bn2"), Relu]
[Conv(2048, 1, Bias = false, Name = "conv3"), BatchNorm(Name = "bn3")]
file partial class Bottleneck512;
