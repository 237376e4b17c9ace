using System.Diagnostics;
using System.Runtime.InteropServices.JavaScript;
using DigitsExample;

namespace BrowserExample;

/// <summary>The calls of .ci/browser: the network beside one whose multiply-adds are Vector128.MultiplyAddEstimate.</summary>
internal static partial class Comparison
{
    private static readonly float[] Image = new float[LeNet5.InputLength];
    private static readonly float[] Probabilities = new float[LeNet5.OutputLength];

    /// <summary>The probabilities of one of the three drawings.</summary>
    [JSExport]
    internal static double[] Classify(int drawing, bool other)
    {
        Drawings.Read(Drawings.All[drawing].Drawing, Image);
        Run(other);
        var result = new double[Probabilities.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = Probabilities[i];
        return result;
    }

    /// <summary>The microseconds of one inference, on average over some.</summary>
    [JSExport]
    internal static double Measure(int calls, bool other)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            Run(other);
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / calls;
    }

    private static void Run(bool other)
    {
        if (other)
            LeNet5Estimate.Pretrained.Forward(Image, Probabilities);
        else
            LeNet5.Pretrained.Forward(Image, Probabilities);
    }
}
