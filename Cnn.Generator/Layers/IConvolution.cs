using System;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>
/// A convolution over a known input: plain, grouped or depthwise. Output channel o of F reads the channels of its group, o / (F / groups).
/// </summary>
internal interface IConvolution : IWindowed
{
    bool Bias { get; }

    /// <summary>Gets the groups into which the channels of input and output are split.</summary>
    int GroupsOf(Shape input);

    /// <summary>Gets the output channels.</summary>
    int FiltersOf(Shape input);
}

/// <summary>What convolutions answer alike.</summary>
internal static class Convolutions
{
    public static Shape Infer(IConvolution layer, Shape input)
    {
        var window = layer.Window(input);
        return Shape.Volume(window.OutputHeight(input.Height), window.OutputWidth(input.Width), layer.FiltersOf(input));
    }

    /// <summary>weight [out, in / groups, kh, kw] and bias [out].</summary>
    public static EquatableArray<ParameterSpec> Parameters(IConvolution layer, Shape input)
    {
        var (groups, filters) = (layer.GroupsOf(input), layer.FiltersOf(input));
        var taps = (long)layer.Spec.Height * layer.Spec.Width;
        var weight = new ParameterSpec(
            "weight",
            [filters, input.Channels / groups, layer.Spec.Height, layer.Spec.Width],
            Bounded(input.Channels / groups * taps),
            Bounded(filters / groups * taps));
        return layer.Bias ? [weight, ParameterSpec.Bias(filters)] : [weight];
    }

    public static long MultiplyAdds(IConvolution layer, Shape input) =>
        Infer(layer, input).LongLength * (input.Channels / layer.GroupsOf(input)) * layer.Spec.Height * layer.Spec.Width;

    public static int Bounded(long fan) => (int)Math.Min(int.MaxValue, fan);

    /// <summary>Reports other channels than promised.</summary>
    public static void CheckPromise(Shape input, LayerCheck check)
    {
        if (check.Written("InChannels") is not { } promised || promised == input.Channels)
            return;
        check.Report(
            Rules.ChannelMismatch,
            "InChannels",
            [Remedy.Set("InChannels", input.Channels), new Remedy(RemedyKind.RemoveArgument, "InChannels")],
            Text.Count(promised, "channel"),
            check.Producer.ToString(),
            input.ToString(),
            Text.Count(input.Channels, "channel"),
            Text.Number(input.Channels));
    }

    /// <summary>Reports groups that do not divide the filters, at the argument.</summary>
    public static void CheckFilters(int groups, int filters, ArgumentReader reader)
    {
        if (!reader.Failed && filters % groups != 0)
            reader.Refuse(Rules.UnevenGroups, "Groups", Uneven(groups, filters, "filter"));
    }

    /// <summary>Reports groups that do not divide the channels that arrive.</summary>
    public static bool CheckGroups(int groups, string argument, Shape input, LayerCheck check)
    {
        if (input.Channels % groups == 0)
            return true;
        check.Report(
            Rules.UnevenGroups,
            argument,
            [.. Uneven(groups, input.Channels, "channel", " of " + check.Producer.Output(input))]);
        return false;
    }

    private static string[] Uneven(int groups, int count, string noun, string where = "") =>
    [
        Text.Count(groups, "group"),
        "the " + Text.Count(count, noun) + where,
        Text.Number(count) + " / " + Text.Number(groups) + " leaves a rest of " + Text.Number(count % groups),
        Text.Number(DivisorBelow(groups, count)),
    ];

    /// <summary>The largest divisor of <paramref name="count"/> below <paramref name="groups"/>.</summary>
    private static int DivisorBelow(int groups, int count)
    {
        for (var divisor = Math.Min(groups, count); divisor > 1; divisor--)
        {
            if (count % divisor == 0)
                return divisor;
        }

        return 1;
    }
}
