using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Cnn;

/// <content>The table in other forms of text.</content>
public sealed partial class NetworkSummary
{
    /// <summary>The first columns, of words, are aligned to the left, those of numbers to the right.</summary>
    private const int LeftAligned = 3;

    private static readonly string[] Header =
        ["Layer", "Kind", "Activation Shape", "Activation Size", "# Parameters", "Multiply-adds", "Arena"];

    private string[] Totals => [Name, "", "", "", Number(Parameters), Number(MultiplyAdds), Number(ArenaBytes) + " bytes"];

    /// <summary>The table in Markdown, the totals in bold; lines ended by <c>\n</c>, the same in every culture.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        AppendRow(text, Header);
        AppendRow(text, Header.Select((_, column) => column < LeftAligned ? "---" : "---:"));
        foreach (var layer in Layers)
            AppendRow(text, Cells(layer));
        AppendRow(text, Totals.Select(cell => cell.Length == 0 ? "" : "**" + cell + "**"));
        return text.ToString();
    }

    /// <summary>
    /// The rows as comma-separated values (RFC 4180) with a header and without totals; numbers without separators; lines ended by
    /// <c>\n</c>. A vector has a width of 1 and 0 channels; what never is in the arena has the offset -1.
    /// </summary>
    public string ToCsv()
    {
        var text = new StringBuilder("name,kind,height,width,channels,parameters,multiply_adds,arena_offset,arena_bytes\n");
        foreach (var layer in Layers)
        {
            text.Append(Quoted(layer.Name)).Append(',').Append(Quoted(layer.Kind)).Append(',').AppendJoin(
                ',',
                ((long[])
                [
                    layer.Height, layer.Width, layer.Channels, layer.Parameters, layer.MultiplyAdds, layer.ArenaOffset, layer.ArenaBytes,
                ]).Select(number => number.ToString(CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// The network as a Mermaid flowchart, from the input downwards: a box a row with its name, kind and shape, and an arrow from each row
    /// that it reads; lines ended by <c>\n</c>.
    /// </summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("flowchart TD\n");
        var sources = Sources();
        for (var i = 0; i < Layers.Count; i++)
        {
            var layer = Layers[i];
            text.Append(CultureInfo.InvariantCulture, $"    n{i}[\"{layer.Name}<br/>{layer.Kind}<br/>{layer.Shape}\"]\n");
            foreach (var source in sources[i])
                text.Append(CultureInfo.InvariantCulture, $"    n{source} --> n{i}\n");
        }

        return text.ToString();
    }

    /// <summary>For each row the numbers of the rows that it reads.</summary>
    private List<int[]> Sources()
    {
        var numbers = new Dictionary<string, int>();
        var sources = new List<int[]>();
        for (var i = 0; i < Layers.Count; i++)
        {
            var named = Layers[i].Sources;
            sources.Add(named.Count > 0 ? [.. named.Select(source => numbers[source])] : [.. Enumerable.Range(i - 1, Math.Min(i, 1))]);
            numbers[Layers[i].Name] = i;
        }

        return sources;
    }

    private static string[] Cells(LayerSummary layer) =>
    [
        layer.Name,
        layer.Kind,
        layer.Shape,
        Number(layer.ActivationSize),
        Number(layer.Parameters),
        Number(layer.MultiplyAdds),
        layer.ArenaOffset < 0 ? "-" : Number(layer.ArenaOffset) + " + " + Number(layer.ArenaBytes),
    ];

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Quoted(string value) => value.AsSpan().IndexOfAny(",\"\n") < 0
        ? value
        : "\"" + value.Replace("\"", "\"\"") + "\"";
}
