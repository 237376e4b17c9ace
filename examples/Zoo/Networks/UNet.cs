using Cnn;

namespace ZooExample;

/// <summary>
/// U-Net for 128x128 images, one of four classes for each pixel: sixteen channels at full size, four halvings, batch normalisation,
/// and convolutions that keep the size. After Ronneberger et al., "U-Net: Convolutional Networks for Biomedical Image Segmentation", 2015.
/// </summary>
[Input(128, 128, 1, Numerics = Numerics.Fast)]
[Block(typeof(Double16), Name = "down1"), MaxPool(2)]
[Block(typeof(Double32), Name = "down2"), MaxPool(2)]
[Block(typeof(Double64), Name = "down3"), MaxPool(2)]
[Block(typeof(Double128), Name = "down4"), MaxPool(2)]
[Block(typeof(Double256), Name = "bottom")]
[ConvTranspose(128, 2, Stride = 2, Name = "up4"), Concat("down4"), Block(typeof(Double128), Name = "merge4")]
[ConvTranspose(64, 2, Stride = 2, Name = "up3"), Concat("down3"), Block(typeof(Double64), Name = "merge3")]
[ConvTranspose(32, 2, Stride = 2, Name = "up2"), Concat("down2"), Block(typeof(Double32), Name = "merge2")]
[ConvTranspose(16, 2, Stride = 2, Name = "up1"), Concat("down1"), Block(typeof(Double16), Name = "merge1")]
[Conv(4, 1, Name = "classes"), Softmax]
public partial class UNet;

/// <summary>Two 3x3 convolutions of 16 channels.</summary>
[Conv(16, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv(16, 3, Padding = 1, Bias = false), BatchNorm, Relu]
file partial class Double16;

/// <summary>Two 3x3 convolutions of 32 channels.</summary>
[Conv(32, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv(32, 3, Padding = 1, Bias = false), BatchNorm, Relu]
file partial class Double32;

/// <summary>Two 3x3 convolutions of 64 channels.</summary>
[Conv(64, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv(64, 3, Padding = 1, Bias = false), BatchNorm, Relu]
file partial class Double64;

/// <summary>Two 3x3 convolutions of 128 channels.</summary>
[Conv(128, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv(128, 3, Padding = 1, Bias = false), BatchNorm, Relu]
file partial class Double128;

/// <summary>Two 3x3 convolutions of 256 channels.</summary>
[Conv(256, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv(256, 3, Padding = 1, Bias = false), BatchNorm, Relu]
file partial class Double256;
