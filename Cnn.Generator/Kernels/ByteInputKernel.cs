using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>A byte x of channel c becomes x * Factors[c] + Summands[c].</summary>
internal sealed record ByteScaling(EquatableArray<float> Factors, EquatableArray<float> Summands)
{
    /// <summary>From (x * scale - mean) / std, where one number may stand for all channels.</summary>
    public static ByteScaling Of(double scale, EquatableArray<double> mean, EquatableArray<double> std, int channels)
    {
        static double At(EquatableArray<double> numbers, int channel) => numbers.Count == 1 ? numbers[0] : numbers[channel];
        var all = Enumerable.Range(0, channels).ToList();
        return new ByteScaling(
            all.Select(channel => (float)(scale / At(std, channel))).ToEquatableArray(),
            all.Select(channel => (float)(-At(mean, channel) / At(std, channel))).ToEquatableArray());
    }

    public bool IsUniform => Factors.Distinct().Count() == 1 && Summands.Distinct().Count() == 1;

    public string Describe() => IsUniform
        ? $"x * {Text.Literal(Factors[0])} + {Text.Literal(Summands[0])}"
        : "each channel by its own factor and summand";
}

/// <summary>Converts an image of bytes into the layout that the first layer reads, border left alone.</summary>
internal sealed record ByteInputKernel(TensorLayout Source, TensorLayout Target, ByteScaling Scaling) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Reads("source", Source).OfBytes(), Parameter.Writes("target", Target)];

    public override bool HasWidths => false;

    public override string Reason => "row by row, in one pass";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var volume = Source.Volume;
        var planar = Source.Order == VolumeLayout.Chw;
        var runs = Source.Order == Target.Order && Target.Pixel == (planar ? 1 : volume.Channels);
        if (!Scaling.IsUniform)
        {
            Table(body, "factors", Scaling.Factors);
            Table(body, "summands", Scaling.Summands);
        }

        if (runs && (planar || Scaling.IsUniform))
        {
            using (body.For("c", planar ? volume.Channels : 1))
            using (body.For("y", volume.Height))
            {
                var factor = Scaling.IsUniform ? Text.Literal(Scaling.Factors[0]) : "factors[c]";
                var summand = Scaling.IsUniform ? Text.Literal(Scaling.Summands[0]) : "summands[c]";
                body.Refer("s", PlaceOf("source", 0, ("c", Source.Channel), ("y", Source.Row)) with { IsOfBytes = true });
                body.Refer("t", PlaceOf("target", Target.Origin, ("c", Target.Channel), ("y", Target.Row)));
                body.Call("ByteInput.Convert", "ref s", "ref t", planar ? volume.Width : volume.Width * volume.Channels, factor, summand);
            }

            return;
        }

        using (body.For("y", volume.Height))
        using (body.For("x", volume.Width))
        using (body.For("c", volume.Channels))
        {
            var from = $"AddBytes(ref source, {Distance(0, ("y", Source.Row), ("x", Source.Pixel), ("c", Source.Channel))})";
            var to = $"Add(ref target, {Distance(Target.Origin, ("y", Target.Row), ("x", Target.Pixel), ("c", Target.Channel))})";
            body.Assign(to, Scaling.IsUniform
                ? $"({from} * {Text.Literal(Scaling.Factors[0])}) + {Text.Literal(Scaling.Summands[0])}"
                : $"({from} * factors[c]) + summands[c]");
        }
    }

    private static void Table(KernelBody body, string name, EquatableArray<float> numbers) =>
        body.Raw($"global::System.ReadOnlySpan<float> {name} = [{string.Join(", ", numbers.Select(Text.Literal))}];");
}
