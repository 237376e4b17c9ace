using Cnn;

namespace ZooExample;

/// <summary>
/// SqueezeNet 1.1 for ImageNet's thousand classes, with torchvision's names. After Iandola et al., "SqueezeNet: AlexNet-level accuracy
/// with 50x fewer parameters and less than 0.5MB model size", 2016. The outputs are logits.
/// </summary>
[Input(224, 224, 3, Numerics = Numerics.Fast)]
[Conv(64, 3, Stride = 2, Name = "features.0"), Relu]
[MaxPool(3, Stride = 2, CeilMode = true)]
[Block(typeof(Fire64), Name = "features.3")]
[Block(typeof(Fire64), Name = "features.4")]
[MaxPool(3, Stride = 2, CeilMode = true)]
[Block(typeof(Fire128), Name = "features.6")]
[Block(typeof(Fire128), Name = "features.7")]
[MaxPool(3, Stride = 2, CeilMode = true)]
[Block(typeof(Fire192), Name = "features.9")]
[Block(typeof(Fire192), Name = "features.10")]
[Block(typeof(Fire256), Name = "features.11")]
[Block(typeof(Fire256), Name = "features.12")]
[Dropout(0.5), Conv(1000, 1, Name = "classifier.1"), Relu]
[GlobalAvgPool, Flatten]
public partial class SqueezeNet;

/// <summary>Squeezes to 16 channels, widens to 2 x 64.</summary>
[Conv(16, 1, Name = "squeeze"), Relu(Name = "squeezed")]
[Conv(64, 3, Padding = 1, Name = "expand3x3"), Relu(Name = "wide")]
[Conv(64, 1, From = "squeezed", Name = "expand1x1"), Relu, Concat("wide")]
file partial class Fire64;

/// <summary>Squeezes to 32 channels, widens to 2 x 128.</summary>
[Conv(32, 1, Name = "squeeze"), Relu(Name = "squeezed")]
[Conv(128, 3, Padding = 1, Name = "expand3x3"), Relu(Name = "wide")]
[Conv(128, 1, From = "squeezed", Name = "expand1x1"), Relu, Concat("wide")]
file partial class Fire128;

/// <summary>Squeezes to 48 channels, widens to 2 x 192.</summary>
[Conv(48, 1, Name = "squeeze"), Relu(Name = "squeezed")]
[Conv(192, 3, Padding = 1, Name = "expand3x3"), Relu(Name = "wide")]
[Conv(192, 1, From = "squeezed", Name = "expand1x1"), Relu, Concat("wide")]
file partial class Fire192;

/// <summary>Squeezes to 64 channels, widens to 2 x 256.</summary>
[Conv(64, 1, Name = "squeeze"), Relu(Name = "squeezed")]
[Conv(256, 3, Padding = 1, Name = "expand3x3"), Relu(Name = "wide")]
[Conv(256, 1, From = "squeezed", Name = "expand1x1"), Relu, Concat("wide")]
file partial class Fire256;
