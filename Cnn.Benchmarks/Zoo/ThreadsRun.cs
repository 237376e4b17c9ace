using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Cnn.Benchmarks.Networks;
using Cnn.Benchmarks.Quick;
using Cnn.Benchmarks.Rivals;
using ZooExample;

namespace Cnn.Benchmarks.Zoo;

/// <summary>One network on one thread and on two.</summary>
/// <param name="Network">Its name.</param>
/// <param name="Rounds">The rounds in which the machine had two cores to give.</param>
/// <param name="One">Microseconds of ours on one thread.</param>
/// <param name="Two">Microseconds of ours on two.</param>
/// <param name="OnnxOne">ONNX Runtime's on one.</param>
/// <param name="OnnxTwo">ONNX Runtime's on two.</param>
/// <param name="Gain">The median over the rounds of how many times as fast two threads are as one.</param>
/// <param name="OnnxGain">The same of ONNX Runtime.</param>
/// <param name="Ratio">The median over the rounds of how many times as fast ours is as ONNX Runtime, both on two.</param>
/// <param name="Allocated">Bytes per call of ours.</param>
internal sealed record ThreadsRow(
    string Network, int Rounds, double One, double Two, double OnnxOne, double OnnxTwo, double Gain, double OnnxGain, double Ratio, double Allocated);

/// <summary>The large networks of the zoo at batch 1, ours and ONNX Runtime each on one thread and on two.</summary>
/// <remarks>
/// A round counts only if two threads of multiply-adds alone were <see cref="Capacity"/> times as fast as one before, within and after it.
/// </remarks>
internal static class ThreadsRun
{
    private const double Capacity = 1.85;
    private const int MostRounds = 400;
    private const int EnoughRounds = 31;
    private const double Seconds = 25;
    private const double MillisecondsToPace = 25;

    /// <summary>Runs the networks of these names, or all that threads share; returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> names)
    {
        Console.WriteLine(ThisMachine.Description);
        var rows = ZooRun.Chosen(names).Where(network => network.IsShared).Select(Measure).ToList();
        Console.WriteLine();
        Console.Write(ZooReport.Threads(rows));
        TrainLeNet();
        TrainResNet();
        return 0;
    }

    private static void TrainLeNet()
    {
        var (inputs, labels) = Digits.TrainingBatches(Digits.Load());
        using var alone = new TrainingStep(new MnistLeNet(seed: 1), inputs, labels);
        using var shared = new TrainingStep(new MnistLeNet(seed: 1), inputs, labels, threads: 2);
        Train("LeNet-5 28x28x1", () => alone.Run(), () => shared.Run());
    }

    private static void TrainResNet()
    {
        using var torch = ZooRival.OpenOrThrow(nameof(ResNet8));
        var inputs = torch["inputs.hwc"].Values;
        var labels = Array.ConvertAll(torch["labels"].Values, label => (int)label);
        using var alone = new Trainer<ResNet8>(ResNet8.Load(torch.Weights), new Sgd(TrainingStep.LearningRate));
        using var shared = new Trainer<ResNet8>(ResNet8.Load(torch.Weights), new Sgd(TrainingStep.LearningRate), threads: 2);
        Train("ResNet-8 with batch normalisation", () => alone.Step(inputs, labels), () => shared.Step(inputs, labels));
    }

    private static void Train(string network, Action alone, Action shared)
    {
        Report.Heading($"{network}, training step of 64 images, two threads");
        Action[] calls = [alone, shared];
        foreach (var call in calls)
            WarmUp(call);
        var rounds = Rounds(calls);
        Report.Line(
            $"{rounds.Count} rounds; {Median(rounds, round => round[0]):N0} us on one thread, {Median(rounds, round => round[1]):N0} on two: {Median(rounds, round => round[0] / round[1]):F2} times as fast");
    }

    /// <summary>Measures a network, and compares the results of one and two threads, which must be the same bits.</summary>
    /// <exception cref="DisagreementException">They are not.</exception>
    public static ThreadsRow Measure(ZooNetwork network)
    {
        Report.Heading($"{network.Name}, two threads");
        using var torch = ZooRival.OpenOrThrow(network.Name);
        var instance = network.Load(torch.Weights);
        var input = torch["input.hwc"].Values;
        var alone = new float[torch["output.hwc"].Values.Length];
        var shared = new float[alone.Length];
        void Ours(int threads, float[] output)
        {
            InferenceThreads.Limit = threads;
            instance.Forward(input, output);
        }

        using var onnx = Onnx(torch, 1);
        using var onnxOfTwo = Onnx(torch, 2);
        Action[] calls = [() => Ours(1, alone), () => Ours(2, shared), onnx.Run, onnxOfTwo.Run];
        foreach (var call in calls)
            WarmUp(call);
        if (!alone.AsSpan().SequenceEqual(shared))
            throw new DisagreementException($"{network.Name}: two threads compute something else than one.");

        var rounds = Rounds(calls);
        var medians = calls.Select((_, i) => Median(rounds, round => round[i])).ToArray();
        var row = new ThreadsRow(
            network.Name,
            rounds.Count,
            medians[0],
            medians[1],
            medians[2],
            medians[3],
            Median(rounds, round => round[0] / round[1]),
            Median(rounds, round => round[2] / round[3]),
            Median(rounds, round => round[3] / round[1]),
            Allocation.PerCall(calls[1]));
        InferenceThreads.Limit = 1;
        Report.Line($"{row.Rounds} rounds; two threads are {row.Gain:F2} times as fast as one, ONNX Runtime's {row.OnnxGain:F2}; ours on two {row.Ratio:F2} times as fast as ONNX Runtime's");
        return row;
    }

    private static List<double[]> Rounds(Action[] calls)
    {
        using var cores = new TwoCores();
        var rounds = new List<double[]>();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < MostRounds && rounds.Count < EnoughRounds && clock.Elapsed.TotalSeconds < Seconds; round++)
        {
            var times = new double[calls.Length];
            var hasTwo = cores.Sample() >= Capacity;
            for (var place = 0; hasTwo && place < calls.Length; place++)
            {
                // Those of the one before look for work for a while. Then what is measured comes to the pace of a stream of calls, for a system takes
                // some milliseconds to bring a thread that it wakes to the core that is idle.
                var index = (place + round) % calls.Length;
                AwaitIdle();
                for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin).TotalMilliseconds < MillisecondsToPace;)
                    calls[index]();
                var start = Stopwatch.GetTimestamp();
                calls[index]();
                times[index] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                hasTwo = cores.Sample() >= Capacity;
            }

            if (hasTwo)
                rounds.Add(times);
        }

        return rounds;
    }

    /// <summary>Waits until no thread of this process computes.</summary>
    private static void AwaitIdle()
    {
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < 50; i++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            Thread.Sleep(20);
            process.Refresh();
            if ((process.TotalProcessorTime - before).TotalMilliseconds < 2)
                return;
        }
    }

    private static void WarmUp(Action call)
    {
        var clock = Stopwatch.StartNew();
        for (var calls = 0; calls < 40 && clock.ElapsedMilliseconds < 1500; calls++)
            call();
    }

    private static double Median(List<double[]> rounds, Func<double[], double> value) =>
        rounds.Count == 0 ? double.NaN : rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    private static OnnxRival Onnx(ZooRival torch, int threads) =>
        new(torch.Model, torch["input.chw"].Values, torch["input.chw"].Shape, torch["output.onnx"].Shape, threads);
}
