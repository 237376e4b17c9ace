using System;

namespace Cnn.Benchmarks.Rivals;

/// <summary>A libtorch that holds our weights: it shows its results and times its own calls.</summary>
internal interface ITorchRival : IDisposable
{
    /// <summary>Gets the name and version.</summary>
    string Name { get; }

    /// <summary>The probabilities of the first input.</summary>
    float[] Outputs();

    /// <summary>The loss before each of some training steps from the loaded weights, SGD with momentum 0.9.</summary>
    float[] Losses(int count, float learningRate);

    /// <summary>Microseconds a forward pass of the first input.</summary>
    double Forward(int count);

    /// <summary>Microseconds a training step.</summary>
    double Train(int count);
}
