using System;

namespace SegmentationExample;

/// <summary>A drawn image of circles, boxes and triangles over noise, and what every pixel shows.</summary>
/// <param name="Pixels">Brightness row by row, about 0 to 1.</param>
/// <param name="Labels">The class of every pixel: 0 background, 1 circle, 2 box, 3 triangle.</param>
internal sealed record Scene(float[] Pixels, byte[] Labels)
{
    /// <summary>Rows and columns.</summary>
    public const int Size = 64;

    /// <summary>Classes of a pixel.</summary>
    public const int Classes = 4;

    private const int MostShapes = 4;
    private const double Noise = 0.12;

    /// <summary>Draws a scene; the same numbers of <paramref name="random"/> give the same scene.</summary>
    public static Scene Draw(Random random)
    {
        var scene = new Scene(new float[Size * Size], new byte[Size * Size]);
        var ground = Between(random, 0.1, 0.35);
        Array.Fill(scene.Pixels, (float)ground);
        var shapes = random.Next(1, MostShapes + 1);
        for (var shape = 0; shape < shapes; shape++)
            scene.Add(random.Next(1, Classes), random, ground + Between(random, 0.2, 0.55));
        for (var i = 0; i < scene.Pixels.Length; i++)
            scene.Pixels[i] += (float)(Noise * Normal(random));
        return scene;
    }

    /// <summary>Adds a shape where there is room for it; a crowded scene may have none.</summary>
    private void Add(int label, Random random, double brightness)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var radius = Between(random, 6, 13);
            var shape = new Shape(
                label,
                Between(random, radius, Size - radius),
                Between(random, radius, Size - radius),
                radius,
                Between(random, 0, 2 * Math.PI));
            if (TryFill(shape, brightness))
                return;
        }
    }

    private bool TryFill(Shape shape, double brightness)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < Pixels.Length; i++)
            {
                if (!shape.Covers((i / Size) + 0.5, (i % Size) + 0.5))
                    continue;
                if (pass == 0 && Labels[i] != 0)
                    return false;
                if (pass == 1)
                {
                    Pixels[i] = (float)brightness;
                    Labels[i] = (byte)shape.Label;
                }
            }
        }

        return true;
    }

    private static double Between(Random random, double from, double to) => from + ((to - from) * random.NextDouble());

    /// <summary>A standard normal number (Box and Muller, 1958).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
