using System;
using System.Collections.Generic;
using System.Globalization;

namespace Cnn.Benchmarks.Quick;

/// <summary>Prints what was measured.</summary>
internal static class Report
{
    /// <summary>Prints a heading.</summary>
    public static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }

    /// <summary>Prints a line under a heading.</summary>
    public static void Line(FormattableString text) => Console.WriteLine("  " + text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Prints microseconds a call, ours first, the others with their ratio to ours.</summary>
    /// <param name="measurements">Ours, then the rivals'.</param>
    /// <param name="multiplyAdds">Multiply-adds of one of our calls.</param>
    /// <param name="peak">The machine's peak in billions of multiply-adds a second.</param>
    /// <param name="allocated">Bytes that one of our calls allocates.</param>
    public static void Comparison(IReadOnlyList<Measurement> measurements, long multiplyAdds, double peak, double allocated)
    {
        var ours = measurements[0];
        foreach (var measurement in measurements)
        {
            var note = ReferenceEquals(measurement, ours)
                ? ""
                : Invariant($"   {measurement.Median / ours.Median:F2} times ours, minima {measurement.Minimum / ours.Minimum:F2} times");
            var (name, median) = (measurement.Name, measurement.Median);
            Line($"{name,-22} median {median,9:F2} us   min {measurement.Minimum,9:F2}   p90 {measurement.P90,9:F2}{note}");
        }

        var rate = multiplyAdds / ours.Median / 1000;
        Line($"Cnn: {rate:F1} of {peak:F1} billion multiply-adds a second = {rate / peak:P0} of one core's FMA peak");
        Line($"Cnn: {allocated:F0} bytes allocated a call");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
