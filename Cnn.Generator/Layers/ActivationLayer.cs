using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

internal enum ActivationFunction
{
    Relu,
    LeakyRelu,
    Sigmoid,
    Tanh,
}

/// <summary>An element-by-element function. All of them are monotonic, so that they commute with max pooling.</summary>
/// <param name="Function">Which one.</param>
/// <param name="Slope">The slope below zero of LeakyRelu; 0 for the others.</param>
internal sealed record ActivationLayer(ActivationFunction Function, float Slope) : Layer
{
    public override string Kind => Function.ToString();

    public override string NameStem => Function.ToString().ToLowerInvariant();

    public override Shape Infer(Shape input) => input;
}
