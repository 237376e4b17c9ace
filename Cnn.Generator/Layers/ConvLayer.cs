using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>
/// A 2-D convolution, computed as cross-correlation: y[o] = b[o] + sum over c, i, j of w[o, c, i, j] x[c, i, j], c over the channels of
/// the group of o.
/// </summary>
internal sealed record ConvLayer(int Filters, WindowSpec Spec, int Groups, bool Bias) : Layer, IConvolution
{
    public ConvLayer(int filters, int kernelHeight, int kernelWidth, int stride, PaddingSpec padding, bool Bias)
        : this(filters, new WindowSpec(kernelHeight, kernelWidth, stride, stride, padding), 1, Bias)
    {
    }

    public override string Kind => "Conv";

    public override string NameStem => "conv";

    public override string Title => "Conv " + WindowText.Size(Spec);

    public override string TableTitle => Title + WindowText.Hyper(Spec, 1, 1) + (Groups == 1 ? "" : " groups " + Text.Number(Groups));

    public override bool FoldsBatchNorm => true;

    public override bool HasEpilogue => true;

    public override bool HasResidualEpilogue => Groups == 1;

    public override bool HasPoolingEpilogue => Groups == 1 && !Spec.IsDilated;

    public override string Smaller => "use fewer filters or a larger stride";

    public int KernelHeight => Spec.Height;

    public int KernelWidth => Spec.Width;

    string IWindowed.Noun => "kernel";

    public static Layer? Read(ArgumentReader reader)
    {
        var filters = reader.Size("filters", "the number of filters");
        var spec = WindowReader.Kernel(reader);
        var groups = reader.Size("Groups", "the number of groups");
        reader.Size("InChannels", "InChannels");
        Convolutions.CheckFilters(groups, filters, reader);
        return reader.Failed ? null : new ConvLayer(filters, spec, groups, reader.Flag("Bias", true));
    }

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        Convolutions.CheckPromise(input, check);
        var isDivided = Convolutions.CheckGroups(Groups, "Groups", input, check);
        if (!WindowChecks.Check(this, input, check))
            return false;
        ArgumentOrder.Check(input, check);
        return isDivided;
    }

    public override string Describe(Shape input) =>
        WindowText.Size(Spec) + " convolution" + (Groups == 1 ? "" : " in " + Text.Number(Groups) + " groups")
        + (Bias ? "" : " without bias") + WindowText.Describe(Spec.Resolve(input)) + ", " + ShapesText(input) + ParametersText(input);

    public Window Window(Shape input) => Spec.Resolve(input).WithinReach(input);

    public int GroupsOf(Shape input) => Groups;

    public int FiltersOf(Shape input) => Filters;

    public override Shape Infer(Shape input) => Convolutions.Infer(this, input);

    public override EquatableArray<ParameterSpec> Parameters(Shape input) => Convolutions.Parameters(this, input);

    public override long MultiplyAdds(Shape input) => Convolutions.MultiplyAdds(this, input);
}
