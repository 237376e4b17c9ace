using System;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>
/// A transposed convolution: y[o, i * s + u * d - top, j * s + v * d - left] is the sum of w[c, o, u, v] x[c, i, j], plus b[o]. It is
/// the gradient of the convolution with this window from the output to the input.
/// </summary>
internal sealed record ConvTransposeLayer(
    int Filters, WindowSpec Spec, int OutputPaddingHeight, int OutputPaddingWidth, int Groups, bool Bias) : Layer
{
    public override string Kind => "ConvTranspose";

    public override string NameStem => "convtranspose";

    public override string Title => "ConvTranspose " + WindowText.Size(Spec);

    public override string TableTitle => Title + WindowText.Hyper(Spec, 1, 1)
        + (OutputPaddingHeight == 0 && OutputPaddingWidth == 0
            ? ""
            : " output pad " + WindowText.Pair(OutputPaddingHeight, OutputPaddingWidth))
        + (Groups == 1 ? "" : " groups " + Text.Number(Groups));

    public override bool FoldsBatchNorm => true;

    public override bool HasEpilogue => true;

    public override int TransposedGroups => Groups;

    public override string Smaller => "use fewer filters or a smaller stride";

    public static Layer? Read(ArgumentReader reader)
    {
        var filters = reader.Size("filters", "the number of filters");
        var spec = WindowReader.Kernel(reader);
        if (spec.Padding.IsSame)
            reader.Refuse(Rules.SameWithoutMeaning, "Padding");
        var output = reader.Count("OutputPadding", "the output padding");
        var outputHeight = reader.Count("OutputPaddingHeight", "OutputPaddingHeight", output);
        var outputWidth = reader.Count("OutputPaddingWidth", "OutputPaddingWidth", output);
        var groups = reader.Size("Groups", "the number of groups");
        reader.Size("InChannels", "InChannels");
        if (!reader.Failed)
        {
            CheckOutputPadding(reader, "Height", outputHeight, spec.StrideHeight, spec.DilationHeight);
            CheckOutputPadding(reader, "Width", outputWidth, spec.StrideWidth, spec.DilationWidth);
        }

        Convolutions.CheckFilters(groups, filters, reader);
        return reader.Failed
            ? null
            : new ConvTransposeLayer(filters, spec, outputHeight, outputWidth, groups, reader.Flag("Bias", true));
    }

    public override bool Check(Shape input, LayerCheck check)
    {
        if (!check.RequireVolume(input))
            return false;
        Convolutions.CheckPromise(input, check);
        if (!Convolutions.CheckGroups(Groups, "Groups", input, check))
            return false;
        // With the part that the padding takes away, so that the sums of a kernel stay within int.
        var height = Full(input.Height, Spec.ExtentHeight, Spec.StrideHeight, OutputPaddingHeight);
        var width = Full(input.Width, Spec.ExtentWidth, Spec.StrideWidth, OutputPaddingWidth);
        return check.FitsArray("", "an output, before the padding is taken away,", height, width, Filters, Smaller)
            && CheckLeft(input, check);
    }

    public override string Describe(Shape input) =>
        WindowText.Size(Spec) + " transposed convolution" + (Groups == 1 ? "" : " in " + Text.Number(Groups) + " groups")
        + (Bias ? "" : " without bias") + WindowText.Describe(Spec.Resolve(input)) + ", " + ShapesText(input) + ParametersText(input);

    /// <summary>The window of the convolution from the output to the input, whose gradient this layer is.</summary>
    public Window Window(Shape input) => Spec.Resolve(input).WithinReach(Infer(input));

    public override Shape Infer(Shape input) => Shape.Volume(
        (int)(Full(input.Height, Spec.ExtentHeight, Spec.StrideHeight, OutputPaddingHeight) - Spec.Padding.Top - Spec.Padding.Bottom),
        (int)(Full(input.Width, Spec.ExtentWidth, Spec.StrideWidth, OutputPaddingWidth) - Spec.Padding.Left - Spec.Padding.Right),
        Filters);

    /// <summary>weight [in, out / groups, kh, kw] and bias [out].</summary>
    public override EquatableArray<ParameterSpec> Parameters(Shape input)
    {
        var fanIn = input.Channels / Groups
            * Meeting(Spec.Height, Spec.StrideHeight, Spec.DilationHeight)
            * Meeting(Spec.Width, Spec.StrideWidth, Spec.DilationWidth);
        var weight = new ParameterSpec(
            "weight",
            [input.Channels, Filters / Groups, Spec.Height, Spec.Width],
            Convolutions.Bounded(fanIn),
            Convolutions.Bounded((long)(Filters / Groups) * Spec.Height * Spec.Width));
        return Bias ? [weight, ParameterSpec.Bias(Filters)] : [weight];
    }

    public override long MultiplyAdds(Shape input) => input.LongLength * (Filters / Groups) * Spec.Height * Spec.Width;

    private static decimal Full(int size, long extent, int stride, int outputPadding) =>
        ((size - 1m) * stride) + extent + outputPadding;

    /// <summary>
    /// The most taps of one side that meet in an output: those a multiple of the stride apart, d * t = 0 modulo s.
    /// </summary>
    private static long Meeting(int kernel, int stride, int dilation)
    {
        var (a, b) = (stride, dilation);
        while (b != 0)
            (a, b) = (b, a % b);
        var period = stride / a;
        return ((kernel - 1L) / period) + 1;
    }

    private static void CheckOutputPadding(ArgumentReader reader, string side, int padding, int stride, int dilation)
    {
        var most = Math.Max(stride, dilation) - 1;
        if (padding <= most)
            return;
        reader.Refuse(
            Rules.OutputPaddingTooLarge,
            reader.Has("OutputPadding" + side) ? "OutputPadding" + side : "OutputPadding",
            Text.Number(padding),
            Text.Number(stride),
            Text.Number(dilation),
            most == 0 ? "leave it out" : "the most is " + Text.Number(most));
    }

    private bool CheckLeft(Shape input, LayerCheck check)
    {
        var padding = Spec.Padding;
        var rows = Full(input.Height, Spec.ExtentHeight, Spec.StrideHeight, OutputPaddingHeight);
        var columns = Full(input.Width, Spec.ExtentWidth, Spec.StrideWidth, OutputPaddingWidth);
        return CheckLeft("height", rows, padding.Top, padding.Bottom, "PaddingTop", check)
            && CheckLeft("width", columns, padding.Left, padding.Right, "PaddingLeft", check);
    }

    private static bool CheckLeft(string side, decimal full, int before, int after, string sideArgument, LayerCheck check)
    {
        var left = full - before - after;
        if (left >= 1)
            return true;
        check.Report(
            Rules.NothingLeft,
            check.Has("Padding") ? "Padding" : sideArgument,
            side,
            Text.Grouped(full) + " - " + Text.Number(before) + " - " + Text.Number(after) + " = " + Text.Grouped(left),
            "pad " + Text.Grouped(full - 1) + " of it at most");
        return false;
    }
}
