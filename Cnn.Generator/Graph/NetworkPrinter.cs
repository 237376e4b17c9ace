using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Cnn.Generator.Graph;

/// <summary>A network as text for tests and for people: one line a node, columns aligned.</summary>
internal static class NetworkPrinter
{
    private const int Aligned = 3;

    public static string Print(Network network)
    {
        var rows = network.Nodes.Select((node, index) => Row(network, node, index)).ToList();
        var widths = new int[Aligned];
        foreach (var row in rows)
        {
            for (var column = 0; column < widths.Length; column++)
                widths[column] = Math.Max(widths[column], row[column].Length);
        }

        var text = new StringBuilder();
        text.Append("network ").Append(network.Type.Name).Append(' ').Append(network.Input).Append(' ')
            .Append(network.Layout.ToString().ToLowerInvariant()).Append('\n');
        foreach (var row in rows)
        {
            var padded = row.Select((cell, column) => column < widths.Length ? cell.PadRight(widths[column]) : cell);
            text.Append("  ").Append(string.Join("  ", padded).TrimEnd()).Append('\n');
        }

        if (network.Outputs.Count > 1)
            text.Append("  outputs ").Append(string.Join(", ", network.Outputs)).Append('\n');
        return text.ToString();
    }

    private static List<string> Row(Network network, Node node, int index)
    {
        var title = node.Layer.Title;
        if (node.BatchNorm is { } norm)
            title += " + " + norm.Layer.Title;
        if (node.Residual is { } sum)
            title += " + " + sum.Layer.Title;
        if (node.Pool is { } pool)
            title += " + " + pool.Layer.Title;
        if (node.Activation is { } activation)
            title += " + " + activation.Title;
        var parameters = node.Layer.ParameterCount(node.Input);
        var before = index == 0 ? Network.InputName : network.Nodes[index - 1].Name;
        var follows = node.Sources.Count == 1 && node.Sources[0] == before;
        return
        [
            node.Name,
            title,
            string.Join(", ", node.Inputs) + " -> " + node.Output,
            parameters == 0 ? "" : Infrastructure.Text.Grouped(parameters),
            follows ? "" : "from " + string.Join(", ", node.Sources),
        ];
    }
}
