using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>
/// Max or average pooling, each channel by itself. The average divides by the part of the window inside the padded input (PyTorch's
/// default), or, without <paramref name="CountIncludePad"/>, inside the input.
/// </summary>
internal sealed record PoolLayer(bool IsMax, WindowSpec Spec, bool CountIncludePad) : Layer, IWindowed
{
    public PoolLayer(bool isMax, int size, int stride, PaddingSpec padding)
        : this(isMax, WindowSpec.Square(size, stride, padding), true)
    {
    }

    public override string Kind => IsMax ? "MaxPool" : "AvgPool";

    public override string NameStem => "pool";

    public override string Title => Kind + " " + (Spec.Height == Spec.Width ? Text.Number(Spec.Height) : WindowText.Size(Spec));

    public override string TableTitle => Kind + " " + WindowText.Size(Spec) + WindowText.Hyper(Spec, Spec.Height, Spec.Width);

    public override bool IsIdentityAtInference(Shape input) =>
        Spec is { Height: 1, Width: 1, StrideHeight: 1, StrideWidth: 1 } && !Window(input).IsPadded;

    string IWindowed.Noun => "window";

    public static Layer? Read(ArgumentReader reader, bool isMax)
    {
        var layer = new PoolLayer(isMax, WindowReader.Pool(reader), isMax || reader.Flag("CountIncludePad", true));
        return reader.Failed ? null : layer;
    }

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        var isPadded = PoolChecks.CheckPadding(Spec, check);
        if (!WindowChecks.CheckFits(this, input, check))
            return false;
        if (!isPadded || PoolChecks.CheckWindows(Spec, input, check))
            WindowChecks.Hint(this, input, check);
        return true;
    }

    public override string Describe(Shape input) =>
        WindowText.Size(Spec) + (IsMax ? " max" : " average") + " pooling" + WindowText.Describe(Spec.Resolve(input))
        + (CountIncludePad || !Window(input).IsPadded ? "" : " that does not count") + ", " + ShapesText(input);

    public Window Window(Shape input) => Spec.Resolve(input).WithinReach(input);

    /// <summary>Its numbers over an input.</summary>
    public PoolGeometry Geometry(Shape input)
    {
        var output = Infer(input);
        return new PoolGeometry(IsMax, Window(input), input, output.Height, output.Width) { CountIncludePad = CountIncludePad };
    }

    public override Shape Infer(Shape input)
    {
        var window = Window(input);
        return Shape.Volume(window.OutputHeight(input.Height), window.OutputWidth(input.Width), input.Channels);
    }
}
