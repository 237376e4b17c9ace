using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>x for x > 0, otherwise w x with a trainable w: one for all, or one a channel (an element of a vector).</summary>
internal sealed record PReluLayer(bool PerChannel, float Init) : Layer
{
    public override string Kind => "PRelu";

    public override string NameStem => "prelu";

    public override bool IsElementwise => true;

    /// <summary>A refused number leaves the shape as it is.</summary>
    public static Layer Read(ArgumentReader reader) =>
        new PReluLayer(reader.Flag("PerChannel", false), (float)reader.Number("Init", "the initial slope", 0.25, "finite"));

    public override Shape Infer(Shape input) => input;

    public override EquatableArray<ParameterSpec> Parameters(Shape input) =>
        [ParameterSpec.Constant("weight", [PerChannel ? input.Channels : 1], Init)];

    public override string Describe(Shape input) =>
        "x for x > 0, otherwise w x with a trainable w" + (PerChannel ? input.IsVector ? " for each element" : " for each channel" : "")
        + ", " + input + ParametersText(input);
}
