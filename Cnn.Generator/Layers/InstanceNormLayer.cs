using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>Instance normalisation: over all pixels of each channel, sample by sample.</summary>
internal sealed record InstanceNormLayer(double Epsilon, bool Affine) : Layer, INormalization
{
    public override string Kind => "InstanceNorm";

    public override string NameStem => "in";

    /// <summary>Refused numbers leave the shape as it is.</summary>
    public static Layer Read(ArgumentReader reader) =>
        new InstanceNormLayer(Normalizations.Epsilon(reader), reader.Flag("Affine", false));

    public override bool JoinsRow => true;

    public override Shape Infer(Shape input) => input;

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        Normalizations.CheckCount(
            (long)input.Height * input.Width, check.Producer.Output(input) + ", of which each channel has one element", check);
        return true;
    }

    public override EquatableArray<ParameterSpec> Parameters(Shape input) => Affine ? Normalizations.Affine([input.Channels]) : [];

    public override string Describe(Shape input) =>
        "normalisation of each channel" + Normalizations.Describe(this, usuallyAffine: false) + ", " + input + ParametersText(input);
}
