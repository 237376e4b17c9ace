using Cnn;
using Recognition;

const string WeightsFile = "model.safetensors";
const string LabelsFile = "labels.txt";
const int Seed = 1;

try
{
    return args switch
    {
        ["--classify", var image] => Classify(image),
        [var folder] when !folder.StartsWith('-') => Train(folder, epochs: 20),
        [var folder, "--epochs", var number] when int.TryParse(number, out var epochs) && epochs > 0 => Train(folder, epochs),
        _ => Fail("Usage: dotnet run -c Release -- FOLDER [--epochs N], or dotnet run -c Release -- --classify IMAGE"),
    };
}
catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or WeightsFormatException)
{
    return Fail(fault.Message);
}

static int Train(string path, int epochs)
{
    Console.WriteLine(Network.Summary);
    var folder = ImageFolder.Read(path, Seed);
    Console.WriteLine($"{folder.Labels.Count} classes, {folder.Train.Count} images for training, {folder.Validation.Count} for validation.");

    var network = new Network(Seed);
    using var trainer = new Trainer<Network>(network, new Adam(learningRate: 0.003f), threads: Environment.ProcessorCount);
    trainer.Fit(
        folder.Train,
        epochs,
        batchSize: Math.Min(32, folder.Train.Count),
        validation: folder.Validation,
        schedule: Schedule.Cosine(0),
        seed: Seed,
        progress: new ProgressLine(),
        augment: new Augmentation(
            Images.Shape,
            ImageTransform.FlipHorizontally(),
            ImageTransform.Shift(Images.Shape.Width / 16, ImageFill.Edge),
            ImageTransform.Rotate(10, ImageFill.Edge)));

    var result = trainer.Evaluate(folder.Validation);
    Console.WriteLine($"Validation accuracy {result.Accuracy:P1} of {result.Samples} images, loss {result.Loss:F3}");
    network.Save(WeightsFile);
    File.WriteAllLines(LabelsFile, folder.Labels);
    Console.WriteLine($"Saved {WeightsFile} and {LabelsFile}.");
    return 0;
}

static int Classify(string image)
{
    if (!File.Exists(WeightsFile) || !File.Exists(LabelsFile))
        return Fail($"There is no {WeightsFile} with {LabelsFile} in this folder: train first.");
    var labels = File.ReadAllLines(LabelsFile);
    if (labels.Length != Network.OutputLength)
        return Fail($"{LabelsFile} names {labels.Length} classes, the network has {Network.OutputLength}: train again.");

    var network = Network.Load(WeightsFile);
    var input = new float[Network.InputLength];
    var probabilities = new float[Network.OutputLength];
    Images.Normalise(Images.Read(image), input);
    network.Forward(input, probabilities);
    foreach (var (label, probability) in labels.Zip(probabilities).OrderByDescending(pair => pair.Second).Take(3))
        Console.WriteLine($"{probability,7:P1}  {label}");
    return 0;
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
