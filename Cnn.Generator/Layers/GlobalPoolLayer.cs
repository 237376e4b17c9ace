using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>The mean or the largest element of each channel, from h x w x c to the volume 1 x 1 x c.</summary>
internal sealed record GlobalPoolLayer(bool IsMax) : Layer
{
    public override string Kind => IsMax ? "GlobalMaxPool" : "GlobalAvgPool";

    public override string NameStem => "pool";

    public override Shape Infer(Shape input) => Shape.Volume(1, 1, input.Channels);

    public override bool IsIdentityAtInference(Shape input) => input.Height == 1 && input.Width == 1;

    public override bool Check(Shape input, LayerCheck check) => check.RequireVolume(input);

    public override string Describe(Shape input) => (IsMax ? "the largest" : "the mean") + " of each channel, " + ShapesText(input);
}
