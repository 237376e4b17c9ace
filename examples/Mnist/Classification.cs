using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using Cnn;

namespace MnistExample;

/// <summary>Uses the trained network: a few digits, and the cost of a call.</summary>
internal static class Classification
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>Classifies the first test images and draws the first of them.</summary>
    public static void Show(LeNet5 net, Dataset test)
    {
        var image = new float[LeNet5.InputLength];
        Span<float> probabilities = stackalloc float[LeNet5.OutputLength];

        test.CopyInput(0, image);
        net.Forward(image, probabilities);
        Console.WriteLine();
        Console.Write(Draw(image));
        for (var digit = 0; digit < probabilities.Length; digit++)
        {
            var bar = new string('#', (int)MathF.Round(40 * probabilities[digit]));
            Console.WriteLine($"{digit}  {probabilities[digit],9:P3}  {bar}".TrimEnd());
        }

        Console.WriteLine();
        for (var index = 0; index < Math.Min(8, test.Count); index++)
        {
            test.CopyInput(index, image);
            Console.WriteLine($"Test image {index}: a {test.Label(index)}, recognised as {net.Predict(image)}");
        }
    }

    /// <summary>Prints the median time of a call and the bytes it allocates.</summary>
    public static void Measure(LeNet5 net, Dataset test)
    {
        const int Samples = 101;
        const int Calls = 100;
        var image = new float[LeNet5.InputLength];
        var probabilities = new float[LeNet5.OutputLength];
        test.CopyInput(0, image);

        var microseconds = new double[Samples];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var sample = 0; sample < Samples; sample++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var call = 0; call < Calls; call++)
                net.Forward(image, probabilities);
            microseconds[sample] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine();
        var median = microseconds.Order().ElementAt(Samples / 2);
        Console.WriteLine($"Forward: {median:F1} us per call (median), {allocated / (Samples * Calls)} bytes allocated.");
    }

    private static string Draw(ReadOnlySpan<float> pixels)
    {
        var text = new StringBuilder();
        for (var row = 0; row < Mnist.Height; row++)
        {
            var line = new StringBuilder();
            for (var column = 0; column < Mnist.Width; column++)
                line.Append(Shades[(int)(pixels[(row * Mnist.Width) + column] * (Shades.Length - 1))], 2);
            if (!string.IsNullOrWhiteSpace(line.ToString()))
                text.AppendLine(line.ToString().TrimEnd());
        }

        return text.ToString();
    }
}
