using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Cnn.Benchmarks.Quick;

namespace Cnn.Benchmarks.Compiler;

/// <summary>
/// How long the generator takes, in a warm process, for one network, a large one and two hundred. Prints the table and writes it to
/// reports/compiler.md in the current folder.
/// </summary>
internal static class CompilerRun
{
    private static readonly string[] Budgets =
        ["Parameters = 20_000_000", "MultiplyAdds = 2_000_000_000L", "WeightBytes = 60_000_000", "ArenaBytes = 2_000_000"];

    /// <summary>Measures, and returns 1 if an edit takes longer than it may.</summary>
    public static int Run()
    {
        var text = new StringBuilder();
        text.Append(ThisMachine.Description).Append("\n\nMilliseconds, median (minimum), in a warm process.\n\n");
        text.Append("| project | generated | from cold | an edit in a method of another file | a new member in another file | an edit of one layer | held by the driver |\n");
        text.Append("|---|---|---|---|---|---|---|\n");
        var (unrelated, layer) = (0.0, 0.0);
        foreach (var subject in (Subject[])[Subject.LeNet5, Subject.ResNet50(), Subject.TwoHundred()])
        {
            var project = new EditedProject(subject);
            var generated = project.Generated;
            var cold = Time(project.Cold, 12);
            var (inMethod, member, edit) = (Time(project.AfterUnrelatedEdit, 300), Time(project.AfterNewMember, 40), Time(project.AfterLayerEdit, 40));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {subject.Name} | {generated / 1000:N0} kB | {Cell(cold)} | {Cell(inMethod)} | {Cell(member)} | {Cell(edit)} | {project.Held() / 1e6:F1} MB |\n");
            unrelated = Math.Max(unrelated, inMethod.Median);
            layer = Math.Max(layer, edit.Median);
        }

        text.Append("\nWhere the time of ResNet-50 goes\n\n| stage | ms |\n|---|---|\n");
        foreach (var (stage, time) in StageTimes.Of(Subject.ResNet50(), 30))
            text.Append(CultureInfo.InvariantCulture, $"| {stage} | {Cell(time)} |\n");
        text.Append("\nThe search for changes where ResNet-50 exceeds a budget\n\n| budget | ms |\n|---|---|\n");
        foreach (var over in Budgets.Select(Subject.ResNet50Over))
            text.Append(CultureInfo.InvariantCulture, $"| {over.Name} | {Cell(StageTimes.Of(over, 10).Single(time => time.Stage == "hold to budget").Time)} |\n");
        Directory.CreateDirectory("reports");
        File.WriteAllText("reports/compiler.md", text.ToString());
        Console.Write(text);
        Console.WriteLine("Written to reports/compiler.md.");
        return unrelated < 1 && layer < 100 ? 0 : 1;
    }

    private static Measurement Time(Func<double> sample, int runs)
    {
        for (var i = 0; i < runs / 4; i++)
            sample();
        return Measurement.Of("", Enumerable.Range(0, runs).Select(_ => sample()));
    }

    private static string Cell(Measurement time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Median:F2} ({time.Minimum:F2})");
}
