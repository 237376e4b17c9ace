using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>What a normalisation within one sample takes together.</summary>
internal enum NormOver
{
    /// <summary>Everything: a run.</summary>
    Sample,

    /// <summary>The channels of each pixel.</summary>
    Pixel,

    /// <summary>All pixels of a group of channels, in planar order.</summary>
    Group,
}

/// <summary>A normalisation within one sample.</summary>
/// <param name="Over">What it takes together.</param>
/// <param name="Layout">How its source lies: dense.</param>
/// <param name="Groups">Groups of channels.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Weight">Where its factors stand behind its weights; -1 without.</param>
/// <param name="Bias">Where its summands stand; -1 without.</param>
internal sealed record SampleNorm(NormOver Over, TensorLayout Layout, int Groups, double Epsilon, int Weight, int Bias)
{
    /// <summary>Gets the number of means; as many inverse deviations follow, and as many shifts.</summary>
    public int Means => Over switch
    {
        NormOver.Pixel => Pixels,
        NormOver.Group => Groups,
        _ => 1,
    };

    public int Pixels => Layout.Volume.Height * Layout.Volume.Width;

    public string EpsilonText => Text.Number(Epsilon) + (Over == NormOver.Group ? "" : "f");

    /// <summary>Gets the floats of all of them.</summary>
    public int Statistics => 3 * Means;

    /// <summary>Gets the three as arguments.</summary>
    public IReadOnlyList<CallArgument> StatisticsArguments =>
        [new Place("statistics", 0), new Place("statistics", Means), new Place("statistics", 2 * Means)];

    /// <summary>Its trained numbers at some places; nothing where it has none.</summary>
    public Region Trained(params int[] places)
    {
        var axes = new[] { new Axis(Over == NormOver.Sample ? Layout.Length : Layout.Volume.Channels, 1) }.ToEquatableArray();
        return new(places.Where(place => place >= 0).Select(place => new Box(place, axes)).ToEquatableArray());
    }

    public static string Place(string reference, int offset) => offset < 0
        ? "ref Unsafe.NullRef<float>()"
        : offset == 0 ? "ref " + reference : $"ref Add(ref {reference}, {Text.Number(offset)})";
}

/// <summary>y = w (x - mean) / sqrt(variance + epsilon) + b.</summary>
internal sealed record SampleNormKernel(SampleNorm Norm) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Norm.Layout),
        Parameter.Weights("weights", Norm.Trained(Norm.Weight, Norm.Bias)),
        Parameter.Writes("statistics", Region.Run(Norm.Statistics)),
        Parameter.Writes("target", Norm.Layout),
    ];

    public override bool HasWidths => false;

    public override string Reason => "mean and variance first, then one sweep";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var weight = SampleNorm.Place("weights", Norm.Weight);
        var bias = SampleNorm.Place("weights", Norm.Bias);
        var channels = Norm.Layout.Volume.Channels;
        var statistics = Norm.StatisticsArguments;
        body.Add(Norm.Over switch
        {
            NormOver.Sample => new Call(
                "LayerNormalization.Forward", ["ref source", "ref target", weight, bias, Norm.EpsilonText, .. statistics, Norm.Layout.Length]),
            NormOver.Group => new Call(
                "GroupNormalization.Forward",
                ["ref source", "ref target", weight, bias, Norm.EpsilonText, .. statistics, Norm.Groups, channels / Norm.Groups, Norm.Pixels]),
            _ when Norm.Layout.Order == VolumeLayout.Hwc => new Call(
                "LayerNormalization.ForwardChannels",
                ["ref source", channels, "ref target", channels, weight, bias, Norm.EpsilonText, .. statistics, channels, Norm.Pixels]),
            _ => new Call(
                "LayerNormalization.ForwardPlanes",
                ["ref source", Norm.Pixels, "ref target", Norm.Pixels, weight, bias, Norm.EpsilonText, .. statistics, channels, Norm.Pixels]),
        });
    }
}

/// <summary>Its backward pass, in place on the gradient.</summary>
internal sealed record SampleNormGradientKernel(SampleNorm Norm) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Norm.Layout),
        Parameter.Accumulates("target", Norm.Layout),
        Parameter.Weights("weights", Norm.Trained(Norm.Weight)),
        Parameter.Accumulates("gradients", Norm.Trained(Norm.Weight, Norm.Bias)),
        Parameter.Reads("statistics", Region.Run(Norm.Statistics)),
    ];

    public override bool HasWidths => false;

    public override string Reason => "through mean and variance, in place";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var weight = SampleNorm.Place("weights", Norm.Weight);
        CallArgument[] gradients = [SampleNorm.Place("gradients", Norm.Weight), SampleNorm.Place("gradients", Norm.Bias)];
        var channels = Norm.Layout.Volume.Channels;
        var statistics = Norm.StatisticsArguments;
        body.Add(Norm.Over switch
        {
            NormOver.Sample => new Call(
                "LayerNormalization.Backward", ["ref source", "ref target", weight, .. gradients, .. statistics, Norm.Layout.Length]),
            NormOver.Group => new Call(
                "GroupNormalization.Backward",
                ["ref source", "ref target", weight, .. gradients, .. statistics, Norm.Groups, channels / Norm.Groups, Norm.Pixels]),
            _ when Norm.Layout.Order == VolumeLayout.Hwc => new Call(
                "LayerNormalization.BackwardChannels",
                ["ref source", channels, "ref target", channels, weight, .. gradients, .. statistics, channels, Norm.Pixels]),
            _ => new Call(
                "LayerNormalization.BackwardPlanes",
                ["ref source", Norm.Pixels, "ref target", Norm.Pixels, weight, .. gradients, .. statistics, channels, Norm.Pixels]),
        });
    }
}
