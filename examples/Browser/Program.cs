using System.Diagnostics;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using DigitsExample;

[assembly: SupportedOSPlatform("browser")]

namespace BrowserExample;

/// <summary>The methods that the page calls.</summary>
internal static partial class Program
{
    private static readonly float[] Image = new float[LeNet5.InputLength];
    private static readonly float[] Probabilities = new float[LeNet5.OutputLength];

    /// <summary>The page starts the runtime and then calls; nothing is left to do here.</summary>
    public static void Main()
    {
    }

    /// <summary>The probabilities of the ten digits.</summary>
    /// <param name="ink">The pixels of the image, row by row, 0 for paper to 1 for ink.</param>
    [JSExport]
    internal static double[] Classify(double[] ink)
    {
        for (var i = 0; i < Image.Length; i++)
            Image[i] = (float)ink[i];
        LeNet5.Pretrained.Forward(Image, Probabilities);
        var result = new double[Probabilities.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = Probabilities[i];
        return result;
    }

    /// <summary>The microseconds of one inference of the last image, on average over some: a browser's clock is coarse.</summary>
    [JSExport]
    internal static double Measure(int calls)
    {
        var network = LeNet5.Pretrained;
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            network.Forward(Image, Probabilities);
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / calls;
    }
}
