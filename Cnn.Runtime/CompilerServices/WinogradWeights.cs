using System;

namespace Cnn;

/// <summary>
/// The weights of a Winograd convolution F(m x m, 3x3): each kernel g becomes G g G^T, one number for each point of a tile (Lavin and Gray
/// 2016, "Fast algorithms for convolutional neural networks"; points 0, 1, -1, for m = 4 also 2 and -2, and infinity). With stride 2 the outer
/// weights, which meet the even elements, are transformed by F(2, 2), and the middle one is itself.
/// </summary>
internal static class WinogradWeights
{
    private const int Side = 3;

    private static ReadOnlySpan<double> Two => [1, 0, 0, 0.5, 0.5, 0.5, 0.5, -0.5, 0.5, 0, 0, 1];

    private static ReadOnlySpan<double> TwoOfStrideTwo => [1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0];

    private static ReadOnlySpan<double> Four =>
    [
        1.0 / 4, 0, 0,
        -1.0 / 6, -1.0 / 6, -1.0 / 6,
        -1.0 / 6, 1.0 / 6, -1.0 / 6,
        1.0 / 24, 1.0 / 12, 1.0 / 6,
        1.0 / 24, -1.0 / 12, 1.0 / 6,
        0, 0, 1,
    ];

    /// <summary>From [out, in, 3, 3] to [out, in, points, points].</summary>
    /// <param name="kernels">The kernels, one after the other.</param>
    /// <param name="points">The points along a side of a tile: 4 or 6 for two or four outputs, 5 for two outputs with stride 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no transform with this number of points.</exception>
    public static float[] Transform(ReadOnlySpan<float> kernels, int points)
    {
        var matrix = points switch
        {
            4 => Two,
            5 => TwoOfStrideTwo,
            6 => Four,
            _ => throw new ArgumentOutOfRangeException(nameof(points), points, "A tile has 4, 5 or 6 points a side."),
        };
        var result = new float[kernels.Length / (Side * Side) * points * points];
        Span<double> columns = stackalloc double[points * Side];
        for (var kernel = 0; kernel < kernels.Length / (Side * Side); kernel++)
        {
            var taps = kernels.Slice(kernel * Side * Side, Side * Side);
            for (var p = 0; p < points; p++)
            {
                var factors = matrix.Slice(p * Side, Side);
                for (var x = 0; x < Side; x++)
                    columns[(p * Side) + x] = (factors[0] * taps[x]) + (factors[1] * taps[Side + x]) + (factors[2] * taps[(2 * Side) + x]);
            }

            var transformed = result.AsSpan(kernel * points * points, points * points);
            for (var p = 0; p < points; p++)
            {
                var row = columns.Slice(p * Side, Side);
                for (var q = 0; q < points; q++)
                {
                    var factors = matrix.Slice(q * Side, Side);
                    transformed[(p * points) + q] = (float)((row[0] * factors[0]) + (row[1] * factors[1]) + (row[2] * factors[2]));
                }
            }
        }

        return result;
    }
}
