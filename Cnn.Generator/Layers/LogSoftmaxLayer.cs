using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>
/// y[i] = x[i] - max x - ln(sum over j of exp(x[j] - max x)), over a vector or over the channels of each pixel of a volume.
/// </summary>
internal sealed record LogSoftmaxLayer : Layer
{
    public override string Kind => "LogSoftmax";

    public override string NameStem => "logsoftmax";

    public override bool JoinsRow => true;

    public override Shape Infer(Shape input) => input;

    public override string Describe(Shape input) =>
        "logarithm of softmax, x[i] - ln(sum of exp(x[j]))" + (input.IsVector ? ", " : " over the channels of each pixel, ") + input;
}
