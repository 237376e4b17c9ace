using System;
using System.Linq;
using Cnn.Benchmarks.Compiler;

namespace Cnn.Benchmarks.Quick;

/// <summary>How long the generator takes: in the IDE it runs at every keystroke.</summary>
internal static class GeneratorSection
{
    private const int Runs = 40;

    /// <summary>Measures runs from cold and after an unrelated edit.</summary>
    public static void Run()
    {
        Report.Heading("The generator on LeNet-5");
        var generator = new EditedProject(Subject.LeNet5);
        Print("from cold", generator.Cold);
        Print("after an unrelated edit", generator.AfterUnrelatedEdit);
    }

    private static void Print(string name, Func<double> sample)
    {
        sample();
        var measurement = Measurement.Of(name, Enumerable.Range(0, Runs).Select(_ => sample()));
        Report.Line($"{name,-24} median {measurement.Median,7:F2} ms   min {measurement.Minimum,7:F2}   p90 {measurement.P90,7:F2}");
    }
}
