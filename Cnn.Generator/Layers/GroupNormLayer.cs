using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>Group normalisation: over all pixels and the channels of each group, sample by sample.</summary>
internal sealed record GroupNormLayer(int Groups, double Epsilon, bool Affine) : Layer, INormalization
{
    public override string Kind => "GroupNorm";

    public override string NameStem => "gn";

    public override string Title => "GroupNorm " + Text.Number(Groups);

    public override string TableTitle => Title;

    /// <summary>Refused numbers leave the shape as it is.</summary>
    public static Layer Read(ArgumentReader reader)
    {
        var groups = reader.Size("groups", "the number of groups");
        return new GroupNormLayer(reader.Failed ? 1 : groups, Normalizations.Epsilon(reader), reader.Flag("Affine", true));
    }

    public override bool JoinsRow => true;

    public override Shape Infer(Shape input) => input;

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        if (Convolutions.CheckGroups(Groups, "groups", input, check))
        {
            Normalizations.CheckCount(
                input.LongLength / Groups, check.Producer.Output(input) + ", of which each group has one element", check);
        }

        return true;
    }

    public override EquatableArray<ParameterSpec> Parameters(Shape input) => Affine ? Normalizations.Affine([input.Channels]) : [];

    public override string Describe(Shape input) =>
        "normalisation of " + Text.Count(Groups, "group") + " of channels" + Normalizations.Describe(this) + ", " + input
        + ParametersText(input);
}
