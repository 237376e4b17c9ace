using System;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>One attribute among the layers, with the values of its arguments.</summary>
/// <param name="Declaration">The attribute.</param>
/// <param name="Place">Where its faults are shown.</param>
/// <param name="Name">What its <c>Name</c> says, legal or not; null where it says nothing.</param>
/// <param name="From">What its <c>From</c> says.</param>
internal abstract record BuiltItem(LayerDeclaration Declaration, Place Place, string? Name, string? From)
{
    /// <summary>Gets how many layers it stands for.</summary>
    public virtual long Count => 1;
}

/// <summary>A layer; null where its arguments leave its output unknown.</summary>
internal sealed record BuiltLayer(LayerDeclaration Declaration, Place Place, string? Name, string? From, Layer? Layer)
    : BuiltItem(Declaration, Place, Name, From);

/// <summary>An additional output.</summary>
internal sealed record BuiltOutput(LayerDeclaration Declaration, Place Place, string Of) : BuiltItem(Declaration, Place, null, null);

/// <summary>A block, so often one behind the other; with a shortcut past it where it is residual.</summary>
internal sealed record BuiltBlock(
    LayerDeclaration Declaration,
    Place Place,
    string? Name,
    string? From,
    string Stem,
    int Repeat,
    bool IsResidual,
    EquatableArray<BuiltItem> Body,
    EquatableArray<BuiltItem> Shortcut,
    string ShortcutName) : BuiltItem(Declaration, Place, Name, From)
{
    /// <summary>Gets a value indicating whether its output is unknown, whatever arrives.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>Gets a value indicating whether it has more layers than a network may have, so that not all were read.</summary>
    public bool IsCutOff { get; init; }

    public override long Count => IsUnknown ? 1 : IsCutOff ? MoreThanAny : Math.Min(MoreThanAny, Repeat * Turn);

    private static long MoreThanAny => StructuralAttributes.MostLayers + 1L;

    private long Turn => Math.Min(MoreThanAny, 1 + Body.Sum(item => item.Count) + Shortcut.Sum(item => item.Count));
}
