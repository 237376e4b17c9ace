using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Cnn;

/// <summary>One row of a network's table: the input, or a layer together with the activation after it.</summary>
/// <param name="Name">The layer's name, which its parameters carry too: <c>conv1</c>.</param>
/// <param name="Kind">The kind of layer, with its hyper-parameters: <c>Conv 5x5 + Relu</c>.</param>
/// <param name="Height">Rows of the output; the length for a vector.</param>
/// <param name="Width">Columns of the output; 1 for a vector.</param>
/// <param name="Channels">Channels of the output; 0 for a vector.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="MultiplyAdds">Multiply-adds of one inference.</param>
/// <param name="ArenaOffset">Byte offset of the output in the arena, or -1 if it never is in the arena (fused away, or the
/// caller's).</param>
/// <param name="ArenaBytes">Bytes of the output in the arena, borders included; 0 if it never is there.</param>
public sealed record LayerSummary(
    string Name,
    string Kind,
    int Height,
    int Width,
    int Channels,
    int Parameters,
    long MultiplyAdds,
    int ArenaOffset,
    int ArenaBytes)
{
    /// <summary>Gets the names of the rows that it reads, in its order; empty where that is the row before it alone.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Gets the number of elements of the output.</summary>
    public int ActivationSize => Height * Width * Math.Max(Channels, 1);

    /// <summary>Gets the shape as the lecture writes it: <c>(28, 28, 6)</c> for a volume, <c>(120, 1)</c> for a vector.</summary>
    public string Shape => Channels == 0
        ? string.Create(CultureInfo.InvariantCulture, $"({Height}, 1)")
        : string.Create(CultureInfo.InvariantCulture, $"({Height}, {Width}, {Channels})");
}

/// <summary>
/// A network's table of layers, as data and as text: aligned (<see cref="ToString"/>), Markdown, CSV, a Mermaid diagram, and a drawing.
/// </summary>
/// <param name="name">The network's name.</param>
/// <param name="layers">The rows, the input first.</param>
/// <param name="arenaBytes">Working memory of one inference.</param>
public sealed partial class NetworkSummary(string name, IReadOnlyList<LayerSummary> layers, int arenaBytes)
{
    /// <summary>Gets the network's name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the rows, the input first.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; } = layers;

    /// <summary>Gets the working memory of one inference in bytes.</summary>
    public int ArenaBytes { get; } = arenaBytes;

    /// <summary>Gets the number of trainable numbers.</summary>
    public int Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Gets the multiply-adds of one inference.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>The table as aligned text, lines ended by <c>\n</c>, the same in every culture.</summary>
    public override string ToString()
    {
        var rows = new List<string[]> { Header };
        rows.AddRange(Layers.Select(Cells));
        rows.Add(Totals);
        return TextTable.Format(rows, LeftAligned);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
