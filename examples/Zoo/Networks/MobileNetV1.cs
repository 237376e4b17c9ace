using Cnn;

namespace ZooExample;

/// <summary>
/// MobileNetV1 with a quarter of the channels for 96x96 images, person or none: visual wake words in MLPerf Tiny. After Howard et al.,
/// "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications", 2017.
/// </summary>
[Input(96, 96, 3)]
[Conv(8, 3, Stride = 2, Padding = Padding.Same), Block(typeof(NormRelu), Name = "stem")]
[Block(typeof(Depthwise), Name = "spatial1"), Conv(16, 1), Block(typeof(NormRelu), Name = "norm1")]
[Block(typeof(Halving), Name = "spatial2"), Conv(32, 1), Block(typeof(NormRelu), Name = "norm2")]
[Block(typeof(Depthwise), Name = "spatial3"), Conv(32, 1), Block(typeof(NormRelu), Name = "norm3")]
[Block(typeof(Halving), Name = "spatial4"), Conv(64, 1), Block(typeof(NormRelu), Name = "norm4")]
[Block(typeof(Depthwise), Name = "spatial5"), Conv(64, 1), Block(typeof(NormRelu), Name = "norm5")]
[Block(typeof(Halving), Name = "spatial6"), Conv(128, 1), Block(typeof(NormRelu), Name = "norm6")]
[Block(typeof(Separable128), Name = "middle", Repeat = 5)]
[Block(typeof(Halving), Name = "spatial7"), Conv(256, 1), Block(typeof(NormRelu), Name = "norm7")]
[Block(typeof(Depthwise), Name = "spatial8"), Conv(256, 1), Block(typeof(NormRelu), Name = "norm8")]
[GlobalAvgPool, Flatten]
[Dense(2), Softmax]
public partial class MobileNetV1;

/// <summary>A 3x3 convolution for each channel.</summary>
[DepthwiseConv(3, Padding = Padding.Same), Block(typeof(NormRelu), Name = "norm")]
file partial class Depthwise;

/// <summary>A 3x3 convolution for each channel that halves height and width.</summary>
[DepthwiseConv(3, Stride = 2, Padding = Padding.Same), Block(typeof(NormRelu), Name = "norm")]
file partial class Halving;

/// <summary>A convolution for each channel, then one across 128.</summary>
[DepthwiseConv(3, Padding = Padding.Same), Block(typeof(NormRelu), Name = "norm1")]
[Conv(128, 1), Block(typeof(NormRelu), Name = "norm2")]
file partial class Separable128;
