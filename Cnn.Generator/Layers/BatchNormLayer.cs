using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>
/// Batch normalisation of each channel of a volume or each element of a vector: by the mean and biased variance of the batch in
/// training, by the running averages at inference. Each step moves the running averages by <paramref name="Momentum"/>, the variance
/// unbiased.
/// </summary>
internal sealed record BatchNormLayer(double Epsilon, double Momentum, bool Affine) : Layer, INormalization
{
    public override string Kind => "BatchNorm";

    public override string NameStem => "bn";

    /// <summary>Refused numbers leave the shape as it is.</summary>
    public static Layer Read(ArgumentReader reader) => new BatchNormLayer(
        Normalizations.Epsilon(reader),
        reader.Number("Momentum", "the momentum", 0.1, "at least 0 and at most 1, often 0.1", momentum => momentum is >= 0 and <= 1),
        reader.Flag("Affine", true));

    public override bool JoinsRow => true;

    public override Shape Infer(Shape input) => input;

    public override EquatableArray<ParameterSpec> Parameters(Shape input)
    {
        EquatableArray<int> dimensions = [input.Channels];
        var mean = ParameterSpec.Constant("running_mean", dimensions, 0) with { IsBuffer = true };
        var variance = ParameterSpec.Constant("running_var", dimensions, 1) with { IsBuffer = true };
        return Affine ? [.. Normalizations.Affine(dimensions), mean, variance] : [mean, variance];
    }

    public override string Describe(Shape input) =>
        "batch normalisation" + Normalizations.Describe(this) + ", " + input + ParametersText(input);
}
