namespace Cnn.Benchmarks.Networks;

/// <summary>The lecture's LeNet-5 on 32x32 RGB images, planar as its rivals keep them: 651,720 multiply-adds.</summary>
[Input(32, 32, 3, Layout = Layout.Chw)]
[Conv(6, 5), Relu, MaxPool(2)]
[Conv(16, 5), Relu, MaxPool(2)]
[Flatten]
[Dense(120), Relu]
[Dense(84), Relu]
[Dense(10), Softmax]
public partial class LectureLeNet;
