using System;

namespace Cnn;

/// <summary><see cref="ImageTransform.Noise"/>, by the polar method of Marsaglia and Bray 1964, two numbers at a time.</summary>
internal sealed class NoiseTransform : ImageTransform
{
    private readonly float _deviation;

    public NoiseTransform(float standardDeviation)
    {
        Ranges.RequireNotNegative(standardDeviation);
        _deviation = standardDeviation;
    }

    internal override bool MovesPixels => false;

    internal override void Apply(in ImageWork work, ref SplitMix64 random)
    {
        var image = work.Image;
        for (var i = 0; i < image.Length; i += 2)
        {
            var (first, second) = NextPair(ref random);
            image[i] += (float)(first * _deviation);
            if (i + 1 < image.Length)
                image[i + 1] += (float)(second * _deviation);
        }
    }

    private static (double First, double Second) NextPair(ref SplitMix64 random)
    {
        while (true)
        {
            var x = (2 * NextFraction(ref random)) - 1;
            var y = (2 * NextFraction(ref random)) - 1;
            var square = (x * x) + (y * y);
            if (square is > 0 and < 1)
            {
                var factor = Math.Sqrt(-2 * Math.Log(square) / square);
                return (x * factor, y * factor);
            }
        }
    }
}
