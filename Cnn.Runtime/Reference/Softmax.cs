using System;

namespace Cnn.Reference;

/// <summary>
/// y[i] = exp(x[i] - m) / sum over j of exp(x[j] - m), with m = max x, which changes nothing but keeps exp from overflowing: over the
/// elements of a vector, or over the channels of each pixel of a volume.
/// </summary>
public static class Softmax
{
    /// <summary>The output: positive numbers of sum 1, as many as the input has.</summary>
    /// <exception cref="ArgumentException"><paramref name="input"/> is empty.</exception>
    public static double[] Forward(double[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length == 0)
            throw new ArgumentException("Softmax needs at least one number.", nameof(input));
        return Forward(Volume.Vector(input)).Values;
    }

    /// <summary>dL/dx[i] = y[i] * (g[i] - sum over j of g[j] * y[j]), given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        Lengths.Require(outputGradient.Length, input.Length, nameof(outputGradient));
        return Backward(Volume.Vector(input), Volume.Vector(outputGradient)).Values;
    }

    /// <summary>The output: the channels of each pixel are positive numbers of sum 1.</summary>
    public static Volume Forward(Volume input)
    {
        var output = new Volume(input.Shape);
        for (var pixel = 0; pixel < input.Shape.Pixels; pixel++)
        {
            var largest = Largest(input, pixel);
            var sum = 0.0;
            for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
                sum += Math.Exp(input.Values[i] - largest);
            for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
                output.Values[i] = Math.Exp(input.Values[i] - largest) / sum;
        }

        return output;
    }

    /// <summary>dL/dx[c] = y[c] * (g[c] - sum over the channels k of the pixel of g[k] * y[k]), given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of <paramref name="input"/>.</exception>
    public static Volume Backward(Volume input, Volume outputGradient)
    {
        Lengths.RequireShape(outputGradient, input.Shape);
        var output = Forward(input);
        var inputGradient = new Volume(input.Shape);
        for (var pixel = 0; pixel < input.Shape.Pixels; pixel++)
        {
            var mean = 0.0;
            for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
                mean += outputGradient.Values[i] * output.Values[i];
            for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
                inputGradient.Values[i] = output.Values[i] * (outputGradient.Values[i] - mean);
        }

        return inputGradient;
    }

    /// <summary>The largest channel of a pixel.</summary>
    internal static double Largest(Volume input, int pixel)
    {
        var largest = input.Values[pixel];
        for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
            largest = Math.Max(largest, input.Values[i]);
        return largest;
    }
}
