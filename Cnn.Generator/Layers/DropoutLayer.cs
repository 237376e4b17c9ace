using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>
/// In training, zeroes each element with probability <paramref name="Rate"/> and scales the rest by 1 / (1 - Rate); nothing at
/// inference.
/// </summary>
internal sealed record DropoutLayer(float Rate) : Layer
{
    public override string Kind => "Dropout";

    public override string NameStem => "dropout";

    public override string Title => "Dropout " + RateText;

    public override string TableTitle => Title;

    public override bool IsElementwise => true;

    public override bool IsIdentityAtInference(Shape input) => true;

    private string RateText => Text.Number(Rate);

    /// <summary>A refused rate leaves the shape as it is.</summary>
    public static Layer Read(ArgumentReader reader) => new DropoutLayer(reader.Fraction("rate", Rules.RateOutOfRange));

    public override Shape Infer(Shape input) => input;

    public override string Describe(Shape input) => "dropout with rate " + RateText + " in training, nothing at inference, " + input;
}
