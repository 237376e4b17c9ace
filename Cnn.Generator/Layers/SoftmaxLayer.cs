using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>
/// y[i] = exp(x[i] - max x) / sum over j of exp(x[j] - max x), over a vector or over the channels of each pixel of a volume.
/// </summary>
internal sealed record SoftmaxLayer : Layer
{
    public override string Kind => "Softmax";

    public override string NameStem => "softmax";

    public override bool JoinsRow => true;

    public override Shape Infer(Shape input) => input;

    public override string Describe(Shape input) =>
        "softmax, exp(x[i]) / sum of exp(x[j])" + (input.IsVector ? ", " : " over the channels of each pixel, ") + input;
}
