using Cnn;

namespace Project;

/// <summary>
/// EfficientNet-B0 for ImageNet's thousand classes. After Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019.
/// The outputs are logits.
/// </summary>
[Input(224, 224, 3)]
[Conv(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, Silu]
[Block(typeof(To16))]
[Block(typeof(To24))]
[Residual(typeof(Keep24))]
[Block(typeof(To40))]
[Residual(typeof(Keep40))]
[Block(typeof(To80))]
[Residual(typeof(Keep80))]
[Residual(typeof(Keep80))]
[Block(typeof(To112))]
[Residual(typeof(Keep112))]
[Residual(typeof(Keep112))]
[Block(typeof(To192))]
[Residual(typeof(Keep192))]
[Residual(typeof(Keep192))]
[Residual(typeof(Keep192))]
[Block(typeof(To320))]
[Conv(1280, 1, Bias = false), BatchNorm, Silu]
[GlobalAvgPool, Flatten, Dropout(0.2), Dense(1000)]
public partial class EfficientNetB0;

/// <summary>From 32 channels through 32 to 16.</summary>
[DepthwiseConv(3, Padding = 1, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(8, 1), Silu, Conv(32, 1), Sigmoid, Multiply("wide")]
[Conv(16, 1, Bias = false), BatchNorm]
file class To16;

/// <summary>From 16 channels through 96 to 24, halving height and width.</summary>
[Conv(96, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(3, Stride = 2, Padding = 1, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(4, 1), Silu, Conv(96, 1), Sigmoid, Multiply("wide")]
[Conv(24, 1, Bias = false), BatchNorm]
file class To24;

/// <summary>From 24 channels through 144 to 24.</summary>
[Conv(144, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(3, Padding = 1, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(6, 1), Silu, Conv(144, 1), Sigmoid, Multiply("wide")]
[Conv(24, 1, Bias = false), BatchNorm]
file class Keep24;

/// <summary>From 24 channels through 144 to 40, halving height and width.</summary>
[Conv(144, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(5, Stride = 2, Padding = 2, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(6, 1), Silu, Conv(144, 1), Sigmoid, Multiply("wide")]
[Conv(40, 1, Bias = false), BatchNorm]
file class To40;

/// <summary>From 40 channels through 240 to 40.</summary>
[Conv(240, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(5, Padding = 2, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(10, 1), Silu, Conv(240, 1), Sigmoid, Multiply("wide")]
[Conv(40, 1, Bias = false), BatchNorm]
file class Keep40;

/// <summary>From 40 channels through 240 to 80, halving height and width.</summary>
[Conv(240, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(3, Stride = 2, Padding = 1, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(10, 1), Silu, Conv(240, 1), Sigmoid, Multiply("wide")]
[Conv(80, 1, Bias = false), BatchNorm]
file class To80;

/// <summary>From 80 channels through 480 to 80.</summary>
[Conv(480, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(3, Padding = 1, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(20, 1), Silu, Conv(480, 1), Sigmoid, Multiply("wide")]
[Conv(80, 1, Bias = false), BatchNorm]
file class Keep80;

/// <summary>From 80 channels through 480 to 112.</summary>
[Conv(480, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(5, Padding = 2, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(20, 1), Silu, Conv(480, 1), Sigmoid, Multiply("wide")]
[Conv(112, 1, Bias = false), BatchNorm]
file class To112;

/// <summary>From 112 channels through 672 to 112.</summary>
[Conv(672, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(5, Padding = 2, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(28, 1), Silu, Conv(672, 1), Sigmoid, Multiply("wide")]
[Conv(112, 1, Bias = false), BatchNorm]
file class Keep112;

/// <summary>From 112 channels through 672 to 192, halving height and width.</summary>
[Conv(672, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(5, Stride = 2, Padding = 2, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(28, 1), Silu, Conv(672, 1), Sigmoid, Multiply("wide")]
[Conv(192, 1, Bias = false), BatchNorm]
file class To192;

/// <summary>From 192 channels through 1152 to 192.</summary>
[Conv(1152, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(5, Padding = 2, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(48, 1), Silu, Conv(1152, 1), Sigmoid, Multiply("wide")]
[Conv(192, 1, Bias = false), BatchNorm]
file class Keep192;

/// <summary>From 192 channels through 1152 to 320.</summary>
[Conv(1152, 1, Bias = false), BatchNorm, Silu]
[DepthwiseConv(3, Padding = 1, Bias = false), BatchNorm, Silu(Name = "wide")]
[GlobalAvgPool, Conv(48, 1), Silu, Conv(1152, 1), Sigmoid, Multiply("wide")]
[Conv(320, 1, Bias = false), BatchNorm]
file class To320;
