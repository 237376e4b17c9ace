using Cnn;

namespace ZooExample;

/// <summary>
/// DS-CNN for 49 frames of 10 cepstral coefficients, twelve keywords: keyword spotting in MLPerf Tiny. After Zhang et al., "Hello Edge:
/// Keyword Spotting on Microcontrollers", 2017.
/// </summary>
[Input(49, 10, 1)]
[Conv(64, 10, 4, Stride = 2, Padding = Padding.Same), Block(typeof(NormRelu), Name = "stem"), Dropout(0.2)]
[Block(typeof(Separable64), Name = "separable", Repeat = 4), Dropout(0.4)]
[GlobalAvgPool, Flatten]
[Dense(12), Softmax]
public partial class DsCnn;

/// <summary>A convolution for each channel, then one across them.</summary>
[DepthwiseConv(3, Padding = Padding.Same), Block(typeof(NormRelu), Name = "norm1")]
[Conv(64, 1), Block(typeof(NormRelu), Name = "norm2")]
file partial class Separable64;
