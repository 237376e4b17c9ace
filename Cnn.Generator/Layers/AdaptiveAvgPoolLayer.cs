using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>
/// Average pooling to a given size: output i of m is the mean of floor(i * n / m) to ceil((i + 1) * n / m) - 1, in rows and columns.
/// </summary>
internal sealed record AdaptiveAvgPoolLayer(int Height, int Width) : Layer
{
    public override string Kind => "AdaptiveAvgPool";

    public override string NameStem => "pool";

    public override string Title => Kind + " " + (Height == Width ? Text.Number(Height) : SizeText);

    public override string TableTitle => Kind + " " + SizeText;

    public override string Smaller => "use a smaller size";

    private string SizeText => Text.Number(Height) + "x" + Text.Number(Width);

    public static Layer? Read(ArgumentReader reader)
    {
        var (height, width) = reader.Sizes(
            "size", "the size of the output", "height", "the height of the output", "width", "the width of the output");
        return reader.Failed ? null : new AdaptiveAvgPoolLayer(height, width);
    }

    /// <summary>The first element of each window and the first behind it, from a side of <paramref name="size"/>.</summary>
    public static EquatableArray<(int First, int End)> Windows(int size, int outputs) => Enumerable.Range(0, outputs)
        .Select(i => ((int)((long)i * size / outputs), (int)((((i + 1L) * size) + outputs - 1) / outputs)))
        .ToEquatableArray();

    public override Shape Infer(Shape input) => Shape.Volume(Height, Width, input.Channels);

    public override bool IsIdentityAtInference(Shape input) => input.Height == Height && input.Width == Width;

    public override bool Check(Shape input, LayerCheck check) =>
        check.RequireVolume(input) && check.FitsArray("", "an output", Height, Width, input.Channels, Smaller);

    public override string Describe(Shape input) => "average pooling to " + SizeText + ", " + ShapesText(input);
}
