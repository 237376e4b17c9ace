using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

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

    /// <summary>Prints microseconds per call, ours first, the others with their ratio to ours.</summary>
    /// <param name="measurements">Ours, then the rivals'.</param>
    /// <param name="multiplyAdds">Multiply-adds of one of our calls.</param>
    /// <param name="peak">The machine's peak in billions of multiply-adds per second.</param>
    /// <param name="allocated">Bytes that one of our calls allocates.</param>
    public static void Comparison(IReadOnlyList<Measurement> measurements, long multiplyAdds, double peak, double allocated)
    {
        var ours = measurements[0];
        Side(ours, "");
        foreach (var rival in measurements.Skip(1))
            Rival(rival, ours);

        var rate = multiplyAdds / ours.Median / 1000;
        Line($"Cnn: {rate:F1} of {peak:F1} billion multiply-adds per second = {rate / peak:P0} of one core's FMA peak");
        Line($"Cnn: {allocated:F0} bytes allocated per call");
    }

    /// <summary>Prints a rival's microseconds per call with their ratio to ours of the same rounds.</summary>
    public static void Rival(Measurement rival, Measurement ours) => Side(
        rival, Invariant($"   {rival.Median / ours.Median:F2} times ours, minima {rival.Minimum / ours.Minimum:F2} times"));

    private static void Side(Measurement side, string note) =>
        Line($"{side.Name,-22} median {side.Median,9:F2} us   min {side.Minimum,9:F2}   p90 {side.P90,9:F2}{note}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
