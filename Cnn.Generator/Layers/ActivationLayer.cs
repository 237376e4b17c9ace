using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

internal enum ActivationFunction
{
    Relu,
    LeakyRelu,
    Sigmoid,
    Tanh,
    Relu6,
    Elu,
    Selu,
    Gelu,

    /// <summary>Gelu with tanh in place of the error function.</summary>
    GeluTanh,
    Silu,
    Mish,
    HardSwish,
    HardSigmoid,
    Softplus,
    Clip,
}

/// <summary>An element-by-element function with nothing to train.</summary>
/// <param name="Function">Which one.</param>
/// <param name="First">The slope of LeakyRelu, alpha of Elu, beta of Softplus, the least of Clip; 0 for the others.</param>
/// <param name="Second">The threshold of Softplus, the largest of Clip; 0 for the others.</param>
internal sealed record ActivationLayer(ActivationFunction Function, float First, float Second = 0) : Layer
{
    public override string Kind => Function == ActivationFunction.GeluTanh ? "Gelu" : Function.ToString();

    public override string NameStem => Kind.ToLowerInvariant();

    public override string Title => Kind + (Function == ActivationFunction.GeluTanh ? " tanh" : NumbersText);

    public override bool IsElementwise => true;

    /// <summary>Gets the slope of LeakyRelu.</summary>
    public float Slope => First;

    /// <summary>Gets the numbers with which the function is called besides the element, in their order.</summary>
    public EquatableArray<float> Numbers => Function switch
    {
        ActivationFunction.LeakyRelu or ActivationFunction.Elu => [First],
        ActivationFunction.Softplus or ActivationFunction.Clip => [First, Second],
        _ => [],
    };

    /// <summary>Gets a value indicating whether it keeps the order of its arguments, so that it commutes with a maximum.</summary>
    public bool IsMonotonic => Function is not (ActivationFunction.Gelu or ActivationFunction.GeluTanh
        or ActivationFunction.Silu or ActivationFunction.Mish or ActivationFunction.HardSwish);

    /// <summary>Gets a value indicating whether its derivative is computed from its input; else from its output.</summary>
    public bool DerivativeReadsInput => !IsMonotonic || Function is ActivationFunction.Softplus or ActivationFunction.Clip;

    /// <summary>Gets a value indicating whether an element takes an exponential, and so tens of instructions instead of a few.</summary>
    public bool IsCostly => Function is not (ActivationFunction.Relu or ActivationFunction.LeakyRelu or ActivationFunction.Relu6
        or ActivationFunction.Clip or ActivationFunction.HardSigmoid or ActivationFunction.HardSwish);

    private string NumbersText
    {
        get
        {
            var text = "";
            foreach (var number in Numbers)
                text += (text.Length == 0 ? " " : ", ") + Text.Number(number);
            return text;
        }
    }

    /// <summary>A refused slope leaves the shape as it is.</summary>
    public static Layer ReadLeakyRelu(ArgumentReader reader) =>
        new ActivationLayer(ActivationFunction.LeakyRelu, reader.Fraction("slope", Rules.SlopeOutOfRange));

    public static Layer ReadElu(ArgumentReader reader) =>
        new ActivationLayer(
            ActivationFunction.Elu, (float)reader.Number("alpha", "alpha", 1, "greater than 0 and finite", alpha => alpha > 0));

    public static Layer ReadGelu(ArgumentReader reader) =>
        new ActivationLayer(reader.Flag("Tanh", false) ? ActivationFunction.GeluTanh : ActivationFunction.Gelu, 0);

    public static Layer ReadSoftplus(ArgumentReader reader) => new ActivationLayer(
        ActivationFunction.Softplus,
        (float)reader.Number("Beta", "beta", 1, "greater than 0 and finite", beta => beta > 0),
        (float)reader.Number("Threshold", "the threshold", 20, "finite"));

    public static Layer ReadClip(ArgumentReader reader)
    {
        var least = (float)reader.Number("min", "the least output", 0, "finite");
        var largest = (float)reader.Number("max", "the largest output", 0, "finite");
        if (!reader.Failed && least >= largest)
            reader.Refuse(Rules.BoundsReversed, "min", reader.Written("min"), reader.Written("max"));
        return new ActivationLayer(ActivationFunction.Clip, least, largest);
    }

    public override Shape Infer(Shape input) => input;

    public override string Describe(Shape input) => Formula + " of each element, " + input;

    private string Formula => Function switch
    {
        ActivationFunction.Relu => "max(x, 0)",
        ActivationFunction.LeakyRelu => "x for x > 0, otherwise " + Text.Number(First) + " x,",
        ActivationFunction.Sigmoid => "1 / (1 + exp(-x))",
        ActivationFunction.Tanh => "tanh(x)",
        ActivationFunction.Relu6 => "min(max(x, 0), 6)",
        ActivationFunction.Elu => "x for x > 0, otherwise " + Text.Number(First) + " (exp(x) - 1),",
        ActivationFunction.Selu => "1.0507 x for x > 0, otherwise 1.7581 (exp(x) - 1),",
        ActivationFunction.Gelu => "x / 2 * (1 + erf(x / sqrt(2)))",
        ActivationFunction.GeluTanh => "x / 2 * (1 + tanh(0.79788 (x + 0.044715 x^3)))",
        ActivationFunction.Silu => "x / (1 + exp(-x))",
        ActivationFunction.Mish => "x tanh(ln(1 + exp(x)))",
        ActivationFunction.HardSwish => "x min(max(x + 3, 0), 6) / 6",
        ActivationFunction.HardSigmoid => "min(max(x + 3, 0), 6) / 6",
        ActivationFunction.Softplus => First == 1 ? "ln(1 + exp(x))" : "ln(1 + exp(" + Text.Number(First) + " x)) / " + Text.Number(First),
        _ => "min(max(x, " + Text.Number(First) + "), " + Text.Number(Second) + ")",
    };
}
