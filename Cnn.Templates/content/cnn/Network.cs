using Cnn;

namespace Recognition;

/// <summary>Tells CLASS_COUNT classes of images apart. The compiler checks the shapes; change what you like.</summary>
[Input(IMAGE_SIZE, IMAGE_SIZE, 3)]
[Conv(16, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu, MaxPool(2)]
[Conv(32, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu, MaxPool(2)]
[Conv(64, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu, MaxPool(2)]
[GlobalAvgPool, Flatten, Dropout(0.2)]
[Dense(CLASS_COUNT), Softmax]
public partial class Network;
