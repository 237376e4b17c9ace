using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>A layer twice: as the attribute that declares it and as the layer of the reference.</summary>
internal sealed record ArchitectureLayer(string Attribute, ReferenceLayer Reference);

/// <summary>A legal network that the generator compiles and the reference computes.</summary>
internal sealed record Architecture(int Height, int Width, int Channels, bool IsHwc, IReadOnlyList<ArchitectureLayer> Layers, int Samples)
{
    public bool EndsInSoftmax => Layers.Count > 0 && Layers[^1].Reference is ReferenceLayer.Softmax;

    /// <summary>Gets a value indicating whether training is random: the reference then covers inference alone.</summary>
    public bool HasDropout => Layers.Any(layer => layer.Reference is ReferenceLayer.Dropout { Rate: > 0 });

    public string Declaration(string name)
    {
        var text = new StringBuilder($"[Cnn.Input({Height}, {Width}, {Channels}, Layout = Cnn.Layout.{(IsHwc ? "Hwc" : "Chw")})]\n");
        foreach (var layer in Layers)
            text.Append("[Cnn.").Append(layer.Attribute).Append("]\n");
        return text.Append("public partial class ").Append(name).Append(";\n").ToString();
    }

    public ReferenceNetwork Reference() => new(Height, Width, Channels, IsHwc, [.. Layers.Select(layer => layer.Reference)]);
}
