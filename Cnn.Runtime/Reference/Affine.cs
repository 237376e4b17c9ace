using System;

namespace Cnn.Reference;

/// <summary>
/// The trained last step of a normalisation: y = w * z + b, with one w and one b for each channel, or for each element, as many as
/// <c>weight</c> holds; nothing without weight.
/// </summary>
internal static class Affine
{
    /// <summary>Writes y over z.</summary>
    public static void Forward(Volume z, double[]? weight, double[]? bias)
    {
        if (weight is null || bias is null)
            return;
        var run = Run(z, weight, bias);
        for (var i = 0; i < z.Values.Length; i++)
            z.Values[i] = (weight[i / run] * z.Values[i]) + bias[i / run];
    }

    /// <summary>
    /// dL/dz = g * w, given g = dL/dy; adds dL/dw = the sum of g * z and dL/db = the sum of g over what shares the parameter.
    /// </summary>
    public static Volume Backward(Volume z, double[]? weight, Volume g, double[]? weightGradient, double[]? biasGradient)
    {
        Lengths.RequireShape(g, z.Shape);
        var result = z.With([.. g.Values]);
        if (weight is null)
            return result;
        ArgumentNullException.ThrowIfNull(weightGradient);
        ArgumentNullException.ThrowIfNull(biasGradient);
        Lengths.Require(weightGradient.Length, weight.Length, nameof(weightGradient));
        var run = Run(z, weight, biasGradient);
        for (var i = 0; i < z.Values.Length; i++)
        {
            weightGradient[i / run] += g.Values[i] * z.Values[i];
            biasGradient[i / run] += g.Values[i];
            result.Values[i] *= weight[i / run];
        }

        return result;
    }

    private static int Run(Volume z, double[] weight, double[] bias)
    {
        if (weight.Length != z.Values.Length)
            Lengths.Require(weight.Length, z.Channels, nameof(weight));
        Lengths.Require(bias.Length, weight.Length, nameof(bias));
        return z.Values.Length / weight.Length;
    }
}
