using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Cnn;
using MnistExample;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return Settings.Command(Run).Parse(args).Invoke();

static int Run(Settings settings)
{
    try
    {
        var (train, test) = DataFolder.Load(settings.Data);
        Directory.CreateDirectory(settings.Output);
        Console.WriteLine(LeNet5.Summary);

        var net = new LeNet5(settings.Seed);
        Train(net, train, test, settings);
        ShowMistakes(net, test, settings.Output);
        var loaded = SaveAndLoad(net, test, settings.Output);
        Classification.Show(loaded, test);
        Classification.Measure(loaded, test);
        return 0;
    }
    catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"Mnist: {fault.Message}");
        return 1;
    }
}

static void Train(LeNet5 net, Dataset train, Dataset test, Settings settings)
{
    var optimizer = new Sgd(settings.LearningRate, momentum: 0.9f, nesterov: true);
    using var trainer = new Trainer<LeNet5>(net, optimizer, threads: settings.Threads);
    var clock = Stopwatch.StartNew();
    var (epochs, view) = TrainingView.Run(view => trainer.Fit(
        train,
        settings.Epochs,
        settings.BatchSize,
        validation: test,
        schedule: Schedule.Cosine(0),
        seed: settings.Seed,
        progress: view));
    Console.WriteLine($"Trained in {clock.Elapsed.TotalSeconds:F1} s on {settings.Threads} threads.");

    var result = trainer.Evaluate(test);
    Console.WriteLine($"Test accuracy {result.Accuracy:P2}, loss {result.Loss:F4}");
    Console.WriteLine();
    Console.WriteLine(result.Confusion);
    var picture = Path.Combine(settings.Output, "training.png");
    Pictures.SaveCurve(picture, view.Curve, epochs);
    Console.WriteLine($"Training curve: {picture}");
}

static void ShowMistakes(LeNet5 net, Dataset test, string folder)
{
    var mistakes = new List<Mistake>();
    var image = new float[LeNet5.InputLength];
    for (var index = 0; index < test.Count; index++)
    {
        test.CopyInput(index, image);
        var predicted = net.Predict(image);
        if (predicted != test.Label(index))
            mistakes.Add(new Mistake(index, test.Label(index), predicted));
    }

    var picture = Path.Combine(folder, "misclassified.png");
    Pictures.SaveMistakes(picture, test, mistakes);
    Console.WriteLine($"Misclassified: {mistakes.Count} of {test.Count:N0} test images, {picture}");
}

static LeNet5 SaveAndLoad(LeNet5 net, Dataset test, string folder)
{
    var path = Path.Combine(folder, "lenet5.safetensors");
    net.Save(path);
    var loaded = LeNet5.Load(path);

    var image = new float[LeNet5.InputLength];
    var before = new float[LeNet5.OutputLength];
    var after = new float[LeNet5.OutputLength];
    for (var index = 0; index < test.Count; index++)
    {
        test.CopyInput(index, image);
        net.Forward(image, before);
        loaded.Forward(image, after);
        if (!MemoryMarshal.AsBytes<float>(before).SequenceEqual(MemoryMarshal.AsBytes<float>(after)))
            throw new IOException($"{path}: the loaded network differs from the saved one on test image {index}.");
    }

    Console.WriteLine($"Saved {path}; the loaded copy gives bit-equal outputs on all {test.Count:N0} test images.");
    return loaded;
}
