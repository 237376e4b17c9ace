using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>Rows and columns taken away from a volume.</summary>
internal sealed record CropLayer(int Top, int Left, int Bottom, int Right) : Layer
{
    public override string Kind => "Crop";

    public override string NameStem => "crop";

    public override string Title => Kind + " " + Sides.Text(Top, Left, Bottom, Right);

    public override string TableTitle => Title;

    public static Layer? Read(ArgumentReader reader)
    {
        var (top, left, bottom, right) = Sides.Read(reader);
        return reader.Failed ? null : new CropLayer(top, left, bottom, right);
    }

    public override Shape Infer(Shape input) =>
        Shape.Volume(input.Height - Top - Bottom, input.Width - Left - Right, input.Channels);

    public override bool IsIdentityAtInference(Shape input) => (Top | Left | Bottom | Right) == 0;

    public override bool Check(Shape input, LayerCheck check) =>
        check.RequireVolume(input)
        && CheckLeft("height", "top", input.Height, Top, Bottom, check)
        && CheckLeft("width", "left", input.Width, Left, Right, check);

    public override string Describe(Shape input) => "cropped, " + ShapesText(input);

    private static bool CheckLeft(string side, string first, int size, int before, int after, LayerCheck check)
    {
        var left = (long)size - before - after;
        if (left >= 1)
            return true;
        check.Report(
            Rules.NothingLeft,
            check.Has("all") ? "all" : first,
            side,
            Text.Number(size) + " - " + Text.Number(before) + " - " + Text.Number(after) + " = " + Text.Number(left),
            size == 1 ? "crop nothing of it" : "crop " + Text.Number(size - 1) + " of it at most");
        return false;
    }
}

/// <summary>The four sides of padding and cropping.</summary>
internal static class Sides
{
    public static (int Top, int Left, int Bottom, int Right) Read(ArgumentReader reader)
    {
        if (!reader.Has("all"))
        {
            return (
                reader.Count("top", "the top"), reader.Count("left", "the left"),
                reader.Count("bottom", "the bottom"), reader.Count("right", "the right"));
        }

        var all = reader.Count("all", "the number of rows and columns");
        return (all, all, all, all);
    }

    /// <summary><c>1</c> for all, or <c>1/2/1/2</c>: top, left, bottom, right.</summary>
    public static string Text(int top, int left, int bottom, int right) => top == left && top == bottom && top == right
        ? Infrastructure.Text.Number(top)
        : Infrastructure.Text.Number(top) + "/" + Infrastructure.Text.Number(left) + "/" + Infrastructure.Text.Number(bottom) + "/"
            + Infrastructure.Text.Number(right);
}
