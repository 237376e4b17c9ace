using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Emission.CSharp;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Emission;

/// <summary>
/// Prints the kernels: a method for each, and where vectors count others for processors that have but 128 bits, and for those that have 512.
/// </summary>
/// <param name="writer">Receives them.</param>
/// <param name="table">The kernels.</param>
/// <param name="described">
/// How many of them, from the first on, stand below the sentence that describes them: those of inference. The others are described where they
/// are called, and have a reason where it does not stand above another kernel already.
/// </param>
internal sealed class KernelEmitter(CodeWriter writer, KernelTable table, int described)
{
    private const string Apart = "Apart";

    /// <summary>
    /// The kernels of training that are worth printing for 512 bits. Who trains a network of more does so elsewhere as a rule, and its source would
    /// grow by a tenth for everybody.
    /// </summary>
    private const int MostWideInTraining = 64;

    private readonly HashSet<Kernel> _wide = Wide(table, described);

    /// <summary>Prints all.</summary>
    public void Emit()
    {
        writer.Line($"private const MethodImplOptions {Kernel.Whole} = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;");
        writer.Line($"private const MethodImplOptions {Kernel.Inlined} = MethodImplOptions.AggressiveInlining;");
        writer.Line($"private const MethodImplOptions {Apart} = MethodImplOptions.NoInlining;");
        Shorthands.EmitAdd(writer, _wide.Count > 0);
        if (_wide.Count > 0)
            Shorthands.Emit(writer, VectorWidth.V512);
        Shorthands.Emit(writer, VectorWidth.V256);
        Shorthands.Emit(writer, VectorWidth.V128);
        Shorthands.EmitFields(writer);
        var wideHelpers = new HashSet<IKernelHelpers>(_wide.SelectMany(kernel => kernel.Helpers));
        foreach (var helpers in table.InOrder.SelectMany(entry => entry.Kernel.Helpers).Distinct())
        {
            VectorWidth[] widths = wideHelpers.Contains(helpers) ? [VectorWidth.V512, VectorWidth.V256, VectorWidth.V128] : [VectorWidth.V256, VectorWidth.V128];
            foreach (var method in widths.SelectMany(helpers.Methods))
                EmitHelper(method);
        }

        var printed = table.InOrder.Select(entry => Methods(entry.Name, entry.Kernel)).ToList();
        var families = KernelFamily.Find(printed.SelectMany(parts => parts).SelectMany(part => part));
        var reasons = new HashSet<string>();
        for (var i = 0; i < table.InOrder.Count; i++)
        {
            var (name, kernel, comment) = table.InOrder[i];
            writer.Line();
            if (i < described)
                writer.Line("// " + comment);
            if (reasons.Add(kernel.Reason) || i < described)
                writer.Line("// " + kernel.Reason);
            if (!kernel.HasWidths)
            {
                EmitMethod(Apart, name, printed[i][0][0]);
                continue;
            }

            if (kernel.Parts > 1)
                EmitParts(name, kernel);
            for (var part = 0; part < kernel.Parts; part++)
            {
                if (kernel.Parts > 1)
                    writer.Line();
                EmitVariants(printed[i][part], families);
            }
        }
    }

    /// <summary>The methods of a kernel: of each part those of its vector widths, the usual one first.</summary>
    private IReadOnlyList<IReadOnlyList<KernelMethod>> Methods(string name, Kernel kernel)
    {
        return [.. Enumerable.Range(0, kernel.Parts).Select(part => Of(kernel.Parts == 1 ? name : Part(name, part), part))];

        IReadOnlyList<KernelMethod> Of(string method, int part)
        {
            VectorWidth[] widths = !kernel.HasWidths ? [VectorWidth.V256]
                : _wide.Contains(kernel) && kernel.HasWide(part) ? [VectorWidth.V256, VectorWidth.V128, VectorWidth.V512]
                : [VectorWidth.V256, VectorWidth.V128];
            return [.. widths.Select(width => new KernelMethod(kernel, method, width, part))];
        }
    }

    private static string Part(string name, int part) => name + "Part" + Text.Number(part + 1);

    private void EmitParts(string name, Kernel kernel)
    {
        using (writer.Block($"static void {name}({ParameterText.Declared(kernel)})"))
        {
            for (var part = 0; part < kernel.Parts; part++)
                writer.Line($"{Part(name, part)}({ParameterText.HandedOn(kernel)});");
        }
    }

    /// <summary>Prints a part: a method that chooses among the widths and does the usual one's work, and those of the others.</summary>
    private void EmitVariants(IReadOnlyList<KernelMethod> methods, IReadOnlyDictionary<KernelMethod, KernelFamily> families)
    {
        var usual = methods[0];
        if (!families.ContainsKey(usual))
            EmitSchedule(usual);
        writer.Line($"[MethodImpl({Kernel.Whole})]");
        using (writer.Block($"static void {usual.Name}({ParameterText.Declared(usual.Kernel)})"))
        {
            foreach (var method in methods.Skip(1))
                writer.Line($"if ({(method.Width == VectorWidth.V128 ? "IsNarrow" : "IsWide")}) {{ {Call(method)} return; }}");
            if (families.ContainsKey(usual))
                writer.Line(Call(usual));
            else
                MethodPrinter.Print(writer, usual.Statements);
        }

        foreach (var method in methods)
        {
            var family = FamilyOf(method);
            if (family is null ? method == usual : family.First != method)
                continue;
            writer.Line();
            EmitSchedule(method);
            if (family is null)
            {
                EmitMethod(Kernel.Whole, method.OfWidth, method);
                continue;
            }

            writer.Line("// " + family.Comment);
            writer.Line($"[MethodImpl({Kernel.Whole})]");
            var numbers = string.Join("", family.Parameters.Select(parameter => $", nint {parameter}"));
            using (writer.Block($"static void {method.OfWidth}({ParameterText.Declared(method.Kernel)}{numbers})"))
                MethodPrinter.Print(writer, family.Statements);
        }

        KernelFamily? FamilyOf(KernelMethod method) => families.TryGetValue(method, out var family) ? family : null;

        string Call(KernelMethod method)
        {
            var family = FamilyOf(method);
            var numbers = family?.Numbers(method).Select(number => ", " + Text.Number(number)) ?? [];
            return $"{(family?.First ?? method).OfWidth}({ParameterText.HandedOn(method.Kernel)}{string.Join("", numbers)});";
        }
    }

    private void EmitSchedule(KernelMethod method)
    {
        if (method.Schedule.Length > 0)
            writer.Line("// " + method.Schedule);
    }

    private static HashSet<Kernel> Wide(KernelTable table, int described)
    {
        var kernels = table.InOrder.Select(entry => entry.Kernel).ToList();
        var (inference, training) = (kernels.Take(described).Where(HasWide), kernels.Skip(described).Where(HasWide).ToList());
        return [.. inference, .. training.Count > MostWideInTraining ? [] : training];
    }

    private static bool HasWide(Kernel kernel) => kernel.HasWidths && Enumerable.Range(0, kernel.Parts).Any(kernel.HasWide);

    private void EmitMethod(string options, string name, KernelMethod method)
    {
        writer.Line($"[MethodImpl({options})]");
        using (writer.Block($"static void {name}({ParameterText.Declared(method.Kernel)})"))
            MethodPrinter.Print(writer, method.Statements);
    }

    private void EmitHelper(HelperMethod method)
    {
        writer.Line();
        writer.Line($"[MethodImpl({method.Options})]");
        using (writer.Block("static " + method.Signature))
            MethodPrinter.Print(writer, method.Body.Statements, isHelper: true);
    }
}
