using System.Collections.Generic;
using System.Linq;
using Cnn.Benchmarks.Networks;
using Cnn.Benchmarks.Rivals;

namespace Cnn.Benchmarks.Quick;

/// <summary>A training step on 64 digits, one thread, beside libtorch: forward, cross-entropy, backward, SGD with momentum.</summary>
internal static class TrainingSection
{
    private const int Rounds = 61;
    private const double SampleMilliseconds = 30;
    private const int ComparedSteps = 5;

    /// <summary>Compares the losses of the first steps, then measures unless <paramref name="compareOnly"/>.</summary>
    /// <exception cref="DisagreementException">The losses differ.</exception>
    public static void Run(Dataset digits, bool compareOnly)
    {
        Report.Heading($"{LeNetShape.Mnist.Name}, training step, {Digits.BatchSize} digits, one thread");
        var network = new MnistLeNet(seed: 1);
        var (inputs, labels) = Digits.TrainingBatches(digits);
        var task = new TorchTask(LeNetShape.Mnist, CanonicalTensor.Of(network), inputs, labels, Digits.BatchSize);
        using var step = new TrainingStep(network, inputs, labels);
        var losses = Enumerable.Range(0, ComparedSteps).Select(_ => step.Run()).ToArray();
        var contenders = new List<Contender> { Contender.InProcess("Cnn", () => step.Run()) };

        using var torch = task.Open(out var remark);
        if (remark is not null)
            Report.Line($"{remark}");
        if (torch is not null)
        {
            var theirs = torch.Losses(ComparedSteps, TrainingStep.LearningRate);
            var difference = Agreement.Check(torch.Name, "loss of the first steps", losses, theirs, Agreement.Training);
            Report.Line($"{torch.Name} agrees on the loss of {ComparedSteps} steps within {difference:E1}");
            contenders.Add(new Contender(torch.Name, torch.Train));
        }

        if (compareOnly)
            return;
        var (measurements, peak) = Interleaved.Run(contenders, Rounds, SampleMilliseconds);
        Report.Comparison(measurements, MultiplyAdds() * Digits.BatchSize, peak, Allocation.PerCall(() => step.Run()));
        Report.Line($"Cnn: {Digits.BatchSize * 1e6 / measurements[0].Median:N0} images per second");
    }

    /// <summary>
    /// Forward, the gradient of the weights and that of the input cost a layer the same; the first layer needs no gradient of the input.
    /// </summary>
    private static long MultiplyAdds() =>
        (3 * MnistLeNet.MultiplyAdds) - MnistLeNet.Summary.Layers.First(layer => layer.MultiplyAdds > 0).MultiplyAdds;
}
