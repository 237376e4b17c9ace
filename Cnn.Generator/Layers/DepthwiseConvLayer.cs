using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>
/// A convolution of each channel by itself, with <paramref name="Multiplier"/> filters a channel: as many groups as channels.
/// </summary>
internal sealed record DepthwiseConvLayer(WindowSpec Spec, int Multiplier, bool Bias) : Layer, IConvolution
{
    public override string Kind => "DepthwiseConv";

    public override string NameStem => "depthwise";

    public override string Title => "DepthwiseConv " + WindowText.Size(Spec);

    public override string TableTitle =>
        Title + WindowText.Hyper(Spec, 1, 1) + (Multiplier == 1 ? "" : " multiplier " + Text.Number(Multiplier));

    public override bool FoldsBatchNorm => true;

    public override bool HasEpilogue => true;

    public override string Smaller => "use a smaller multiplier or a larger stride";

    string IWindowed.Noun => "kernel";

    public static Layer? Read(ArgumentReader reader)
    {
        var spec = WindowReader.Kernel(reader);
        var multiplier = reader.Size("Multiplier", "the multiplier");
        reader.Size("InChannels", "InChannels");
        return reader.Failed ? null : new DepthwiseConvLayer(spec, multiplier, reader.Flag("Bias", true));
    }

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        Convolutions.CheckPromise(input, check);
        if (!WindowChecks.Check(this, input, check))
            return false;
        var window = Window(input);
        return check.FitsArray(
            "Multiplier",
            "an output",
            window.OutputHeight(input.Height),
            window.OutputWidth(input.Width),
            (decimal)input.Channels * Multiplier,
            Smaller);
    }

    public override string Describe(Shape input) =>
        WindowText.Size(Spec) + " depthwise convolution"
        + (Multiplier == 1 ? "" : ", " + Text.Number(Multiplier) + " filters a channel,")
        + (Bias ? "" : " without bias") + WindowText.Describe(Spec.Resolve(input)) + ", " + ShapesText(input) + ParametersText(input);

    public Window Window(Shape input) => Spec.Resolve(input).WithinReach(input);

    public int GroupsOf(Shape input) => input.Channels;

    public int FiltersOf(Shape input) => input.Channels * Multiplier;

    public override Shape Infer(Shape input) => Convolutions.Infer(this, input);

    public override EquatableArray<ParameterSpec> Parameters(Shape input) => Convolutions.Parameters(this, input);

    public override long MultiplyAdds(Shape input) => Convolutions.MultiplyAdds(this, input);
}
