using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Reference;

/// <summary>
/// The product of several values, element by element: y[c, row, column] = x1[c, row, column] * x2[c, row, column] * ... An input of
/// channels x 1 x 1 is a gate: its element c multiplies the whole channel c, whichever of the inputs it is.
/// </summary>
public static class Multiply
{
    /// <summary>The output, in the shape of the inputs that are no gates.</summary>
    /// <exception cref="ArgumentException">There is no input, or the shapes do not fit.</exception>
    public static Volume Forward(IReadOnlyList<Volume> inputs)
    {
        var output = new Volume(Outputs([.. inputs.Select(input => input.Shape)]));
        output.Values.AsSpan().Fill(1);
        foreach (var input in inputs)
            MultiplyBy(output, input);
        return output;
    }

    /// <summary>
    /// dL/dx of every input: g = dL/dy times the product of the other inputs, summed over each channel for a gate.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume[] Backward(IReadOnlyList<Volume> inputs, Volume outputGradient)
    {
        Lengths.RequireShape(outputGradient, Outputs([.. inputs.Select(input => input.Shape)]));
        var gradients = new Volume[inputs.Count];
        for (var k = 0; k < gradients.Length; k++)
        {
            var product = outputGradient.With([.. outputGradient.Values]);
            for (var other = 0; other < inputs.Count; other++)
            {
                if (other != k)
                    MultiplyBy(product, inputs[other]);
            }

            var run = product.Values.Length / inputs[k].Values.Length;
            gradients[k] = new Volume(inputs[k].Shape);
            for (var i = 0; i < product.Values.Length; i++)
                gradients[k].Values[i / run] += product.Values[i];
        }

        return gradients;
    }

    /// <summary>The output shape.</summary>
    /// <exception cref="ArgumentException">There is no input, or the shapes do not fit.</exception>
    public static VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfZero(inputs.Count);
        var largest = inputs.MaxBy(input => input.Length);
        var gate = new VolumeShape(largest.Channels, 1, 1);
        return inputs.All(input => input == largest || input == gate)
            ? largest
            : throw new ArgumentException(
                $"A product needs inputs of one shape, or of channels x 1 x 1 as gates, not {VolumeShape.List(inputs)}.", nameof(inputs));
    }

    private static void MultiplyBy(Volume product, Volume factor)
    {
        var run = product.Values.Length / factor.Values.Length;
        for (var i = 0; i < product.Values.Length; i++)
            product.Values[i] *= factor.Values[i / run];
    }
}
