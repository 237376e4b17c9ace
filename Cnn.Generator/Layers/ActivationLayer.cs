using System.Globalization;
using Cnn.Generator.Diagnostics;
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

    public override string Title => Function == ActivationFunction.LeakyRelu ? Kind + " " + SlopeText : Kind;

    public override bool IsElementwise => true;

    /// <summary>Gets a value indicating whether it keeps the order of its arguments, so that it commutes with a maximum.</summary>
    public bool IsMonotonic => true;

    /// <summary>Gets a value indicating whether its derivative is computed from its input; else from its output.</summary>
    public bool DerivativeReadsInput => false;

    private string SlopeText => Slope.ToString(CultureInfo.InvariantCulture);

    /// <summary>A refused slope leaves the shape as it is.</summary>
    public static Layer ReadLeakyRelu(ArgumentReader reader) =>
        new ActivationLayer(ActivationFunction.LeakyRelu, reader.Fraction("slope", Rules.SlopeOutOfRange));

    public override Shape Infer(Shape input) => input;

    public override string Describe(Shape input) => Function switch
    {
        ActivationFunction.Relu => "max(x, 0) of each element, " + input,
        ActivationFunction.LeakyRelu => "x for x > 0, otherwise " + SlopeText + " x, of each element, " + input,
        ActivationFunction.Sigmoid => "1 / (1 + exp(-x)) of each element, " + input,
        _ => "tanh(x) of each element, " + input,
    };
}
