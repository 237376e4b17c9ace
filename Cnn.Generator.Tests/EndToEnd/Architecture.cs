using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>A layer twice: as the attribute that declares it and as the layer of the reference.</summary>
/// <param name="Attribute">The attribute without <c>Name</c> and <c>From</c>; of a join without the names that it joins.</param>
/// <param name="Reference">The layer of the reference.</param>
internal sealed record ArchitectureLayer(string Attribute, ReferenceLayer Reference)
{
    /// <summary>Gets the number of the layer whose output it reads, -1 for the input; null for the layer before it.</summary>
    public int? From { get; init; }

    /// <summary>Gets the numbers of the layers that it joins to what it reads.</summary>
    public int[] With { get; init; } = [];
}

/// <summary>A legal network that the generator compiles and the reference computes.</summary>
internal sealed record Architecture(int Height, int Width, int Channels, bool IsHwc, IReadOnlyList<ArchitectureLayer> Layers, int Samples)
{
    /// <summary>Gets the numbers of the layers that leave besides the last.</summary>
    public int[] Outputs { get; init; } = [];

    /// <summary>Gets a value indicating whether inference may be less exact, and faster.</summary>
    public bool IsFast { get; init; }

    public bool EndsInSoftmax => Layers.Count > 0 && Layers[^1].Reference is ReferenceLayer.Softmax;

    /// <summary>Gets a value indicating whether training is random: the reference then covers inference alone.</summary>
    public bool HasDropout => Layers.Any(layer => layer.Reference is ReferenceLayer.Dropout { Rate: > 0 } or ReferenceLayer.SpatialDropout { Rate: > 0 });

    /// <summary>Gets the number of the layer with which a block begins, counted around; 0 for no block.</summary>
    public int Block { get; init; }

    /// <summary>
    /// Gets a value indicating whether layers read other layers than the one before, or something follows a softmax, which only one with
    /// a name may be followed by: all of them then have names.
    /// </summary>
    private bool IsGraph => Outputs.Length > 0 || Block > 0 || Layers.Any(layer => layer.From is not null || layer.With.Length > 0)
        || Layers.SkipLast(1).Any(layer => layer.Reference is ReferenceLayer.Softmax or ReferenceLayer.LogSoftmax);

    public string Declaration(string name)
    {
        var text = new StringBuilder();
        var block = BlockRange();
        if (block is { } range)
        {
            for (var i = range.First; i <= range.Last; i++)
                text.Append("[Cnn.").Append(Named(i, withFrom: false)).Append("]\n");
            text.Append("public partial class ").Append(name).Append("Block;\n\n");
        }

        text.Append($"[Cnn.Input({Height}, {Width}, {Channels}, Layout = Cnn.Layout.{(IsHwc ? "Hwc" : "Chw")}{(IsFast ? ", Numerics = Cnn.Numerics.Fast" : "")})]\n");
        for (var i = 0; i < Layers.Count; i++)
        {
            if (i == block?.First)
                text.Append($"[Cnn.Block(typeof({name}Block), Name = \"b\"{From(i)})]\n");
            if (i < (block?.First ?? int.MaxValue) || i > block?.Last)
                text.Append("[Cnn.").Append(IsGraph ? Named(i, withFrom: true) : Layers[i].Attribute).Append("]\n");
        }

        foreach (var output in Outputs)
            text.Append("[Cnn.Output(\"").Append(ReadName(output)).Append("\")]\n");
        return text.Append("public partial class ").Append(name).Append(";\n").ToString();
    }

    public ReferenceNetwork Reference(bool named = false)
    {
        if (!IsGraph && !named)
            return new ReferenceNetwork(Height, Width, Channels, IsHwc, [.. Layers.Select(layer => layer.Reference)]);
        ReferenceNode[] nodes = [.. Layers.Select((layer, i) =>
            new ReferenceNode(NameOf(i), layer.Reference, [NameOf(layer.From ?? i - 1), .. layer.With.Select(NameOf)]))];
        return new ReferenceNetwork(
            Height, Width, Channels, IsHwc, nodes, [NameOf(Layers.Count - 1), .. Outputs.Select(NameOf)]);
    }

    /// <summary>The name of a layer's parameters and of its value.</summary>
    public string NameOf(int layer) => layer < 0 ? "input" : BlockRange() is { } block && block.First <= layer && layer <= block.Last
        ? "b.v" + layer
        : "v" + layer;

    /// <summary>The name by which layers outside of the block read a value.</summary>
    private string ReadName(int layer) => BlockRange() is { } block && layer == block.Last ? "b" : NameOf(layer);

    /// <summary>The longest chain from the layer named on of which nothing outside reads but the last value.</summary>
    private (int First, int Last)? BlockRange()
    {
        if (Block == 0 || Layers.Count == 0)
            return null;
        var first = Block % Layers.Count;
        if (Layers[first].With.Length > 0)
            return null;
        var last = first;
        while (last + 1 < Layers.Count && Layers[last + 1] is { From: null, With.Length: 0 } && !IsReadElsewhere(last))
            last++;
        return (first, last);
    }

    private bool IsReadElsewhere(int value) =>
        Outputs.Contains(value) || Layers.Any(layer => layer.From == value || layer.With.Contains(value));

    private string From(int index) => Layers[index].From is { } from ? $", From = \"{ReadName(from)}\"" : "";

    private string Named(int index, bool withFrom)
    {
        var (attribute, layer) = (Layers[index].Attribute, Layers[index]);
        var open = attribute.EndsWith(')') ? attribute[..^1] : attribute + "(";
        var joined = string.Concat(layer.With.Select(other => $"\"{ReadName(other)}\", "));
        return $"{open}{(open.EndsWith('(') ? "" : ", ")}{joined}Name = \"v{index}\"{(withFrom ? From(index) : "")})";
    }
}
