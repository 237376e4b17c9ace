using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Budgets;

internal enum ChangeKind
{
    Narrower,
    Stride,
    Pool,
    Separable,
    Input,
}

/// <summary>An attribute that can be changed, where it is written: on the network, or on a block and so in all its uses.</summary>
/// <param name="Key">The block; empty for the network itself.</param>
/// <param name="Name">The name of the block.</param>
/// <param name="Index">Its number among the attributes there; <see cref="OfInput"/> for the input.</param>
/// <param name="Layer">The attribute that is written.</param>
internal sealed record Site(string Key, string Name, int Index, LayerDeclaration Layer)
{
    public const int OfInput = -1;
}

/// <summary>One attribute of a declaration replaced by others.</summary>
/// <param name="Site">The replaced attribute.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="With">The attributes in its place.</param>
/// <param name="Loss">The share of the network that it takes away, from 0 to 1, to prefer small changes.</param>
internal sealed record Change(Site Site, ChangeKind Kind, EquatableArray<LayerDeclaration> With, double Loss)
{
    /// <summary>Gets what a code fix does at <see cref="RemedyPlace"/>; null if it would have to do more than one thing.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Gets where that is.</summary>
    public Place RemedyPlace { get; init; }

    /// <summary>The change in words.</summary>
    /// <param name="which">Which of several equal ones is meant: <c>second </c>; empty where there is one.</param>
    public string Describe(string which)
    {
        var old = AttributeText.Of(Site.Layer);
        var where = Site.Key.Length == 0 ? "" : " in " + Site.Name;
        var isInserted = With.Count == 2 && With[1] == Site.Layer;
        var the = which.Length == 0 ? "" : "the " + which;
        return isInserted
            ? AttributeText.Of(With[0]) + " before " + the + old + where
            : string.Join(", ", With.Select(AttributeText.Of)).Replace("], [", ", ") + " instead of " + the + old + where;
    }

    public NetworkDeclaration Apply(NetworkDeclaration declaration)
    {
        if (Site.Index == Site.OfInput)
            return declaration with { Input = With[0] };
        return declaration with { Layers = Site.Key.Length == 0 ? Replaced(declaration.Layers) : InBlocks(declaration.Layers) };
    }

    private EquatableArray<LayerDeclaration> Replaced(EquatableArray<LayerDeclaration> layers) =>
        layers.Take(Site.Index).Concat(With).Concat(layers.Skip(Site.Index + 1)).ToEquatableArray();

    private EquatableArray<LayerDeclaration> InBlocks(EquatableArray<LayerDeclaration> layers) => layers
        .Select(layer => layer.Blocks.Count == 0 ? layer : layer with
        {
            Blocks = layer.Blocks
                .Select(block => block with { Layers = block.Key == Site.Key ? Replaced(block.Layers) : InBlocks(block.Layers) })
                .ToEquatableArray(),
        })
        .ToEquatableArray();
}
