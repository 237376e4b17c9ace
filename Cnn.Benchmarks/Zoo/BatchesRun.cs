using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Benchmarks.Networks;
using Cnn.Benchmarks.Quick;
using Cnn.Benchmarks.Rivals;
using ZooExample;

namespace Cnn.Benchmarks.Zoo;

/// <summary>Batches of 64 on one thread: inference beside ONNX Runtime, training beside PyTorch.</summary>
internal static class BatchesRun
{
    private const int Batch = 64;
    private const int Rounds = 41;
    private const double SampleMilliseconds = 30;
    private const int ComparedSteps = 5;

    /// <summary>Runs all; returns the exit code: 1 if results disagree or a rival is missing.</summary>
    public static int Run()
    {
        try
        {
            Console.WriteLine(ThisMachine.Description);
            var digits = Digits.Load();
            Infer(digits);
            TrainingSection.Run(digits, compareOnly: false);
            TrainResNet();
            return 0;
        }
        catch (Exception fault) when (fault is DisagreementException or IOException)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    /// <summary>The lecture's LeNet-5 on digits.</summary>
    /// <exception cref="DisagreementException">ONNX Runtime computes something else.</exception>
    public static void Infer(Dataset digits)
    {
        Report.Heading($"{LeNetShape.Lecture.Name}, forward, {Batch} images, one thread");
        var network = new LectureLeNet(seed: 1);
        var images = Enumerable.Range(0, Batch).SelectMany(index => Digits.Image(digits, LeNetShape.Lecture, index)).ToArray();
        var outputs = new float[Batch * LectureLeNet.OutputLength];
        void Ours() => network.ForwardBatch(images, outputs);
        Ours();
        using var onnx = OnnxRival.OfLeNet(LeNetShape.Lecture, CanonicalTensor.Of(network), images);
        onnx.Run();
        var difference = Agreement.Check(OnnxRival.Name, "a batch of LeNet-5", outputs, onnx.Output, Agreement.Forward);
        Report.Line($"{OnnxRival.Name} agrees within {difference:E1} of the largest output");
        Compare([Contender.InProcess("Cnn", Ours), Contender.InProcess(OnnxRival.Name, onnx.Run)], Batch * LectureLeNet.MultiplyAdds, Ours);
    }

    private static void TrainResNet()
    {
        Report.Heading($"ResNet-8 with batch normalisation, training step, {Batch} images, one thread");
        using var torch = ZooRival.OpenOrThrow(nameof(ResNet8));
        var inputs = torch["inputs.hwc"].Values;
        var labels = Array.ConvertAll(torch["labels"].Values, label => (int)label);
        using var trainer = new Trainer<ResNet8>(ResNet8.Load(torch.Weights), new Sgd(TrainingStep.LearningRate, momentum: 0.9f));
        void Ours() => trainer.Step(inputs, labels);
        var losses = Enumerable.Range(0, ComparedSteps).Select(_ => trainer.Step(inputs, labels)).ToArray();
        var difference = Agreement.Check(
            torch.Name, "loss of the first steps", losses, torch.Losses(ComparedSteps, TrainingStep.LearningRate), Agreement.Training);
        Report.Line($"{torch.Name} agrees on the loss of {ComparedSteps} steps within {difference:E1}");
        var contenders = new List<Contender> { Contender.InProcess("Cnn", Ours), new(torch.Name, torch.Train) };
#if TORCHSHARP
        if (!TorchSharpRival.Loads(out var failure))
        {
            Report.Line($"TorchSharp does not load here ({failure}); measuring PyTorch alone.");
            Compare(contenders, Batch * TrainingWork(ResNet8.Summary), Ours);
            return;
        }

        using var sharp = new TorchSharpResNet8(torch.ReadWeights(), torch["inputs.chw"], labels.Select(label => (long)label));
        difference = Agreement.Check(
            TorchSharpResNet8.Name, "loss of the first steps", losses, sharp.Losses(ComparedSteps, TrainingStep.LearningRate), Agreement.Training);
        Report.Line($"{TorchSharpResNet8.Name} agrees on the loss of {ComparedSteps} steps within {difference:E1}");
        contenders.Add(new Contender(TorchSharpResNet8.Name, sharp.Train));
#endif
        Compare(contenders, Batch * TrainingWork(ResNet8.Summary), Ours);
    }

    /// <summary>Forward, the gradient of the weights and that of the input cost a layer the same; the first layer needs no gradient of the input.</summary>
    private static long TrainingWork(NetworkSummary summary) =>
        (3 * summary.MultiplyAdds) - summary.Layers.First(layer => layer.MultiplyAdds > 0).MultiplyAdds;

    private static void Compare(IReadOnlyList<Contender> contenders, long multiplyAdds, Action ours)
    {
        var (measurements, peak) = Interleaved.Run(contenders, Rounds, SampleMilliseconds);
        Report.Comparison(measurements, multiplyAdds, peak, Allocation.PerCall(ours));
    }
}
