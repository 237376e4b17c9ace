using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// What the kernels of batch normalisation share: where the numbers of the channels stand. Statistics are the rounded mean, the deviation
/// and what the mean is above its rounding, or two sums; coefficients are scale, 1 / sqrt(variance + epsilon) and shift.
/// </summary>
internal static class BatchNormTables
{
    public static int Pitch(int channels) => Tiling.RoundUp(channels, 8);

    public static string Channel(string table, int place, TensorLayout layout, string c = "") => c.Length == 0
        ? place == 0 ? $"ref {table}" : $"ref Add(ref {table}, {Text.Number(place * Pitch(layout.Volume.Channels))})"
        : place == 0 ? $"Add(ref {table}, {c})" : $"Add(ref {table}, {Text.Number(place * Pitch(layout.Volume.Channels))} + {c})";

    /// <summary>The numbers of all channels at some places of a table.</summary>
    public static Region Places(TensorLayout layout, params int[] places) => new(places.Select(place =>
        new Box(place * Pitch(layout.Volume.Channels), [new Axis(layout.Volume.Channels, 1)])).ToEquatableArray());

    /// <summary>The trained numbers of all channels; nothing where there are none.</summary>
    public static Region Trained(TensorLayout layout, params int[] places) => new(places.Where(place => place >= 0).Select(place =>
        new Box(place, [new Axis(layout.Volume.Channels, 1)])).ToEquatableArray());

    public static bool IsPlanar(TensorLayout layout) => layout.Order == VolumeLayout.Chw;
}

/// <summary>Mean and deviation of each channel over the samples of a thread.</summary>
internal sealed record BatchNormMomentsKernel(TensorLayout Source, int Pitch) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Source).Each(Pitch),
        Parameter.Writes("statistics", BatchNormTables.Places(Source, 0, 1, 2)),
        Parameter.Count,
    ];

    public override bool HasWidths => false;

    public override string Reason => "two passes: the mean, by differences from the first element, then the squared differences from it";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var v = Source.Volume;
        var mean = BatchNormTables.Channel("statistics", 0, Source);
        var deviation = BatchNormTables.Channel("statistics", 1, Source);
        var remainder = BatchNormTables.Channel("statistics", 2, Source);
        var start = At("source", Source.Origin);
        body.Add(BatchNormTables.IsPlanar(Source)
            ? new Call(
                "BatchNormalization.MomentsOfPlanes",
                [start, "count", Pitch, v.Height, Source.Row, v.Width, v.Channels, Source.Channel, mean, deviation, remainder])
            : new Call(
                "BatchNormalization.Moments",
                [start, "count", Pitch, v.Height, Source.Row, v.Width, Source.Pixel, v.Channels, mean, deviation, remainder]));
    }
}

/// <summary>From the deviations and the trained parameters to the coefficients.</summary>
internal sealed record BatchNormScalesKernel(TensorLayout Source, double Epsilon, int Gamma, int Beta) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("statistics", BatchNormTables.Places(Source, 1, 2)),
        Parameter.Weights("weights", BatchNormTables.Trained(Source, Gamma, Beta)),
        Parameter.Writes("coefficients", BatchNormTables.Places(Source, 0, 1, 2)),
    ];

    public override bool HasWidths => false;

    public override string Reason => "once a batch";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        string Of(string table, int place) => BatchNormTables.Channel(table, place, Source);
        body.Call(
            "BatchNormalization.Scales", Of("statistics", 1), Of("statistics", 2), SampleNorm.Place("weights", Gamma),
            SampleNorm.Place("weights", Beta), Source.Volume.Channels, Text.Number(Epsilon),
            Of("coefficients", 0), Of("coefficients", 1), Of("coefficients", 2));
    }
}

/// <summary>target = (source - mean) * scale + shift.</summary>
internal sealed record BatchNormKernel(TensorLayout Source, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Source),
        Parameter.Reads("statistics", BatchNormTables.Places(Source, 0)),
        Parameter.Reads("coefficients", BatchNormTables.Places(Source, 0, 2)),
        Parameter.Writes("target", Target),
    ];

    public override bool HasWidths => false;

    public override string Reason => "row by row";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var v = Source.Volume;
        if (BatchNormTables.IsPlanar(Source))
        {
            using (body.For("c", v.Channels))
            using (body.For("y", v.Height))
            {
                body.Add(Declare("s", "source", Source.Origin, ("c", Source.Channel), ("y", Source.Row)));
                body.Add(Declare("t", "target", Target.Origin, ("c", Target.Channel), ("y", Target.Row)));
                body.Call(
                    "Runs.Normalize", "ref s", "ref t", v.Width, BatchNormTables.Channel("statistics", 0, Source, "c"),
                    BatchNormTables.Channel("coefficients", 0, Source, "c"), BatchNormTables.Channel("coefficients", 2, Source, "c"));
            }

            return;
        }

        using (body.For("y", v.Height))
        {
            body.Add(Declare("s", "source", Source.Origin, ("y", Source.Row)));
            body.Add(Declare("t", "target", Target.Origin, ("y", Target.Row)));
            body.Call(
                "BatchNormalization.Normalize", "ref s", Source.Pixel, "ref t", Target.Pixel, v.Width, v.Channels, "ref statistics",
                "ref coefficients", BatchNormTables.Channel("coefficients", 2, Source));
        }
    }
}

