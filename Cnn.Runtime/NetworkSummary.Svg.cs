using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;

namespace Cnn;

/// <content>The network as a drawing.</content>
public sealed partial class NetworkSummary
{
    private const double LetterWidth = 6.7;
    private const double CornerRadius = 6;

    private const string Style = """
        <style>
          text { font: 11px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; text-anchor: middle; fill: #1b2a41; }
          .name { font-weight: bold; }
          rect { fill: #f4f6f8; stroke: #8a97a8; }
          .weights rect { fill: #dbe9f4; stroke: #3d5a80; }
          .edge { fill: none; stroke: #5b6b7f; stroke-width: 1.3; marker-end: url(#cnn-arrow); }
          #cnn-arrow path { fill: #5b6b7f; }
          @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3; }
            rect { fill: #21262d; stroke: #6e7b8a; }
            .weights rect { fill: #1f3a57; stroke: #6f9bc4; }
            .edge { stroke: #9aa7b5; }
            #cnn-arrow path { fill: #9aa7b5; }
          }
        </style>
        <marker id="cnn-arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0L8 4L0 8z"/>
        </marker>

        """;

    /// <summary>
    /// The network as a scalable drawing (SVG), from the input downwards. Each row is a box with its name, kind, shape and parameters, in
    /// colour if it has parameters, with an arrow from each row that it reads. Branches lie side by side, and shortcuts at the side. The
    /// drawing refers to nothing outside of it, and suits a light and a dark background. Lines end in <c>\n</c>, and the text is the same
    /// in every culture.
    /// </summary>
    public string ToSvg()
    {
        var lines = Layers.Select(Lines).ToList();
        var layout = new DiagramLayout(Sources(), Math.Ceiling((lines.Max(box => box.Max(line => line.Length)) * LetterWidth) + 20));
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{layout.Width}\" height=\"{layout.Height}\" viewBox=\"0 0 {layout.Width} {layout.Height}\" role=\"img\">\n");
        text.Append("<title>").Append(SecurityElement.Escape(Name)).Append("</title>\n").Append(Style.ReplaceLineEndings("\n"));
        foreach (var arrow in layout.Arrows)
            text.Append("<path class=\"edge\" d=\"").Append(Path(arrow.Points)).Append("\"/>\n");
        for (var i = 0; i < Layers.Count; i++)
        {
            var (x, y) = layout.Corner(i);
            text.Append(Layers[i].Parameters > 0 ? "<g class=\"weights\">" : "<g>").Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{x}\" y=\"{y}\" width=\"{layout.BoxWidth}\" height=\"{DiagramLayout.BoxHeight}\" rx=\"{CornerRadius}\"/>");
            for (var line = 0; line < lines[i].Length; line++)
            {
                text.Append(line == 0 ? "<text class=\"name\"" : "<text").Append(
                    CultureInfo.InvariantCulture,
                    $" x=\"{x + (layout.BoxWidth / 2)}\" y=\"{y + 17 + (line * 16)}\">{SecurityElement.Escape(lines[i][line])}</text>");
            }

            text.Append("</g>\n");
        }

        return text.Append("</svg>\n").ToString();
    }

    private static string[] Lines(LayerSummary layer) =>
    [
        layer.Name,
        layer.Kind,
        layer.Parameters == 0 ? layer.Shape : layer.Shape + "  " + Number(layer.Parameters) + " parameters",
    ];

    /// <summary>Lines with rounded corners.</summary>
    private static string Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{points[0].X} {points[0].Y}");
        for (var i = 1; i < points.Count - 1; i++)
        {
            var (before, after) = (Towards(points[i], points[i - 1]), Towards(points[i], points[i + 1]));
            path.Append(CultureInfo.InvariantCulture, $"L{before.X} {before.Y}Q{points[i].X} {points[i].Y} {after.X} {after.Y}");
        }

        path.Append(CultureInfo.InvariantCulture, $"L{points[^1].X} {points[^1].Y}");
        return path.ToString();
    }

    /// <summary>The point where a corner's rounding begins.</summary>
    private static (double X, double Y) Towards((double X, double Y) corner, (double X, double Y) end)
    {
        var (x, y) = (end.X - corner.X, end.Y - corner.Y);
        var radius = Math.Min(CornerRadius, (Math.Abs(x) + Math.Abs(y)) / 2);
        return (corner.X + (Math.Sign(x) * radius), corner.Y + (Math.Sign(y) * radius));
    }
}
