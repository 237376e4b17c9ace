using System;
using System.IO;
using Cnn.Benchmarks.Networks;

namespace Cnn.Benchmarks;

/// <summary>The MNIST digits that every measurement runs on: pooling and ReLU take other paths on noise.</summary>
internal static class Digits
{
    /// <summary>Samples of a training step.</summary>
    public const int BatchSize = 64;

    /// <summary>Batches that a measurement goes round.</summary>
    public const int Batches = 32;

    /// <summary>Loads the training digits from examples/data/mnist, here or above.</summary>
    /// <exception cref="IOException">No such folder, or a damaged file.</exception>
    public static Dataset Load()
    {
        var folder = Find(Directory.GetCurrentDirectory()) ?? Find(AppContext.BaseDirectory)
            ?? throw new IOException("No folder examples/data/mnist here or above: run the benchmarks inside the repository.");
        return Mnist.Load(folder).Train;
    }

    /// <summary>The first batches of 28x28 digits, one after the other, and their labels.</summary>
    public static (float[] Inputs, int[] Labels) TrainingBatches(Dataset digits)
    {
        const int Count = BatchSize * Batches;
        var inputs = new float[Count * digits.InputLength];
        var labels = new int[Count];
        for (var index = 0; index < Count; index++)
        {
            digits.CopyInput(index, inputs.AsSpan(index * digits.InputLength, digits.InputLength));
            labels[index] = digits.Label(index);
        }

        return (inputs, labels);
    }

    /// <summary>A digit as a planar image of a network's size, centred, each channel darker than the one before.</summary>
    public static float[] Image(Dataset digits, LeNetShape shape, int index = 0)
    {
        var digit = new float[digits.InputLength];
        digits.CopyInput(index, digit);
        var border = (shape.Size - Mnist.Height) / 2;
        var image = new float[shape.InputLength];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var row = 0; row < Mnist.Height; row++)
            {
                for (var column = 0; column < Mnist.Width; column++)
                {
                    var target = (((channel * shape.Size) + row + border) * shape.Size) + column + border;
                    image[target] = digit[(row * Mnist.Width) + column] / (1 + channel);
                }
            }
        }

        return image;
    }

    private static string? Find(string start)
    {
        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "examples", "data", "mnist");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
