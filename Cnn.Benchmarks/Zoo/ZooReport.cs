using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Cnn.Benchmarks.Quick;
using Cnn.Benchmarks.Rivals;
using ScottPlot;

namespace Cnn.Benchmarks.Zoo;

/// <summary>The report as a table, as comma-separated values and as a chart: zoo.md, zoo.csv and zoo.png in the current folder's reports.</summary>
internal static class ZooReport
{
    private const string Folder = "reports";

    /// <summary>Prints the table and writes the three files.</summary>
    public static void Write(IReadOnlyList<ZooRow> rows)
    {
        Directory.CreateDirectory(Folder);
        var table = Markdown(rows);
        Console.WriteLine();
        Console.Write(table);
        File.WriteAllText(Path.Combine(Folder, "zoo.md"), table + string.Concat(rows.Select(Layers)));
        File.WriteAllText(Path.Combine(Folder, "zoo.csv"), Csv(rows));
        Chart(rows).SavePng(Path.Combine(Folder, "zoo.png"), 1000, 520);
        Console.WriteLine($"Written to {Folder}/zoo.md, zoo.csv and zoo.png.");
    }

    private static string Markdown(IReadOnlyList<ZooRow> rows)
    {
        var text = new StringBuilder();
        text.Append(ThisMachine.Description).Append("\n\n");
        text.Append(CultureInfo.InvariantCulture, $"One thread, batch 1, float32, medians of interleaved rounds; {OnnxRival.Name}.\n\n");
        text.Append("| network | multiply-adds | Cnn us | ONNX Runtime us | PyTorch us | ONNX Runtime / Cnn | peak, Cnn | peak, ONNX Runtime | bytes per call |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Network} | {row.MultiplyAdds:N0} | {row.Ours.Median:N1} | {row.Onnx.Median:N1} | {row.Torch.Median:N1} | ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Ratio:F2} | {row.Share * 100:F0} % | {row.OnnxShare * 100:F0} % | {row.Allocated:F0} |\n");
        }

        return text.ToString();
    }

    /// <summary>The networks that threads share.</summary>
    public static string Threads(IReadOnlyList<ThreadsRow> rows)
    {
        var text = new StringBuilder();
        text.Append("| network | Cnn, 1 thread, us | Cnn, 2 threads, us | ONNX Runtime, 1, us | ONNX Runtime, 2, us | Cnn, 2 / 1 | ONNX Runtime, 2 / 1 | ");
        text.Append("ONNX Runtime / Cnn on 2 | rounds | bytes per call |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Network} | {row.One:N0} | {row.Two:N0} | {row.OnnxOne:N0} | {row.OnnxTwo:N0} | ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Gain:F2} | {row.OnnxGain:F2} | {row.Ratio:F2} | {row.Rounds} | {row.Allocated:F0} |\n");
        }

        return text.ToString();
    }

    /// <summary>The steps of one network, the dearest first.</summary>
    private static string Layers(ZooRow row)
    {
        var text = new StringBuilder();
        var all = row.Layers.Sum(layer => layer.Microseconds);
        text.Append(CultureInfo.InvariantCulture, $"\n## {row.Network}\n\n{all:N1} us in all, step by step.\n\n");
        text.Append("| us | share | of the peak | layer | kernel |\n|---|---|---|---|---|\n");
        foreach (var layer in row.Layers.OrderByDescending(layer => layer.Microseconds))
        {
            var peak = layer.MultiplyAdds == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{layer.MultiplyAdds / layer.Microseconds / 10 / row.Peak:F0} %");
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {layer.Microseconds:N1} | {layer.Microseconds / all * 100:F1} % | {peak} | {layer.Layer} | {layer.Kernel} |\n");
        }

        return text.ToString();
    }

    private static string Csv(IReadOnlyList<ZooRow> rows)
    {
        var text = new StringBuilder("network,multiply_adds,cnn_us,cnn_min_us,onnxruntime_us,onnxruntime_min_us,pytorch_us,pytorch_min_us,ratio,peak_gmacs,share,bytes\n");
        foreach (var row in rows)
        {
            object[] values =
            [
                row.Network, row.MultiplyAdds, row.Ours.Median, row.Ours.Minimum, row.Onnx.Median, row.Onnx.Minimum, row.Torch.Median,
                row.Torch.Minimum, row.Ratio, row.Peak, row.Share, row.Allocated,
            ];
            text.AppendJoin(',', values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

    private static Plot Chart(IReadOnlyList<ZooRow> rows)
    {
        var plot = new Plot();
        var bars = plot.Add.Bars([.. rows.Select(row => row.Ratio)]);
        foreach (var (bar, row) in bars.Bars.Zip(rows))
            bar.Label = row.Ratio.ToString("F2", CultureInfo.InvariantCulture);
        plot.Add.HorizontalLine(1, 1, Colors.Gray, LinePattern.Dashed);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, rows.Count).Select(i => (double)i)], [.. rows.Select(row => row.Network)]);
        plot.Axes.Margins(bottom: 0);
        plot.Title($"Times as fast as {OnnxRival.Name}, one thread, batch 1");
        return plot;
    }
}
