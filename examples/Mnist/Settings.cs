using System;
using System.CommandLine;

namespace MnistExample;

/// <summary>The settings on the command line.</summary>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="BatchSize">Images per optimisation step.</param>
/// <param name="Threads">Threads that share a step.</param>
/// <param name="Seed">Decides the first weights and the order of the images.</param>
/// <param name="LearningRate">The learning rate of the first step; it falls to zero along a cosine.</param>
/// <param name="Data">Folder of the four MNIST files, or null to look for examples/data/mnist.</param>
/// <param name="Output">Folder for the weights and the pictures.</param>
internal sealed record Settings(
    int Epochs,
    int BatchSize,
    int Threads,
    int Seed,
    float LearningRate,
    string? Data,
    string Output)
{
    /// <summary>Builds the command line; <paramref name="run"/> gets the settings and returns the exit code.</summary>
    public static RootCommand Command(Func<Settings, int> run)
    {
        var epochs = Number("--epochs", "Passes over the 60,000 training images", 3, 1);
        var batchSize = Number("--batch-size", "Images per optimisation step", 64, 1);
        var threads = Number("--threads", "Threads that share a step; all cores unless given", Environment.ProcessorCount, 1);
        var seed = Number("--seed", "Decides the first weights and the order of the images", 1, 0);
        var learningRate = new Option<float>("--learning-rate")
        {
            Description = "Learning rate of the first step; it falls to zero along a cosine",
            DefaultValueFactory = _ => 0.05f,
        };
        learningRate.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<float>() > 0))
                result.AddError("--learning-rate must be above 0.");
        });
        var data = new Option<string?>("--data") { Description = "Folder of the four MNIST files; examples/data/mnist unless given" };
        var output = new Option<string>("--output")
        {
            Description = "Folder for the weights and the pictures",
            DefaultValueFactory = _ => "artifacts/mnist",
        };

        var command = new RootCommand("Trains LeNet-5 on MNIST, shows what it learned, saves it and loads it back.")
        {
            epochs, batchSize, threads, seed, learningRate, data, output,
        };
        command.SetAction(parsed => run(new Settings(
            parsed.GetValue(epochs),
            parsed.GetValue(batchSize),
            parsed.GetValue(threads),
            parsed.GetValue(seed),
            parsed.GetValue(learningRate),
            parsed.GetValue(data),
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
