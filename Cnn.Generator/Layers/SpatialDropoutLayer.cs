using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>
/// In training, zeroes each channel of a sample with probability <paramref name="Rate"/> and scales the rest by 1 / (1 - Rate);
/// nothing at inference.
/// </summary>
internal sealed record SpatialDropoutLayer(float Rate) : Layer
{
    public override string Kind => "SpatialDropout";

    public override string NameStem => "spatialdropout";

    public override string Title => "SpatialDropout " + RateText;

    public override string TableTitle => Title;

    public override bool IsElementwise => true;

    public override bool IsIdentityAtInference(Shape input) => true;

    private string RateText => Text.Number(Rate);

    /// <summary>A refused rate leaves the shape as it is.</summary>
    public static Layer Read(ArgumentReader reader) => new SpatialDropoutLayer(reader.Fraction("rate", Rules.RateOutOfRange));

    public override Shape Infer(Shape input) => input;

    public override bool Check(Shape input, LayerCheck check) => check.RequireVolume(input);

    public override string Describe(Shape input) =>
        "dropout of whole channels with rate " + RateText + " in training, nothing at inference, " + input;
}
