using Cnn;

namespace ZooExample;

/// <summary>
/// The dense autoencoder over five frames of 128 mel energies whose error tells a machine that sounds wrong: anomaly detection in MLPerf
/// Tiny, the baseline of DCASE 2020's second task.
/// </summary>
[Input(640)]
[Block(typeof(Dense128), Name = "encoder", Repeat = 4)]
[Dense(8, Name = "code"), Block(typeof(NormRelu), Name = "norm")]
[Block(typeof(Dense128), Name = "decoder", Repeat = 4)]
[Dense(640, Name = "output")]
public partial class Autoencoder;

/// <summary>A dense layer of 128, normalised.</summary>
[Dense(128), Block(typeof(NormRelu), Name = "norm")]
file partial class Dense128;
