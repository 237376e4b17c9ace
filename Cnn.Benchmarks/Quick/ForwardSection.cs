using System;
using System.Collections.Generic;
using Cnn.Benchmarks.Networks;
using Cnn.Benchmarks.Rivals;

namespace Cnn.Benchmarks.Quick;

/// <summary>A forward pass of one image, beside ONNX Runtime and libtorch.</summary>
internal static class ForwardSection
{
    private const int Rounds = 101;
    private const double SampleMilliseconds = 8;

    /// <summary>Compares the outputs, then measures unless <paramref name="compareOnly"/>.</summary>
    /// <param name="shape">The network, as the rivals see it.</param>
    /// <param name="network">The network.</param>
    /// <param name="forward">Its forward pass.</param>
    /// <param name="image">The input.</param>
    /// <param name="compareOnly">Whether nothing is measured.</param>
    /// <exception cref="DisagreementException">A rival computes something else.</exception>
    public static void Run<TNetwork>(LeNetShape shape, TNetwork network, Action<float[], float[]> forward, float[] image, bool compareOnly)
        where TNetwork : class, INetwork<TNetwork>
    {
        Report.Heading($"{shape.Name}, forward, one image ({TNetwork.Summary.MultiplyAdds:N0} multiply-adds)");
        var output = new float[TNetwork.OutputLength];
        void Ours() => forward(image, output);
        Ours();
        var contenders = new List<Contender> { Contender.InProcess("Cnn", Ours) };

        var weights = CanonicalTensor.Of(network);
        using var onnx = OnnxRival.OfLeNet(shape, weights, image);
        onnx.Run();
        Compare(OnnxRival.Name, onnx.Output);
        contenders.Add(Contender.InProcess(OnnxRival.Name, onnx.Run));

        using var torch = new TorchTask(shape, weights, image, [0], 1).Open(out var remark);
        if (remark is not null)
            Report.Line($"{remark}");
        if (torch is not null)
        {
            Compare(torch.Name, torch.Outputs());
            contenders.Add(new Contender(torch.Name, torch.Forward));
        }

        if (compareOnly)
            return;
        var (measurements, peak) = Interleaved.Run(contenders, Rounds, SampleMilliseconds);
        Report.Comparison(measurements, TNetwork.Summary.MultiplyAdds, peak, Allocation.PerCall(Ours));

        void Compare(string rival, float[] theirs)
        {
            var difference = Agreement.Check(rival, shape.Name, output, theirs, Agreement.Forward);
            Report.Line($"{rival} agrees within {difference:E1} of the largest output");
        }
    }
}
