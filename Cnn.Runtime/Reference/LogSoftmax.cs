using System;

namespace Cnn.Reference;

/// <summary>
/// y[i] = x[i] - m - log sum over j of exp(x[j] - m), with m = max x: the logarithm of <see cref="Softmax"/>, over the elements of a
/// vector (a volume of n x 1 x 1), or over the channels of each pixel of a volume.
/// </summary>
public static class LogSoftmax
{
    /// <summary>The output, in the shape of the input.</summary>
    public static Volume Forward(Volume input)
    {
        var output = new Volume(input.Shape);
        for (var pixel = 0; pixel < input.Shape.Pixels; pixel++)
        {
            var largest = Softmax.Largest(input, pixel);
            var sum = 0.0;
            for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
                sum += Math.Exp(input.Values[i] - largest);
            for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
                output.Values[i] = input.Values[i] - largest - Math.Log(sum);
        }

        return output;
    }

    /// <summary>dL/dx[c] = g[c] - exp(y[c]) * sum over the channels k of the pixel of g[k], given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of <paramref name="input"/>.</exception>
    public static Volume Backward(Volume input, Volume outputGradient)
    {
        Lengths.RequireShape(outputGradient, input.Shape);
        var output = Forward(input);
        var inputGradient = new Volume(input.Shape);
        for (var pixel = 0; pixel < input.Shape.Pixels; pixel++)
        {
            var sum = 0.0;
            for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
                sum += outputGradient.Values[i];
            for (var i = pixel; i < input.Values.Length; i += input.Shape.Pixels)
                inputGradient.Values[i] = outputGradient.Values[i] - (Math.Exp(output.Values[i]) * sum);
        }

        return inputGradient;
    }
}
