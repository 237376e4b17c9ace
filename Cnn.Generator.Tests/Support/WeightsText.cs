extern alias build;

using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Entry = build::Cnn.SafetensorsEntry;
using IndexText = build::Cnn.Build.IndexText;

namespace Cnn.Generator.Tests.Support;

/// <summary>The build's text for the generator about files of weights.</summary>
internal sealed partial class WeightsText(string text) : AdditionalText
{
    public override string Path => "obj/Cnn.Weights.index";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);

    /// <summary>
    /// The text about files that are written so: a line with the path, then one for each tensor (<c>conv1.weight F32 [6, 1, 5, 5]</c>)
    /// or one with a reason (<c>damaged: ...</c>). A path with <c>(not named)</c> after it is not embedded. A file is marked as one that a network
    /// with channels last has saved, unless a line says otherwise (<c>order: chw</c>, <c>order:</c> for none).
    /// </summary>
    public static WeightsText Of(string files)
    {
        var index = new IndexText();
        foreach (var line in files.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            const string damaged = "damaged: ";
            const string order = "order:";
            const string unnamed = " (not named)";
            if (Tensor().Match(line) is { Success: true } tensor)
                index.Tensor(tensor.Groups["name"].Value, new Entry(tensor.Groups["type"].Value, Shape(tensor.Groups["shape"].Value), 0, 0));
            else if (line.StartsWith(damaged, StringComparison.Ordinal))
                index.Damaged(line[damaged.Length..]);
            else if (line.StartsWith(order, StringComparison.Ordinal))
                index.Order(line[order.Length..].Trim());
            else
                AddFile(line);

            void AddFile(string path)
            {
                var isNamed = !path.EndsWith(unnamed, StringComparison.Ordinal);
                index.File(isNamed ? path : path[..^unnamed.Length], isNamed);
                index.Order("hwc");
            }
        }

        return new WeightsText(index.ToString());
    }

    /// <summary>The files that a page shows with its code of this number; the last that it shows where there are fewer.</summary>
    public static WeightsText? OfPage(string page, int number)
    {
        var blocks = Block().Matches(page);
        return blocks.Count == 0 ? null : Of(blocks[Math.Min(number, blocks.Count - 1)].Groups[1].Value);
    }

    private static long[] Shape(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(dimension => long.Parse(dimension, System.Globalization.CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^(?<name>\S+) +(?<type>[A-Z0-9]+) +\[(?<shape>[0-9, ]*)\]$")]
    private static partial Regex Tensor();

    [GeneratedRegex("```weights\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
