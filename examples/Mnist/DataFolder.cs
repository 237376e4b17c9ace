using System;
using System.IO;
using Cnn;

namespace MnistExample;

/// <summary>Finds and reads the four MNIST files.</summary>
internal static class DataFolder
{
    private static readonly string Relative = Path.Combine("examples", "data", "mnist");

    /// <summary>Loads the digits; a missing or damaged file is an <see cref="IOException"/> whose message says what to do.</summary>
    public static (Dataset Train, Dataset Test) Load(string? folder)
    {
        folder ??= Find(Directory.GetCurrentDirectory()) ?? Find(AppContext.BaseDirectory);
        if (folder is null)
            throw new IOException($"No folder {Relative} here or above. Name the folder of the four MNIST files with --data.");

        try
        {
            return Mnist.Load(folder);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            var reason = fault.Message.ReplaceLineEndings(" ").TrimEnd('.');
            const string Advice = "--data names the folder; git checkout examples/data/mnist restores the files.";
            throw new IOException($"{reason}. {Advice}", fault);
        }
    }

    private static string? Find(string start)
    {
        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, Relative);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
