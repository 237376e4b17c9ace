using System;

namespace Cnn.Reference;

/// <summary>
/// Max pooling: y[c, p, q] = the largest x[c, p * stride - top + i * dilation, q * stride - left + j * dilation] of the window. Padding
/// never wins; among equal elements the first in row-major order of the window does, as in PyTorch.
/// </summary>
public static class MaxPooling
{
    /// <summary>The output, of channels x output height x output width.</summary>
    /// <exception cref="ArgumentException">The window does not fit the input, or one of its places holds padding alone.</exception>
    public static Volume Forward(Volume input, Window window)
    {
        var output = new Volume(window.Outputs(input.Channels, input.Shape));
        for (var c = 0; c < output.Channels; c++)
        {
            for (var y = 0; y < output.Height; y++)
            {
                for (var x = 0; x < output.Width; x++)
                    output[c, y, x] = input.Values[Winner(input, window, c, y, x)];
            }
        }

        return output;
    }

    /// <summary>dL/dx, given g = dL/dy: each window hands its g to its winner; an element that wins several windows sums them.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume Backward(Volume input, Volume outputGradient, Window window)
    {
        Lengths.RequireShape(outputGradient, window.Outputs(input.Channels, input.Shape));
        var inputGradient = new Volume(input.Shape);
        for (var c = 0; c < outputGradient.Channels; c++)
        {
            for (var y = 0; y < outputGradient.Height; y++)
            {
                for (var x = 0; x < outputGradient.Width; x++)
                    inputGradient.Values[Winner(input, window, c, y, x)] += outputGradient[c, y, x];
            }
        }

        return inputGradient;
    }

    private static int Winner(Volume input, Window window, int c, int y, int x)
    {
        var winner = -1;
        for (var i = 0; i < window.KernelHeight; i++)
        {
            for (var j = 0; j < window.KernelWidth; j++)
            {
                var row = window.Row(y, i);
                var column = window.Column(x, j);
                if (!input.Contains(row, column))
                    continue;
                var candidate = input.Index(c, row, column);
                if (winner < 0 || input.Values[candidate] > input.Values[winner])
                    winner = candidate;
            }
        }

        return winner >= 0
            ? winner
            : throw new ArgumentException(
                $"The window of output ({y}, {x}) holds padding alone; its maximum is not defined.", nameof(window));
    }
}
