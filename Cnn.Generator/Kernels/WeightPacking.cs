using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

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
    private const int Alignment = 8;

    public override int Length => Parameters.Sum(parameter => Tiling.RoundUp(parameter.Length, Alignment));

    /// <summary>Where a parameter begins.</summary>
    public int OffsetOf(string suffix) =>
        Parameters.TakeWhile(parameter => parameter.Suffix != suffix).Sum(parameter => Tiling.RoundUp(parameter.Length, Alignment));

    public override EquatableArray<PackedBlock> Blocks(ParameterSpec parameter) =>
        [new PackedBlock(0, OffsetOf(parameter.Suffix), [new PackedAxis(parameter.Length, 1, 1)])];
}
