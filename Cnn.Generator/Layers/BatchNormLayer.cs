using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

internal sealed record BatchNormLayer(double Epsilon, double Momentum, bool Affine) : Layer
{
    public override string Kind => "BatchNorm";
    public override string NameStem => "bn";
    public override Shape Infer(Shape input) => input;
    public override string Describe(Shape input) => "batch normalisation, " + input;
}
