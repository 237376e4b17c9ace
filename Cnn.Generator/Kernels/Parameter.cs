using System;
using System.Collections.Generic;

namespace Cnn.Generator.Kernels;

/// <summary>The role of a parameter: how a kernel uses it.</summary>
internal enum Role
{
    /// <summary>It reads values that another call has written, or the caller.</summary>
    Reads,

    /// <summary>It writes each element anew.</summary>
    Writes,

    /// <summary>It reads each element and writes it: adds to it, or changes it in place.</summary>
    Accumulates,

    /// <summary>It keeps what it computes meanwhile: written before it is read, and of no meaning after the call.</summary>
    Scratch,

    /// <summary>It reads parameters of the network in the order in which they are packed, or as another call has transformed them.</summary>
    Weights,

    /// <summary>The samples that the call serves.</summary>
    Count,

    /// <summary>The number of the sample in its batch.</summary>
    Sample,

    /// <summary>The seed of the step's random numbers.</summary>
    Seed,
}

/// <summary>The type of the elements that a reference leads to.</summary>
internal enum ElementType
{
    Float32,
    UInt8,
}

/// <summary>A parameter of a kernel's method.</summary>
/// <param name="Name">Its name in the printed text.</param>
/// <param name="Role">Its role.</param>
/// <param name="Extent">Makes its region, which is asked for where programs are verified alone.</param>
internal sealed record Parameter(string Name, Role Role, Func<Region> Extent)
{
    /// <summary>Gets the elements that it reaches from the reference on, of one sample; none for a number.</summary>
    public Region Region => Extent();

    /// <summary>Gets the type of its elements.</summary>
    public ElementType Type { get; private init; }

    /// <summary>Gets the elements from one sample to the next, for a call that serves several; else 0.</summary>
    public int Pitch { get; private init; }

    /// <summary>
    /// Gets a value indicating whether it may be handed what another parameter reads: the kernel reads each element before it writes there, and no
    /// other afterwards.
    /// </summary>
    public bool IsInPlace { get; private init; }

    /// <summary>Gets the elements that the kernel fills with a constant before it writes to the region, which they may surround.</summary>
    public Region Cleared { get; private init; } = Region.Nothing;

    public bool IsReference => Role is not (Role.Count or Role.Sample or Role.Seed);

    /// <summary>Gets a value indicating whether the call depends on what stands there before it.</summary>
    public bool IsRead => Role is Role.Reads or Role.Accumulates or Role.Weights;

    /// <summary>Gets a value indicating whether the call changes what stands there.</summary>
    public bool IsWritten => Role is Role.Writes or Role.Accumulates or Role.Scratch;

    private static Func<Region> NoRegion { get; } = () => Region.Nothing;

    public static Parameter Count => new("count", Role.Count, NoRegion);

    public static IEnumerable<Parameter> Random => [new("seed", Role.Seed, NoRegion), new("sample", Role.Sample, NoRegion)];

    /// <summary>A parameter that some kernels of a kind have.</summary>
    public static IEnumerable<Parameter> Where(bool isThere, Parameter parameter) => isThere ? [parameter] : [];

    public static Parameter Reads(string name, Func<Region> region) => new(name, Role.Reads, region);

    public static Parameter Reads(string name, Region region) => Reads(name, () => region);

    public static Parameter Reads(string name, TensorLayout layout) => Reads(name, () => Region.Volume(layout));

    public static Parameter Writes(string name, Func<Region> region) => new(name, Role.Writes, region);

    public static Parameter Writes(string name, Region region) => Writes(name, () => region);

    public static Parameter Writes(string name, TensorLayout layout) => Writes(name, () => Region.Volume(layout));

    public static Parameter Accumulates(string name, Func<Region> region) => new(name, Role.Accumulates, region);

    public static Parameter Accumulates(string name, Region region) => Accumulates(name, () => region);

    public static Parameter Accumulates(string name, TensorLayout layout) => Accumulates(name, () => Region.Volume(layout));

    public static Parameter Weights(string name, Func<Region> region) => new(name, Role.Weights, region);

    public static Parameter Weights(string name, Region region) => Weights(name, () => region);

    public static Parameter Scratch(string name, int length) => new(name, Role.Scratch, () => Region.Run(length));

    /// <summary>
    /// Whether an operand of a kind can be handed over for it. The output may be read again: the sum of three values is added up there.
    /// </summary>
    public bool Takes(OperandKind kind) => kind == OperandKind.Tensor || Role switch
    {
        Role.Reads => kind is OperandKind.Input or OperandKind.Output,
        Role.Writes => kind == OperandKind.Output,
        Role.Accumulates => kind == OperandKind.Gradients,
        Role.Weights => kind == OperandKind.Weights,
        _ => false,
    };

    /// <summary>The same of bytes.</summary>
    public Parameter OfBytes() => this with { Type = ElementType.UInt8 };

    /// <summary>The same for each sample, so many elements apart.</summary>
    public Parameter Each(int pitch) => this with { Pitch = pitch };

    /// <summary>The same where the place of a source may be handed over.</summary>
    public Parameter InPlace() => this with { IsInPlace = true };

    /// <summary>The same of a kernel that first fills some elements with a constant.</summary>
    public Parameter Clearing(Region cleared) => this with { Cleared = cleared };

    /// <summary>The same for each of some groups.</summary>
    public Parameter Of(int groups, int stride, string name) =>
        this with { Name = name, Extent = () => Extent().Repeated(groups, stride), Cleared = Cleared.Repeated(groups, stride) };
}
