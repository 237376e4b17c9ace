using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Reference;

/// <summary>Several volumes of one height and width, their channels one after the other; vectors, element after element.</summary>
public static class Concat
{
    /// <summary>The output, with the channels of all inputs.</summary>
    /// <exception cref="ArgumentException">There is no input, or the heights or widths differ.</exception>
    public static Volume Forward(IReadOnlyList<Volume> inputs)
    {
        var output = new Volume(Outputs([.. inputs.Select(input => input.Shape)]));
        var next = 0;
        foreach (var input in inputs)
        {
            input.Values.CopyTo(output.Values, next);
            next += input.Values.Length;
        }

        return output;
    }

    /// <summary>dL/dx of every input: its channels of g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume[] Backward(IReadOnlyList<Volume> inputs, Volume outputGradient)
    {
        Lengths.RequireShape(outputGradient, Outputs([.. inputs.Select(input => input.Shape)]));
        var gradients = new Volume[inputs.Count];
        var next = 0;
        for (var k = 0; k < gradients.Length; k++)
        {
            gradients[k] = inputs[k].With(outputGradient.Values.AsSpan(next, inputs[k].Values.Length).ToArray());
            next += inputs[k].Values.Length;
        }

        return gradients;
    }

    /// <summary>The output shape.</summary>
    /// <exception cref="ArgumentException">There is no input, or the heights or widths differ.</exception>
    public static VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Count > 0 && inputs.All(input => input.Height == inputs[0].Height && input.Width == inputs[0].Width)
            ? inputs[0] with { Channels = inputs.Sum(input => input.Channels) }
            : throw new ArgumentException(
                $"Volumes to be joined need one height and one width, not {VolumeShape.List(inputs)}.", nameof(inputs));
    }
}
