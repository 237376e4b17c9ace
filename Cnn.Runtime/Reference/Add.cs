using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Reference;

/// <summary>The sum of several values of one shape: y = x1 + x2 + ..., element by element.</summary>
public static class Add
{
    /// <summary>The output, in the shape of the inputs.</summary>
    /// <exception cref="ArgumentException">There is no input, or the shapes differ.</exception>
    public static Volume Forward(IReadOnlyList<Volume> inputs)
    {
        var output = new Volume(Outputs([.. inputs.Select(input => input.Shape)]));
        foreach (var input in inputs)
        {
            for (var i = 0; i < output.Values.Length; i++)
                output.Values[i] += input.Values[i];
        }

        return output;
    }

    /// <summary>dL/dx of every input: g = dL/dy itself.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the inputs.</exception>
    public static Volume[] Backward(IReadOnlyList<Volume> inputs, Volume outputGradient)
    {
        Lengths.RequireShape(outputGradient, Outputs([.. inputs.Select(input => input.Shape)]));
        return [.. inputs.Select(_ => outputGradient.With([.. outputGradient.Values]))];
    }

    /// <summary>The output shape.</summary>
    /// <exception cref="ArgumentException">There is no input, or the shapes differ.</exception>
    public static VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Count > 0 && inputs.All(input => input == inputs[0])
            ? inputs[0]
            : throw new ArgumentException($"A sum needs inputs of one shape, not {VolumeShape.List(inputs)}.", nameof(inputs));
    }
}
