using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>Channels turned to pixels: output (y, x, k) is input (y / r, x / r, k r^2 + (y % r) r + x % r).</summary>
internal sealed record PixelShuffleLayer(int Factor) : Layer
{
    public override string Kind => "PixelShuffle";

    public override string NameStem => "pixelshuffle";

    public override string Title => Kind + " " + Text.Number(Factor);

    public override string TableTitle => Title;

    public static Layer? Read(ArgumentReader reader)
    {
        var factor = reader.Size("factor", "the factor");
        return reader.Failed ? null : new PixelShuffleLayer(factor);
    }

    public override Shape Infer(Shape input) =>
        Shape.Volume(input.Height * Factor, input.Width * Factor, input.Channels / (Factor * Factor));

    public override bool IsIdentityAtInference(Shape input) => Factor == 1;

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        var square = (long)Factor * Factor;
        if (input.Channels % square == 0)
            return true;
        var fewer = input.Channels / square * square;
        check.Report(
            Rules.UnevenShuffle,
            "factor",
            Text.Number(Factor) + " * " + Text.Number(Factor) + " = " + Text.Number(square),
            Text.Count(input.Channels, "channel") + " of " + check.Producer.Output(input),
            "give it " + (fewer == 0 ? "" : Text.Number(fewer) + " or ") + Text.Number(fewer + square) + " channels");
        return false;
    }

    public override string Describe(Shape input) => "channels turned to pixels, " + ShapesText(input);
}
