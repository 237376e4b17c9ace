using System;
using System.CommandLine;

namespace SegmentationExample;

/// <summary>The settings on the command line.</summary>
/// <param name="Epochs">Passes over the drawn images.</param>
/// <param name="Images">Images to train on.</param>
/// <param name="TestImages">Images to measure on.</param>
/// <param name="BatchSize">Images per optimisation step.</param>
/// <param name="Threads">Threads that share a step.</param>
/// <param name="Seed">Decides the images, the first weights and their order.</param>
/// <param name="Output">Folder for the weights and the picture.</param>
internal sealed record Settings(int Epochs, int Images, int TestImages, int BatchSize, int Threads, int Seed, string Output)
{
    /// <summary>Builds the command line; <paramref name="run"/> gets the settings and returns the exit code.</summary>
    public static RootCommand Command(Func<Settings, int> run)
    {
        var epochs = Number("--epochs", "Passes over the drawn images", 6, 1);
        var images = Number("--images", "Images to train on", 1500, 1);
        var testImages = Number("--test-images", "Images to measure on, which training does not see", 200, Pictures.Shown);
        var batchSize = Number("--batch-size", "Images per optimisation step", 16, 1);
        var threads = Number("--threads", "Threads that share a step; all cores unless given", Environment.ProcessorCount, 1);
        var seed = Number("--seed", "Decides the images, the first weights and their order", 1, 0);
        var output = new Option<string>("--output")
        {
            Description = "Folder for the weights and the picture",
            DefaultValueFactory = _ => "artifacts/segmentation",
        };
        var command = new RootCommand("Trains a small U-Net to find circles, boxes and triangles in noise.")
        {
            epochs, images, testImages, batchSize, threads, seed, output,
        };
        command.SetAction(parsed => run(new Settings(
            parsed.GetValue(epochs),
            parsed.GetValue(images),
            parsed.GetValue(testImages),
            parsed.GetValue(batchSize),
            parsed.GetValue(threads),
            parsed.GetValue(seed),
            parsed.GetRequiredValue(output))));
        return command;
    }

    private static Option<int> Number(string name, string description, int defaultValue, int minimum)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < minimum)
                result.AddError($"{name} must be at least {minimum}.");
        });
        return option;
    }
}
