using System;
using System.IO;

namespace Cnn;

/// <summary>
/// The handwritten digits of LeCun, Cortes and Burges: 60,000 to learn from and 10,000 to test with, 28x28 pixels, white on black.
/// </summary>
public static class Mnist
{
    /// <summary>The rows of an image.</summary>
    public const int Height = 28;

    /// <summary>The columns of an image.</summary>
    public const int Width = 28;

    /// <summary>The digits.</summary>
    public const int Classes = 10;

    /// <summary>
    /// Reads the four files of MNIST, or of a set in its format. Inputs are 784 floats in [0, 1], row by row; labels are the digits.
    /// </summary>
    /// <param name="folder">
    /// Holds train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each plain or with
    /// .gz; the spelling train-images.idx3-ubyte is accepted too.
    /// </param>
    /// <exception cref="FileNotFoundException">
    /// A file is missing; the message says which, where it was looked for, and where to get it.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged or does not fit the others; the message names it and the reason.
    /// </exception>
    public static (Dataset Train, Dataset Test) Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var train = Find(folder, "train-images", "idx3-ubyte");
        var trainLabels = Find(folder, "train-labels", "idx1-ubyte");
        var test = Find(folder, "t10k-images", "idx3-ubyte");
        var testLabels = Find(folder, "t10k-labels", "idx1-ubyte");
        return (Load(train, trainLabels), Load(test, testLabels));
    }

    private static Dataset Load(string imagePath, string labelPath)
    {
        var images = IdxFile.Read(imagePath, 3);
        var (count, height, width) = (images.Dimensions[0], images.Dimensions[1], images.Dimensions[2]);
        if (height != Height || width != Width)
            throw new InvalidDataException($"{imagePath}: its images are {height}x{width}; MNIST's are {Height}x{Width}.");
        if (count == 0)
            throw new InvalidDataException($"{imagePath}: it holds no image.");

        var labels = IdxFile.Read(labelPath, 1).Values;
        if (labels.Length != count)
        {
            throw new InvalidDataException(
                $"{labelPath}: it holds {labels.Length} labels for the {count} images of {Path.GetFileName(imagePath)}.");
        }

        var wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1));
        if (wrong >= 0)
            throw new InvalidDataException($"{labelPath}: label {wrong} is {labels[wrong]}; digits are 0 to {Classes - 1}.");
        return Dataset.FromImages(images.Values, labels, Height * Width, Classes);
    }

    private static string Find(string folder, string stem, string suffix)
    {
        foreach (var separator in "-.")
        {
            foreach (var extension in new[] { "", ".gz" })
            {
                var path = Path.Combine(folder, stem + separator + suffix + extension);
                if (File.Exists(path))
                    return path;
            }
        }

        var name = $"{stem}-{suffix}";
        var where = Directory.Exists(folder) ? "" : ", which does not exist";
        throw new FileNotFoundException(
            $"{name} (or {name}.gz) was looked for in the folder {Path.GetFullPath(folder)}{where}. "
            + "The four MNIST files come with the source of Cnn in examples/data/mnist: name that folder, or copy them.",
            Path.Combine(folder, name));
    }
}
