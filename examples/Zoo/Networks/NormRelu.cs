using Cnn;

namespace ZooExample;

/// <summary>Batch normalisation with Keras's defaults, and ReLU: the block after the layers of the MLPerf Tiny networks.</summary>
[BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
internal partial class NormRelu;
