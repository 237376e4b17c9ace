using Cnn;

namespace SegmentationExample;

/// <summary>
/// A small U-Net (Ronneberger et al., 2015): two halvings, and for each pixel the probabilities of background, circle, box and triangle.
/// </summary>
[Input(Scene.Size, Scene.Size, 1)]
[Block(typeof(Double8), Name = "down1"), MaxPool(2)]
[Block(typeof(Double16), Name = "down2"), MaxPool(2)]
[Block(typeof(Double32), Name = "bottom")]
[ConvTranspose(16, 2, Stride = 2, Name = "up2"), Concat("down2"), Block(typeof(Double16), Name = "merge2")]
[ConvTranspose(8, 2, Stride = 2, Name = "up1"), Concat("down1"), Block(typeof(Double8), Name = "merge1")]
[Conv(Scene.Classes, 1, Name = "classes"), Softmax]
public partial class ShapeUNet;

/// <summary>Two 3x3 convolutions of 8 channels.</summary>
[Conv(8, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv(8, 3, Padding = 1, Bias = false), BatchNorm, Relu]
file partial class Double8;

/// <summary>Two 3x3 convolutions of 16 channels.</summary>
[Conv(16, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv(16, 3, Padding = 1, Bias = false), BatchNorm, Relu]
file partial class Double16;

/// <summary>Two 3x3 convolutions of 32 channels.</summary>
[Conv(32, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv(32, 3, Padding = 1, Bias = false), BatchNorm, Relu]
file partial class Double32;
