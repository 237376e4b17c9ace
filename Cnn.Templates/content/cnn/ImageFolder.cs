using Cnn;

namespace Recognition;

/// <summary>A folder with a folder of images for each class, divided into images for training and for validation.</summary>
/// <param name="Labels">The names of the classes.</param>
/// <param name="Train">Four fifths of each class.</param>
/// <param name="Validation">A fifth of each class, at least one image.</param>
public sealed record ImageFolder(IReadOnlyList<string> Labels, Images Train, Images Validation)
{
    /// <summary>Reads a folder; the same seed divides the same files alike. Files that are no images are named and left out.</summary>
    /// <exception cref="InvalidDataException">The folder cannot be learned from.</exception>
    public static ImageFolder Read(string path, int seed)
    {
        if (!Directory.Exists(path))
            throw new InvalidDataException($"{path} is no folder");
        var folders = Directory.GetDirectories(path).Where(folder => !IsHidden(folder)).Order(StringComparer.Ordinal).ToList();
        if (folders.Count != Network.OutputLength)
        {
            throw new InvalidDataException(
                $"{path} has {folders.Count} folders, one for each class, but the network has {Network.OutputLength} classes: "
                + $"write [Dense({folders.Count}), Softmax] in Network.cs");
        }

        var random = new Random(seed);
        var (train, validation) = (new List<(byte[] Image, int Label)>(), new List<(byte[] Image, int Label)>());
        for (var label = 0; label < folders.Count; label++)
        {
            var images = ReadClass(folders[label]);
            if (images.Count < 2)
                throw new InvalidDataException($"{folders[label]} has {images.Count} images that can be read; a class needs at least 2");
            var shuffled = images.OrderBy(_ => random.Next()).Select(image => (image, label)).ToList();
            var held = Math.Max(1, shuffled.Count / 5);
            validation.AddRange(shuffled[..held]);
            train.AddRange(shuffled[held..]);
        }

        return new ImageFolder([.. folders.Select(folder => Path.GetFileName(folder))], Dataset(train), Dataset(validation));
    }

    private static List<byte[]> ReadClass(string folder)
    {
        var images = new List<byte[]>();
        foreach (var file in Directory.GetFiles(folder).Where(file => !IsHidden(file)).Order(StringComparer.Ordinal))
        {
            try
            {
                images.Add(Images.Read(file));
            }
            catch (InvalidDataException fault)
            {
                Console.Error.WriteLine($"Left out: {fault.Message}.");
            }
        }

        return images;
    }

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    private static Images Dataset(List<(byte[] Image, int Label)> samples) =>
        new([.. samples.Select(sample => sample.Image)], [.. samples.Select(sample => sample.Label)], Network.OutputLength);
}
