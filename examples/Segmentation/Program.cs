using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Cnn;
using SegmentationExample;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return Settings.Command(Run).Parse(args).Invoke();

static int Run(Settings settings)
{
    try
    {
        Directory.CreateDirectory(settings.Output);
        Console.WriteLine(ShapeUNet.Summary);
        var train = Draw(settings.Images, settings.Seed);
        var test = Draw(settings.TestImages, settings.Seed + 1_000_000);

        var net = new ShapeUNet(settings.Seed);
        Report(Train(net, train, test, settings));

        var weights = Path.Combine(settings.Output, "shapes.safetensors");
        net.Save(weights);
        var picture = Path.Combine(settings.Output, "segmentation.png");
        Pictures.Save(picture, [.. test.Take(Pictures.Shown).Select(scene => (scene, Predict(net, scene)))]);
        Console.WriteLine($"Weights: {weights}");
        Console.WriteLine($"Input, truth and prediction side by side: {picture}");
        return 0;
    }
    catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"Segmentation: {fault.Message}");
        return 1;
    }
}

static List<Scene> Draw(int count, int seed)
{
    var random = new Random(seed);
    return [.. Enumerable.Range(0, count).Select(_ => Scene.Draw(random))];
}

static Dataset Labelled(List<Scene> scenes)
{
    const int Pixels = Scene.Size * Scene.Size;
    return Dataset.FromMaps(
        [.. scenes.SelectMany(scene => scene.Pixels)],
        (byte[])[.. scenes.SelectMany(scene => scene.Labels)],
        inputLength: Pixels,
        pixels: Pixels,
        Scene.Classes);
}

static Evaluation Train(ShapeUNet net, List<Scene> train, List<Scene> test, Settings settings)
{
    // Cross-entropy, which a trainer takes unless told otherwise, is that of every pixel where the output is a volume.
    using var trainer = new Trainer<ShapeUNet>(net, new Adam(learningRate: 0.01f), threads: settings.Threads);
    var clock = Stopwatch.StartNew();
    trainer.Fit(
        Labelled(train),
        settings.Epochs,
        settings.BatchSize,
        schedule: Schedule.Cosine(0),
        seed: settings.Seed,
        progress: new EpochLines());
    Console.WriteLine($"Trained in {clock.Elapsed.TotalSeconds:F1} s on {settings.Threads} threads.");
    return trainer.Evaluate(Labelled(test));
}

static byte[] Predict(ShapeUNet net, Scene scene)
{
    var probabilities = new float[ShapeUNet.OutputLength];
    net.Forward(scene.Pixels, probabilities);
    return [.. probabilities.Chunk(Scene.Classes).Select(pixel => (byte)Array.IndexOf(pixel, pixel.Max()))];
}

static void Report(Evaluation evaluation)
{
    string[] names = ["background", "circle", "box", "triangle"];
    var pixels = evaluation.Confusion!;
    Console.WriteLine();
    Console.WriteLine($"Intersection over union on {evaluation.Samples} images that training has not seen");
    for (var label = 0; label < names.Length; label++)
        Console.WriteLine($"  {names[label],-10}  {pixels.IntersectionOverUnion(label):F4}");
    Console.WriteLine($"Mean IoU {pixels.MeanIntersectionOverUnion:F4}");
}
