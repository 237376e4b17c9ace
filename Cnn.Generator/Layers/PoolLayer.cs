using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>
/// Max or average pooling, each channel by itself. The average divides by the whole window, padding included (PyTorch's
/// default).
/// </summary>
internal sealed record PoolLayer(bool IsMax, int Size, int Stride, PaddingSpec Padding) : Layer, IWindowed
{
    public override string Kind => IsMax ? "MaxPool" : "AvgPool";

    public override string NameStem => "pool";

    public override bool IsIdentityAtInference(Shape input) => Size == 1 && Stride == 1;

    public override string Title => Kind + " " + Text.Number(Size);

    int IWindowed.Height => Size;

    int IWindowed.Width => Size;

    string IWindowed.Noun => "window";

    public static Layer? Read(ArgumentReader reader, bool isMax)
    {
        var size = reader.Size("size", "the size of the window");
        var layer = new PoolLayer(isMax, size, reader.Size("Stride", "the stride", size), reader.Padding());
        return reader.Failed ? null : layer;
    }

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        if (!Padding.IsSame && 2L * Padding.Amount >= Size)
        {
            var most = (Size - 1) / 2;
            check.Report(
                Rules.PoolPaddingTooLarge,
                "Padding",
                Text.Number(Padding.Amount),
                Text.Number(Size) + "x" + Text.Number(Size),
                Text.Number(Size),
                most == 0 ? "leave it out" : "the most is Padding = " + Text.Number(most));
        }

        return WindowChecks.Check(this, input, check);
    }

    public override string Describe(Shape input) =>
        Text.Number(Size) + "x" + Text.Number(Size) + (IsMax ? " max" : " average") + " pooling"
        + WindowChecks.Describe(Window(input)) + ", " + ShapesText(input);

    public Window Window(Shape input) => Shapes.Window.Resolve(input, Size, Size, Stride, Stride, Padding);

    public override Shape Infer(Shape input)
    {
        var window = Window(input);
        return Shape.Volume(window.OutputHeight(input.Height), window.OutputWidth(input.Width), input.Channels);
    }
}
