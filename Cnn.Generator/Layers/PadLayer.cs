using System;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>What stands around a padded volume; the members of Cnn.PadMode.</summary>
internal enum PadMode
{
    Constant,
    Reflect,
    Replicate,
}

/// <summary>Rows and columns put around a volume: a number, its mirror image, or its border repeated.</summary>
internal sealed record PadLayer(int Top, int Left, int Bottom, int Right, PadMode Mode, float Value) : Layer
{
    public override string Kind => "Pad";

    public override string NameStem => "pad";

    public override string Title => Kind + " " + Sides.Text(Top, Left, Bottom, Right);

    public override string TableTitle => Title;

    public override string Smaller => "pad less";

    public static Layer? Read(ArgumentReader reader)
    {
        var sides = Sides.Read(reader);
        var mode = (PadMode)reader.Mode("Mode", "padding", "PadMode.Constant", "PadMode.Reflect", "PadMode.Replicate");
        var value = (float)reader.Number("Value", "the value", 0, "finite");
        if (!reader.Failed && mode != PadMode.Constant && reader.Has("Value"))
            reader.RefuseWithoutEffect("Value", "PadMode." + mode + " takes its numbers from the volume", "leave it out");
        return reader.Failed ? null : new PadLayer(sides.Top, sides.Left, sides.Bottom, sides.Right, mode, value);
    }

    public override Shape Infer(Shape input) =>
        Shape.Volume(input.Height + Top + Bottom, input.Width + Left + Right, input.Channels);

    public override bool IsIdentityAtInference(Shape input) => (Top | Left | Bottom | Right) == 0;

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        if (Mode == PadMode.Reflect)
        {
            CheckMirror("top", Math.Max(Top, Bottom), Top >= Bottom ? "top" : "bottom", input.Height, "row", input, check);
            CheckMirror("left", Math.Max(Left, Right), Left >= Right ? "left" : "right", input.Width, "column", input, check);
        }

        return check.FitsArray(
            "", "an output", (decimal)input.Height + Top + Bottom, (decimal)input.Width + Left + Right, input.Channels, Smaller);
    }

    public override string Describe(Shape input) =>
        Mode switch
        {
            PadMode.Reflect => "padded with its mirror image",
            PadMode.Replicate => "padded with its border",
            _ => "padded with " + Text.Number(Value),
        } + ", " + ShapesText(input);

    private static void CheckMirror(
        string first, int padding, string side, int size, string noun, Shape input, LayerCheck check)
    {
        // One number for all sides is one fault, told of the rows where it is too large for both.
        if (padding < size || (check.Has("all") && first == "left" && padding >= input.Height))
            return;
        check.Report(
            Rules.MirrorTooSmall,
            check.Has("all") ? "all" : side,
            Text.Count(padding, noun),
            check.Producer.Output(input),
            Text.Count(size, noun),
            size == 1 ? "use PadMode.Replicate" : "the most is " + Text.Number(size - 1));
    }
}
