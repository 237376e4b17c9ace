using System;
using System.Linq;

namespace Cnn.Tests.Kernels;

/// <summary>The normalisation of one set of elements and its gradient, in double precision, by the definition.</summary>
internal static class NormalizationLoops
{
    /// <summary>z = (x - mean) / sqrt(variance + epsilon), and dL/dx from g = dL/dy, y = weight * z.</summary>
    public static (double[] Z, double[] Gradient) Run(double[] x, double[] g, Func<int, double> weight, double epsilon)
    {
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + epsilon);
        var z = Array.ConvertAll(x, value => (value - mean) / deviation);
        var h = g.Select((value, i) => value * weight(i)).ToArray();
        var (first, second) = (h.Average(), h.Zip(z, (a, b) => a * b).Average());
        return (z, h.Zip(z, (a, b) => (a - first - (b * second)) / deviation).ToArray());
    }
}
