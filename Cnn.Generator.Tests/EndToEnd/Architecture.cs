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

    public bool EndsInSoftmax => Outputs.Length == 0 && Layers.Count > 0 && Layers[^1].Reference is ReferenceLayer.Softmax;

    /// <summary>Gets a value indicating whether training is random: the reference then covers inference alone.</summary>
    public bool HasDropout => Layers.Any(layer => layer.Reference is ReferenceLayer.Dropout { Rate: > 0 } or ReferenceLayer.SpatialDropout { Rate: > 0 });

    /// <summary>Gets a value indicating whether layers read other layers than the one before: all of them then have names.</summary>
    private bool IsGraph => Outputs.Length > 0 || Layers.Any(layer => layer.From is not null || layer.With.Length > 0);

    public string Declaration(string name)
    {
        var text = new StringBuilder($"[Cnn.Input({Height}, {Width}, {Channels}, Layout = Cnn.Layout.{(IsHwc ? "Hwc" : "Chw")})]\n");
        for (var i = 0; i < Layers.Count; i++)
            text.Append("[Cnn.").Append(IsGraph ? Named(i) : Layers[i].Attribute).Append("]\n");
        foreach (var output in Outputs)
            text.Append("[Cnn.Output(\"").Append(NameOf(output)).Append("\")]\n");
        return text.Append("public partial class ").Append(name).Append(";\n").ToString();
    }

    public ReferenceNetwork Reference()
    {
        if (!IsGraph)
            return new ReferenceNetwork(Height, Width, Channels, IsHwc, [.. Layers.Select(layer => layer.Reference)]);
        var nodes = Layers.Select((layer, i) =>
            new ReferenceNode(NameOf(i), layer.Reference, [NameOf(layer.From ?? i - 1), .. layer.With.Select(NameOf)])).ToList();
        return new ReferenceNetwork(
            Height, Width, Channels, IsHwc, nodes, [NameOf(Layers.Count - 1), .. Outputs.Select(NameOf)]);
    }

    private static string NameOf(int layer) => layer < 0 ? "input" : "v" + layer;

    private string Named(int index)
    {
        var (attribute, layer) = (Layers[index].Attribute, Layers[index]);
        var open = attribute.EndsWith(')') ? attribute[..^1] : attribute + "(";
        var arguments = layer.With.Select(other => $"\"{NameOf(other)}\"").ToList();
        arguments.Add($"Name = \"{NameOf(index)}\"");
        if (layer.From is { } from)
            arguments.Add($"From = \"{NameOf(from)}\"");
        return $"{open}{(open.EndsWith('(') ? "" : ", ")}{string.Join(", ", arguments)})";
    }
}
