using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Benchmarks.Quick;
using Cnn.Benchmarks.Rivals;
using Cnn.Benchmarks.Tuning;

namespace Cnn.Benchmarks.Zoo;

/// <summary>One line of the report.</summary>
/// <param name="Network">The name of the network.</param>
/// <param name="MultiplyAdds">The multiply-adds of one inference.</param>
/// <param name="Ours">Microseconds.</param>
/// <param name="Onnx">Microseconds.</param>
/// <param name="Torch">Microseconds.</param>
/// <param name="Peak">The peak of one core in billions of multiply-adds per second, in the same rounds.</param>
/// <param name="Allocated">Bytes per call of ours.</param>
/// <param name="Layers">The times of its steps.</param>
internal sealed record ZooRow(
    string Network,
    long MultiplyAdds,
    Measurement Ours,
    Measurement Onnx,
    Measurement Torch,
    double Peak,
    double Allocated,
    IReadOnlyList<LayerTime> Layers)
{
    /// <summary>Gets how many times as long ONNX Runtime takes.</summary>
    public double Ratio => Onnx.Median / Ours.Median;

    /// <summary>Gets our share of the peak.</summary>
    public double Share => MultiplyAdds / Ours.Median / 1000 / Peak;

    /// <summary>Gets ONNX Runtime's share of the peak.</summary>
    public double OnnxShare => MultiplyAdds / Onnx.Median / 1000 / Peak;
}

/// <summary>Every network of the zoo at batch 1 on one thread, beside ONNX Runtime and PyTorch, each compared with ours before it is timed.</summary>
internal static class ZooRun
{
    /// <summary>The networks are deep, and PyTorch's own float32 moves by as much from its float64.</summary>
    private const double Tolerance = 1e-4;

    private const double SampleMilliseconds = 8;
    private const double NetworkMilliseconds = 6000;
    private const int MostRounds = 101;
    private const int RoundsBesideTorch = 9;

    /// <summary>Runs the networks of these names, or all; returns the exit code: 1 if results disagree or PyTorch is missing.</summary>
    public static int Run(IReadOnlyList<string> names)
    {
        try
        {
            Console.WriteLine(ThisMachine.Description);
            InferenceThreads.Limit = 1;
            var rows = new List<ZooRow>();
            foreach (var network in Chosen(names))
            {
                Report.Heading($"{network.Name} ({network.Summary.MultiplyAdds:N0} multiply-adds)");
                rows.Add(Measure(network));
            }

            ZooReport.Write(rows);
            return 0;
        }
        catch (Exception fault) when (fault is DisagreementException or IOException or ArgumentException)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    /// <summary>The networks of these names, or all.</summary>
    /// <exception cref="ArgumentException">There is none of a name.</exception>
    public static IEnumerable<ZooNetwork> Chosen(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!ZooNetwork.All.Any(network => network.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                throw new ArgumentException($"There is no network {name}; there are {string.Join(", ", ZooNetwork.All.Select(network => network.Name))}.");
        }

        return ZooNetwork.All.Where(network => names.Count == 0 || names.Contains(network.Name, StringComparer.OrdinalIgnoreCase));
    }

    private static ZooRow Measure(ZooNetwork network)
    {
        using var torch = ZooRival.OpenOrThrow(network.Name);
        var instance = network.Load(torch.Weights);
        var input = torch["input.hwc"].Values;
        var output = new float[torch["output.hwc"].Values.Length];
        void Ours() => instance.Forward(input, output);
        Ours();
        Compare(network.Name, torch.Name, output, torch["output.hwc"].Values);

        using var onnx = new OnnxRival(torch.Model, torch["input.chw"].Values, torch["input.chw"].Shape, torch["output.onnx"].Shape);
        onnx.Run();
        Compare(network.Name, OnnxRival.Name, torch["output.onnx"].Values, onnx.Output);

        // PyTorch takes its turns apart: a process that computes for a tenth of a second leaves the next one a cold core.
        var (ours, rounds, allocated) = (Contender.InProcess("Cnn", Ours), Rounds(Ours), Allocation.PerCall(Ours));
        var (beside, _) = Interleaved.Run([ours, new Contender(torch.Name, torch.Forward)], RoundsBesideTorch, SampleMilliseconds);
        var (measurements, peak) = Interleaved.Run([ours, Contender.InProcess(OnnxRival.Name, onnx.Run)], rounds, SampleMilliseconds);
        Report.Comparison(measurements, network.Summary.MultiplyAdds, peak, allocated);
        Report.Rival(beside[1], beside[0]);
        var (_, state) = ZooDeclarations.Compile([network.Name])[0];
        var layers = LayerTimes.Measure(state, instance.InferenceWeights, input);
        return new ZooRow(
            network.Name, network.Summary.MultiplyAdds, measurements[0], measurements[1], beside[1], peak, allocated, layers);
    }

    private static int Rounds(Action ours)
    {
        var milliseconds = Contender.InProcess("", ours).Sample(2) / 1000;
        return Math.Clamp((int)(NetworkMilliseconds / Math.Max(milliseconds, SampleMilliseconds) / 4), 9, MostRounds);
    }

    private static void Compare(string network, string rival, float[] ours, float[] theirs)
    {
        var difference = Agreement.Check(rival, network, ours, theirs, Tolerance);
        Report.Line($"{rival} agrees within {difference:E1} of the largest output");
    }
}
