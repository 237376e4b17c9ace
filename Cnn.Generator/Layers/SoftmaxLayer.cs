using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>y[i] = exp(x[i] - max x) / sum over j of exp(x[j] - max x), over a vector.</summary>
internal sealed record SoftmaxLayer : Layer
{
    public override string Kind => "Softmax";

    public override string NameStem => "softmax";

    public override bool JoinsRow => true;

    public override Shape Infer(Shape input) => input;

    public override bool Check(Shape input, LayerCheck check) => check.RequireVector(input);

    public override string Describe(Shape input) => "softmax, exp(x[i]) / sum of exp(x[j]), " + input;
}