/// <summary>The two sums of the backward pass over the samples of a thread, which are the gradients of beta and gamma.</summary>
internal sealed record BatchNormGradientSumsKernel(
    TensorLayout Source, int SourcePitch, TensorLayout Gradient, int GradientPitch, int Gamma, int Beta) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Source).Each(SourcePitch),
        Parameter.Reads("gradient", Gradient).Each(GradientPitch),
        Parameter.Reads("statistics", BatchNormTables.Places(Source, 0, 2)),
        Parameter.Reads("coefficients", BatchNormTables.Places(Source, 1)),
        Parameter.Writes("sums", BatchNormTables.Places(Source, 0, 1)),
        Parameter.Accumulates("gradients", BatchNormTables.Trained(Source, Gamma, Beta)),
        Parameter.Count,
    ];

    public override bool HasWidths => false;

    public override string Reason => "the sums over the batch through which the statistics depend on every element";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var v = Source.Volume;
        var planar = BatchNormTables.IsPlanar(Source);
        var (name, sourceStride, gradientStride) = planar
            ? ("GradientSumsOfPlanes", Source.Channel, Gradient.Channel)
            : ("GradientSums", Source.Pixel, Gradient.Pixel);
        var products = BatchNormTables.Channel("sums", 1, Source);
        body.Call(
            "BatchNormalization." + name, At("source", Source.Origin), SourcePitch, Source.Row, sourceStride,
            At("gradient", Gradient.Origin), GradientPitch, Gradient.Row, gradientStride, "count", v.Height, v.Width, v.Channels,
            "ref statistics", BatchNormTables.Channel("coefficients", 1, Source), BatchNormTables.Channel("statistics", 2, Source), "ref sums", products);
        if (Gamma >= 0)
        {
            body.Call("Runs.Add", At("gradients", Gamma), products, At("gradients", Gamma), v.Channels);
            body.Call("Runs.Add", At("gradients", Beta), "ref sums", At("gradients", Beta), v.Channels);
        }

        body.Call(
            "BatchNormalization.Recenter", "ref sums", products, BatchNormTables.Channel("coefficients", 1, Source),
            BatchNormTables.Channel("statistics", 2, Source), v.Channels);
    }
}

/// <summary>The gradient of the input: scale ((g - mean g) - (x - mean) inverse mean(g xhat)).</summary>
internal sealed record BatchNormInputGradientKernel(TensorLayout Source, TensorLayout Gradient, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Source),
        Parameter.Reads("gradient", Gradient),
        Parameter.Reads("statistics", BatchNormTables.Places(Source, 0)),
        Parameter.Reads("coefficients", BatchNormTables.Places(Source, 0, 1)),
        Parameter.Reads("sums", BatchNormTables.Places(Source, 0, 1)),
        Parameter.Writes("target", Target),
    ];

    public override bool HasWidths => false;

    public override string Reason => "row by row";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var v = Source.Volume;
        string Of(string table, int place, string c = "") => BatchNormTables.Channel(table, place, Source, c);
        if (BatchNormTables.IsPlanar(Source))
        {
            using (body.For("c", v.Channels))
            using (body.For("y", v.Height))
            {
                body.Add(Declare("s", "source", Source.Origin, ("c", Source.Channel), ("y", Source.Row)));
                body.Add(Declare("g", "gradient", Gradient.Origin, ("c", Gradient.Channel), ("y", Gradient.Row)));
                body.Add(Declare("t", "target", Target.Origin, ("c", Target.Channel), ("y", Target.Row)));
                body.Call(
                    "BatchNormalization.InputGradientRun", "ref s", "ref g", "ref t", v.Width, Of("statistics", 0, "c"),
                    Of("coefficients", 1, "c"), Of("coefficients", 0, "c"), Of("sums", 0, "c"), Of("sums", 1, "c"));
            }

            return;
        }

        using (body.For("y", v.Height))
        {
            body.Add(Declare("s", "source", Source.Origin, ("y", Source.Row)));
            body.Add(Declare("g", "gradient", Gradient.Origin, ("y", Gradient.Row)));
            body.Add(Declare("t", "target", Target.Origin, ("y", Target.Row)));
            body.Call(
                "BatchNormalization.InputGradient", "ref s", Source.Pixel, "ref g", Gradient.Pixel, "ref t", Target.Pixel, v.Width,
                v.Channels, "ref statistics", Of("coefficients", 1), "ref coefficients", "ref sums", Of("sums", 1));
        }
    }
}

/// <summary>What remains at inference of a normalisation that no layer took in: target = (source - center) * scale + shift.</summary>
internal sealed record AffineKernel(TensorLayout Source, TensorLayout Target, int Center, int Scale, int Shift) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Source),
        Parameter.Weights("weights", BatchNormTables.Trained(Source, Center, Scale, Shift)),
        Parameter.Writes("target", Target).InPlace(),
    ];

    public override bool HasWidths => false;

    public override string Reason => "statistics folded into three numbers for each channel";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var v = Source.Volume;
        if (BatchNormTables.IsPlanar(Source))
        {
            using (body.For("c", v.Channels))
            using (body.For("y", v.Height))
            {
                body.Add(Declare("s", "source", Source.Origin, ("c", Source.Channel), ("y", Source.Row)));
                body.Add(Declare("t", "target", Target.Origin, ("c", Target.Channel), ("y", Target.Row)));
                body.Call(
                    "Runs.Normalize", "ref s", "ref t", v.Width, $"Add(ref weights, {Distance(Center, ("c", 1))})",
                    $"Add(ref weights, {Distance(Scale, ("c", 1))})", $"Add(ref weights, {Distance(Shift, ("c", 1))})");
            }

            return;
        }

        using (body.For("y", v.Height))
        {
            body.Add(Declare("s", "source", Source.Origin, ("y", Source.Row)));
            body.Add(Declare("t", "target", Target.Origin, ("y", Target.Row)));
            body.Call(
                "Channels.Normalize", "ref s", Source.Pixel, "ref t", Target.Pixel, At("weights", Center), At("weights", Scale),
                At("weights", Shift), v.Channels, v.Width);
        }
    }
}
