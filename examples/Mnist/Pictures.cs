using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Cnn;
using ScottPlot;
using SkiaSharp;

namespace MnistExample;

/// <summary>A test image that the network got wrong.</summary>
/// <param name="Index">Its place in the test set.</param>
/// <param name="Label">The digit it shows.</param>
/// <param name="Predicted">The digit the network saw.</param>
internal readonly record struct Mistake(int Index, int Label, int Predicted);

/// <summary>The pictures the example writes. They bring their own font, so that they need none from the machine.</summary>
internal static class Pictures
{
    private const string FontName = "DejaVu Sans";
    private const int Scale = 3;
    private const int Cell = 28 * Scale;
    private const int Caption = 22;
    private const int Gap = 8;
    private const int Heading = 40;
    private const int Columns = 8;

    private static readonly string FontFile = Path.Combine(AppContext.BaseDirectory, "Fonts", "DejaVuSans.ttf");

    /// <summary>Draws the loss of the training steps, and of the test images at the end of each epoch.</summary>
    public static void SaveCurve(string path, IReadOnlyList<(double Epoch, double Loss)> training, IReadOnlyList<EpochResult> epochs)
    {
        Fonts.AddFontFile(FontName, FontFile);
        Fonts.Default = FontName;
        var plot = new Plot();
        var steps = plot.Add.ScatterLine(training.Select(point => point.Epoch).ToArray(), training.Select(point => point.Loss).ToArray());
        steps.LegendText = "training, mean of 25 steps";

        var tested = epochs.Where(epoch => epoch.Validation is not null).ToArray();
        var tests = plot.Add.ScatterPoints(
            tested.Select(epoch => (double)epoch.Epoch).ToArray(),
            tested.Select(epoch => epoch.Validation!.Loss).ToArray());
        tests.MarkerSize = 9;
        tests.LegendText = "test, after the epoch";
        foreach (var epoch in tested)
        {
            var accuracy = epoch.Validation!.Accuracy.ToString("P2", CultureInfo.InvariantCulture);
            var label = plot.Add.Text(accuracy, epoch.Epoch, epoch.Validation.Loss);
            label.Alignment = Alignment.LowerRight;
            label.OffsetY = -8;
        }

        plot.Title("LeNet-5 on MNIST");
        plot.XLabel("epoch");
        plot.YLabel("cross-entropy");
        plot.Axes.SetLimitsY(0, Math.Min(0.5, training.Select(point => point.Loss).DefaultIfEmpty(0.5).Max()));
        plot.ShowLegend(Alignment.UpperRight);
        plot.Font.Set(FontName);
        plot.SavePng(path, 900, 540);
    }

    /// <summary>Draws the first mistakes in a grid, each with the true digit and the one the network saw.</summary>
    public static void SaveMistakes(string path, Dataset test, IReadOnlyList<Mistake> mistakes)
    {
        var shown = mistakes.Take(Columns * 6).ToArray();
        var rows = Math.Max(1, (shown.Length + Columns - 1) / Columns);
        var size = new SKImageInfo((Columns * (Cell + Gap)) + Gap, Heading + (rows * (Cell + Caption + Gap)));
        using var surface = SKSurface.Create(size);
        using var typeface = SKTypeface.FromFile(FontFile);
        using var font = new SKFont(typeface, 15);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        surface.Canvas.Clear(SKColors.White);
        var heading = $"{mistakes.Count} of {test.Count:N0} test images misread: true \u2192 predicted";
        surface.Canvas.DrawText(heading, Gap, 24, SKTextAlign.Left, font, ink);

        var pixels = new float[test.InputLength];
        for (var place = 0; place < shown.Length; place++)
        {
            var left = Gap + (place % Columns * (Cell + Gap));
            var top = Heading + (place / Columns * (Cell + Caption + Gap));
            test.CopyInput(shown[place].Index, pixels);
            using var digit = Bitmap(pixels);
            surface.Canvas.DrawBitmap(digit, SKRect.Create(left, top, Cell, Cell));
            var caption = string.Create(CultureInfo.InvariantCulture, $"{shown[place].Label} \u2192 {shown[place].Predicted}");
            surface.Canvas.DrawText(caption, left + (Cell / 2f), top + Cell + 17, SKTextAlign.Center, font, ink);
        }

        using var image = surface.Snapshot();
        using var encoded = image.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        encoded.SaveTo(file);
    }

    private static SKBitmap Bitmap(ReadOnlySpan<float> pixels)
    {
        var bitmap = new SKBitmap(Mnist.Width, Mnist.Height);
        for (var index = 0; index < pixels.Length; index++)
        {
            var shade = (byte)(255 - (pixels[index] * 255));
            bitmap.SetPixel(index % Mnist.Width, index / Mnist.Width, new SKColor(shade, shade, shade));
        }

        return bitmap;
    }
}
