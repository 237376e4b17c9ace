using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>
/// Layer normalisation over the elements of a vector, over the channels of each pixel of a volume, or, with
/// <paramref name="WholeSample"/>, over all elements of a volume.
/// </summary>
internal sealed record LayerNormLayer(double Epsilon, bool Affine, bool WholeSample) : Layer, INormalization
{
    public override string Kind => "LayerNorm";

    public override string NameStem => "ln";

    /// <summary>Refused numbers leave the shape as it is.</summary>
    public static Layer Read(ArgumentReader reader) =>
        new LayerNormLayer(Normalizations.Epsilon(reader), reader.Flag("Affine", true), reader.Flag("WholeSample", false));

    public override bool JoinsRow => true;

    public override Shape Infer(Shape input) => input;

    public override bool Check(Shape input, LayerCheck check)
    {
        Normalizations.CheckCount(
            IsOverAll(input) ? input.LongLength : input.Channels,
            input.IsVector ? "a vector of one element"
                : WholeSample ? check.Producer.Output(input) + ", which has one element"
                : check.Producer.Output(input) + ", which has one channel a pixel",
            check);
        return true;
    }

    /// <summary>weight and bias: [c], or [c, h, w] over the whole of a volume.</summary>
    public override EquatableArray<ParameterSpec> Parameters(Shape input) => !Affine ? []
        : Normalizations.Affine(input.IsVector || !WholeSample ? [input.Channels] : [input.Channels, input.Height, input.Width]);

    public override string Describe(Shape input) =>
        "layer normalisation" + Normalizations.Describe(this)
        + (input.IsVector ? "" : WholeSample ? " over the whole volume" : " over the channels of each pixel")
        + ", " + input + ParametersText(input);

    private bool IsOverAll(Shape input) => input.IsVector || WholeSample;
}
