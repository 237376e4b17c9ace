using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Emission;

/// <summary>One row of the table of layers: the input or a layer, with the activations after it.</summary>
internal sealed record LayerRow(string Name, string Kind, Shape Shape, int Parameters, long MultiplyAdds, int ArenaOffset, int ArenaBytes)
{
    /// <summary>Gets the rows that it reads; empty where that is the row before it alone.</summary>
    public EquatableArray<string> Sources { get; init; } = [];
}

/// <summary>The table that the documentation shows and that <c>Summary</c> holds.</summary>
internal static class LayerTable
{
    /// <summary>The most layers that share the row of another, whose column would otherwise be as wide as all of them.</summary>
    private const int MostJoined = 16;

    public static IReadOnlyList<LayerRow> Rows(CompiledNetwork network)
    {
        var rows = new List<LayerRow> { new("input", "Input", network.Declared.Input, 0, 0, -1, 0) };
        var last = Network.InputName;
        var joined = 0;
        var rowOf = new Dictionary<string, string> { [last] = last };
        foreach (var node in network.Declared.Nodes)
        {
            var (offset, bytes) = Place(network, node);
            var parameters = (int)node.Layer.ParameterCount(node.Input);
            var follows = node.Sources.Count == 1 && node.Sources[0] == last;
            last = node.Name;
            if (!follows || !node.Layer.JoinsRow || joined == MostJoined)
            {
                rows.Add(new LayerRow(
                    node.Name, node.Layer.TableTitle, node.Output, parameters, node.Layer.MultiplyAdds(node.Input), offset, bytes)
                {
                    Sources = follows ? [] : node.Sources.Select(source => rowOf[source]).ToEquatableArray(),
                });
                rowOf[node.Name] = node.Name;
                joined = 0;
                continue;
            }

            // An element-wise layer, or one that reads the same numbers as a vector, shares the row of the layer before it.
            var row = rows[rows.Count - 1];
            rowOf[node.Name] = row.Name;
            var kind = node.Layer is FlattenLayer ? row.Kind : row.Kind + " + " + node.Layer.TableTitle;
            var whole = row with { Kind = kind, Parameters = row.Parameters + parameters };
            rows[rows.Count - 1] = offset >= 0 ? whole with { ArenaOffset = offset, ArenaBytes = bytes } : whole;
            joined++;
        }

        return rows;
    }

    /// <summary>The same text as <c>NetworkSummary.ToString</c> gives.</summary>
    public static string Text(CompiledNetwork network, IReadOnlyList<LayerRow> rows)
    {
        var cells = new List<string[]> { new[] { "Layer", "Kind", "Activation Shape", "Activation Size", "# Parameters", "Multiply-adds", "Arena" } };
        foreach (var row in rows)
        {
            cells.Add(
            [
                row.Name,
                row.Kind,
                row.Shape.IsVector ? $"({row.Shape.Length}, 1)" : $"({row.Shape.Height}, {row.Shape.Width}, {row.Shape.Channels})",
                $"{row.Shape.Length:N0}",
                $"{row.Parameters:N0}",
                $"{row.MultiplyAdds:N0}",
                row.ArenaOffset < 0 ? "-" : $"{row.ArenaOffset:N0} + {row.ArenaBytes:N0}",
            ]);
        }

        cells.Add(
        [
            network.Declared.Type.Name.TrimStart('@'),
            "",
            "",
            "",
            $"{rows.Sum(row => row.Parameters):N0}",
            $"{rows.Sum(row => row.MultiplyAdds):N0}",
            $"{network.ArenaBytes:N0} bytes",
        ]);
        return TextTable.Format(cells, leftAligned: 3);
    }

    /// <summary>Prints the table as part of a documentation comment.</summary>
    public static void Document(CodeWriter writer, CompiledNetwork network, IReadOnlyList<LayerRow> rows)
    {
        writer.Line("/// The layers as compiled; the last column is the offset and the size in the arena, in bytes.");
        writer.Line("/// <code>");
        foreach (var line in Text(network, rows).TrimEnd('\n').Split('\n'))
            writer.Line("/// " + Escape(line));
        writer.Line("/// </code>");
    }

    /// <summary>A text as XML holds it.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static (int Offset, int Bytes) Place(CompiledNetwork network, Node node)
    {
        var tensor = network.Inference.Outputs[node.Source];
        return tensor < 0
            ? (-1, 0)
            : (network.Arena.Offsets[tensor] * sizeof(float), network.Inference.Tensors[tensor].Length * sizeof(float));
    }
}
