using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>A fully connected layer: y = W x + b.</summary>
internal sealed record DenseLayer(int Units, bool Bias) : Layer
{
    public override string Kind => "Dense";

    public override string NameStem => "dense";

    public override string Title => "Dense " + Text.Number(Units);

    public override bool FoldsBatchNorm => true;

    public override bool HasEpilogue => true;

    public override string Smaller => "use fewer units";

    public static Layer? Read(ArgumentReader reader)
    {
        var layer = new DenseLayer(reader.Size("units", "the number of units"), reader.Flag("Bias", true));
        return reader.Failed ? null : layer;
    }

    public override Shape Infer(Shape input) => Shape.Vector(Units);

    public override Shape? InferUnknown() => Shape.Vector(Units);

    public override bool Check(Shape input, LayerCheck check)
    {
        check.RequireVector(input);
        return true;
    }

    public override string Describe(Shape input) =>
        "fully connected" + (Bias ? "" : " without bias") + ", " + ShapesText(input) + ParametersText(input);

    public override EquatableArray<ParameterSpec> Parameters(Shape input)
    {
        var weight = new ParameterSpec("weight", [Units, input.Length], input.Length, Units);
        return Bias ? [weight, new ParameterSpec("bias", [Units], 0, 0)] : [weight];
    }

    public override long MultiplyAdds(Shape input) => input.LongLength * Units;
}
