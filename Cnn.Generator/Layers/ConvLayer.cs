using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>A 2-D convolution, computed as cross-correlation: y[o] = b[o] + sum over c, i, j of w[o, c, i, j] x[c, i, j].</summary>
internal sealed record ConvLayer(int Filters, int KernelHeight, int KernelWidth, int Stride, PaddingSpec Padding, bool Bias) : Layer
{
    public override string Kind => "Conv";

    public override string NameStem => "conv";

    public Window Window(Shape input) => Shapes.Window.Resolve(input, KernelHeight, KernelWidth, Stride, Stride, Padding);

    public override Shape Infer(Shape input)
    {
        var window = Window(input);
        return Shape.Volume(window.OutputHeight(input.Height), window.OutputWidth(input.Width), Filters);
    }

    public override EquatableArray<ParameterSpec> Parameters(Shape input)
    {
        var taps = KernelHeight * KernelWidth;
        var weight = new ParameterSpec("weight", [Filters, input.Channels, KernelHeight, KernelWidth], input.Channels * taps, Filters * taps);
        return Bias ? [weight, new ParameterSpec("bias", [Filters], 0, 0)] : [weight];
    }

    public override long MultiplyAdds(Shape input) => Infer(input).LongLength * input.Channels * KernelHeight * KernelWidth;
}
