using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Kernels;

/// <summary>One loop over a tensor in both of its orders.</summary>
internal readonly record struct PackedAxis(int Count, int Canonical, int Kernel);

/// <summary>A rectangular part of a tensor: where it begins in the canonical order and behind the layer's weights, and its loops.</summary>
internal sealed record PackedBlock(int Canonical, int Kernel, EquatableArray<PackedAxis> Axes);

/// <summary>The order in which a layer's kernels read its parameters.</summary>
internal abstract record WeightPacking
{
    /// <summary>Gets the floats of all parameters together, padding included.</summary>
    public abstract int Length { get; }

    /// <summary>Where the elements of one parameter stand.</summary>
    public abstract EquatableArray<PackedBlock> Blocks(ParameterSpec parameter);
}

/// <summary>Parameters in their canonical order, one behind the other, each from a whole vector on.</summary>
internal sealed record PlainPacking(EquatableArray<ParameterSpec> Parameters) : WeightPacking
{
    public const int Alignment = 8;

    public override int Length => Parameters.Sum(parameter => Tiling.RoundUp(parameter.Length, Alignment));

    /// <summary>Where a parameter begins.</summary>
    public int OffsetOf(string suffix) =>
        Parameters.TakeWhile(parameter => parameter.Suffix != suffix).Sum(parameter => Tiling.RoundUp(parameter.Length, Alignment));

    public override EquatableArray<PackedBlock> Blocks(ParameterSpec parameter) =>
        [new PackedBlock(0, OffsetOf(parameter.Suffix), [new PackedAxis(parameter.Length, 1, 1)])];
}

/// <summary>Parameters of one number an element of a volume, canonically [c, h, w], in the order in which the volume lies.</summary>
internal sealed record VolumePacking(EquatableArray<ParameterSpec> Parameters, TensorLayout Layout) : WeightPacking
{
    public override int Length => Parameters.Count * Tiling.RoundUp(Layout.Length, PlainPacking.Alignment);

    public override EquatableArray<PackedBlock> Blocks(ParameterSpec parameter)
    {
        var (height, width, channels) = (Layout.Volume.Height, Layout.Volume.Width, Layout.Volume.Channels);
        var place = Parameters.TakeWhile(other => other.Suffix != parameter.Suffix).Count();
        return
        [
            new PackedBlock(
                0,
                place * Tiling.RoundUp(Layout.Length, PlainPacking.Alignment),
                [
                    new PackedAxis(channels, height * width, Layout.Channel),
                    new PackedAxis(height, width, Layout.Row),
                    new PackedAxis(width, 1, Layout.Pixel),
                ]),
        ];
    }
}
