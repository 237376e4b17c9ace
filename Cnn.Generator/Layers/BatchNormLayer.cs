using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

internal sealed record BatchNormLayer(double Epsilon, double Momentum, bool Affine) : Layer
{
    public override string Kind => "BatchNorm";
    public override string NameStem => "bn";
    public override Shape Infer(Shape input) => input;
    public override string Describe(Shape input) => "batch normalisation, " + input;
    public override EquatableArray<ParameterSpec> Parameters(Shape input)
    {
        EquatableArray<int> d = [input.Channels];
        var m = new ParameterSpec("running_mean", d, 0, 0) { IsBuffer = true };
        var v = new ParameterSpec("running_var", d, 0, 0) { IsBuffer = true, Initial = 1 };
        return Affine ? [new ParameterSpec("weight", d, 0, 0) { Initial = 1 }, new ParameterSpec("bias", d, 0, 0), m, v] : [m, v];
    }
}
