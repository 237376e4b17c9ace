using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>A fully connected layer: y = W x + b.</summary>
internal sealed record DenseLayer(int Units, bool Bias) : Layer
{
    public override string Kind => "Dense";

    public override string NameStem => "dense";

    public override Shape Infer(Shape input) => Shape.Vector(Units);

    public override EquatableArray<ParameterSpec> Parameters(Shape input)
    {
        var weight = new ParameterSpec("weight", [Units, input.Length], input.Length, Units);
        return Bias ? [weight, new ParameterSpec("bias", [Units], 0, 0)] : [weight];
    }

    public override long MultiplyAdds(Shape input) => input.LongLength * Units;
}
