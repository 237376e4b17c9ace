using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>
/// A volume made larger by whole factors: each element repeated, or, bilinear, weighted means of the four around
/// (i + 1/2) / scale - 1/2, with aligned corners i * (n - 1) / (n * scale - 1).
/// </summary>
internal sealed record UpsampleLayer(int ScaleHeight, int ScaleWidth, bool IsBilinear, bool AlignCorners) : Layer
{
    public override string Kind => "Upsample";

    public override string NameStem => "upsample";

    public override string Title => Kind + " " + WindowText.Pair(ScaleHeight, ScaleWidth) + (IsBilinear ? " bilinear" : "");

    public override string TableTitle => Title;

    public override string Smaller => "use a smaller scale";

    public static Layer? Read(ArgumentReader reader)
    {
        var (height, width) = reader.Sizes(
            "scale", "the scale", "scaleHeight", "the scale of the height", "scaleWidth", "the scale of the width");
        var isBilinear = reader.Mode("Mode", "upsampling", "Upsampling.Nearest", "Upsampling.Bilinear") == 1;
        var alignCorners = reader.Flag("AlignCorners", false);
        if (!reader.Failed && alignCorners && !isBilinear)
        {
            reader.RefuseWithoutEffect(
                "AlignCorners", "Upsampling.Nearest repeats elements", "write Mode = Upsampling.Bilinear or leave it out");
        }

        return reader.Failed ? null : new UpsampleLayer(height, width, isBilinear, alignCorners);
    }

    public override Shape Infer(Shape input) => Shape.Volume(input.Height * ScaleHeight, input.Width * ScaleWidth, input.Channels);

    public override bool IsIdentityAtInference(Shape input) => ScaleHeight == 1 && ScaleWidth == 1;

    public override bool Check(Shape input, LayerCheck check) => check.RequireVolume(input) && check.FitsArray(
        "", "an output", (decimal)input.Height * ScaleHeight, (decimal)input.Width * ScaleWidth, input.Channels, Smaller);

    public override string Describe(Shape input) =>
        (IsBilinear ? "bilinear upsampling" + (AlignCorners ? " with aligned corners" : "") : "each element repeated")
        + ", " + ShapesText(input);
}
