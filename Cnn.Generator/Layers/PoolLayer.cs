using Cnn.Generator.Graph;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>Max or average pooling, each channel by itself. The average divides by the whole window, padding included (PyTorch's default).</summary>
internal sealed record PoolLayer(bool IsMax, int Size, int Stride, PaddingSpec Padding) : Layer
{
    public override string Kind => IsMax ? "MaxPool" : "AvgPool";

    public override string NameStem => "pool";

    public Window Window(Shape input) => Shapes.Window.Resolve(input, Size, Size, Stride, Stride, Padding);

    public override Shape Infer(Shape input)
    {
        var window = Window(input);
        return Shape.Volume(window.OutputHeight(input.Height), window.OutputWidth(input.Width), input.Channels);
    }
}
