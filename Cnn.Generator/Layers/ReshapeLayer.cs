using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>The elements, in the order of the network's layout, read as another shape.</summary>
internal sealed record ReshapeLayer(Shape Target) : Layer
{
    public override string Kind => "Reshape";

    public override string NameStem => "reshape";

    public override string Title => Kind + " " + Target;

    public override string TableTitle => Title;

    public static Layer? Read(ArgumentReader reader)
    {
        if (reader.Has("length"))
        {
            var length = reader.Size("length", "the length");
            return reader.Failed ? null : new ReshapeLayer(Shape.Vector(length));
        }

        var height = reader.Size("height", "the height");
        var width = reader.Size("width", "the width");
        var channels = reader.Size("channels", "the number of channels");
        return reader.Failed ? null : new ReshapeLayer(Shape.Volume(height, width, channels));
    }

    public override Shape Infer(Shape input) => Target;

    public override Shape? InferUnknown() => IsCounted ? Target : null;

    public override bool Check(Shape input, LayerCheck check)
    {
        var elements = (decimal)Target.Height * Target.Width * Target.Channels;
        if (elements == input.LongLength)
            return true;
        check.Report(
            Rules.ElementsDiffer,
            "",
            Target.ToString(),
            Text.Grouped(elements),
            check.Producer.Output(input),
            Text.Grouped(input.LongLength));
        return IsCounted;
    }

    public override string Describe(Shape input) => "read as another shape, " + ShapesText(input);

    private bool IsCounted => (decimal)Target.Height * Target.Width * Target.Channels <= Graph.SizeLimits.LargestArray;
}
