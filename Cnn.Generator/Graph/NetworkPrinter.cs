using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Cnn.Generator.Graph;

/// <summary>A network as text for tests and for people: one line a node, columns aligned.</summary>
internal static class NetworkPrinter
{
    public static string Print(Network network)
    {
        var rows = network.Nodes.Select(Row).ToList();
        var widths = new int[3];
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

        return text.ToString();
    }

    private static List<string> Row(Node node)
    {
        var title = node.Layer.Title;
        if (node.Pool is { } pool)
            title += " + " + pool.Layer.Title;
        if (node.Activation is { } activation)
            title += " + " + activation.Title;
        var parameters = node.Layer.ParameterCount(node.Input);
        return
        [
            node.Name,
            title,
            node.Input + " -> " + node.Output,
            parameters == 0 ? "" : Infrastructure.Text.Grouped(parameters),
        ];
    }
}
