using System;
using System.Collections.Generic;
using System.IO;
using SkiaSharp;

namespace SegmentationExample;

/// <summary>Images side by side: what the network saw, the truth, and what it made of it.</summary>
internal static class Pictures
{
    private const int Scale = 3;
    private const int Side = Scene.Size * Scale;
    private const int Gap = 6;
    private const int Rows = 4;
    private const int Triples = 2;

    private static readonly SKColor[] Colours = [new(0x22, 0x22, 0x22), new(0xE6, 0x9F, 0x00), new(0x56, 0xB4, 0xE9), new(0x00, 0x9E, 0x73)];

    /// <summary>How many scenes a picture shows.</summary>
    public const int Shown = Rows * Triples;

    /// <summary>Writes a PNG with a scene and its prediction in every third of a row.</summary>
    public static void Save(string path, IReadOnlyList<(Scene Scene, byte[] Prediction)> scenes)
    {
        var width = (3 * Triples * (Side + Gap)) + ((Triples + 1) * Gap);
        using var surface = SKSurface.Create(new SKImageInfo(width, (Rows * (Side + Gap)) + Gap));
        surface.Canvas.Clear(SKColors.White);
        for (var place = 0; place < scenes.Count; place++)
        {
            var (scene, prediction) = scenes[place];
            var left = Gap + (place % Triples * ((3 * (Side + Gap)) + Gap));
            var top = Gap + (place / Triples * (Side + Gap));
            Draw(surface.Canvas, left, top, i => Shade(scene.Pixels[i]));
            Draw(surface.Canvas, left + Side + Gap, top, i => Colours[scene.Labels[i]]);
            Draw(surface.Canvas, left + (2 * (Side + Gap)), top, i => Colours[prediction[i]]);
        }

        using var image = surface.Snapshot();
        using var encoded = image.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        encoded.SaveTo(file);
    }

    private static void Draw(SKCanvas canvas, int left, int top, Func<int, SKColor> colour)
    {
        using var bitmap = new SKBitmap(Scene.Size, Scene.Size);
        for (var i = 0; i < Scene.Size * Scene.Size; i++)
            bitmap.SetPixel(i % Scene.Size, i / Scene.Size, colour(i));
        canvas.DrawBitmap(bitmap, SKRect.Create(left, top, Side, Side));
    }

    private static SKColor Shade(float brightness)
    {
        var shade = (byte)(Math.Clamp(brightness, 0, 1) * 255);
        return new SKColor(shade, shade, shade);
    }
}
