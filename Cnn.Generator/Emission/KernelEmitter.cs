using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Emission.CSharp;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Statements;

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
                EmitMethod(Apart, name, kernel, VectorWidth.V256, 0, []);
            else if (kernel.Parts == 1)
                EmitVariants(name, kernel, 0);
            else
                EmitParts(name, kernel);
        }
    }

    private void EmitParts(string name, Kernel kernel)
    {
        string Part(int part) => name + "Part" + Text.Number(part + 1);
        using (writer.Block($"static void {name}({ParameterText.Declared(kernel)})"))
        {
            for (var part = 0; part < kernel.Parts; part++)
                writer.Line($"{Part(part)}({ParameterText.HandedOn(kernel)});");
        }

        for (var part = 0; part < kernel.Parts; part++)
        {
            writer.Line();
            EmitVariants(Part(part), kernel, part);
        }
    }

    private void EmitVariants(string method, Kernel kernel, int part)
    {
        var arguments = ParameterText.HandedOn(kernel);
        var (narrow, wide) = (method + VectorWidth.V128.Type, method + VectorWidth.V512.Type);
        List<string> first = [$"if (IsNarrow) {{ {narrow}({arguments}); return; }}"];
        var hasWide = _wide.Contains(kernel) && kernel.HasWide(part);
        if (hasWide)
            first.Add($"if (IsWide) {{ {wide}({arguments}); return; }}");
        EmitMethod(Kernel.Whole, method, kernel, VectorWidth.V256, part, first);
        writer.Line();
        EmitMethod(Kernel.Whole, narrow, kernel, VectorWidth.V128, part, []);
        if (!hasWide)
            return;
        writer.Line();
        EmitMethod(Kernel.Whole, wide, kernel, VectorWidth.V512, part, []);
    }

    private static HashSet<Kernel> Wide(KernelTable table, int described)
    {
        var kernels = table.InOrder.Select(entry => entry.Kernel).ToList();
        var (inference, training) = (kernels.Take(described).Where(HasWide), kernels.Skip(described).Where(HasWide).ToList());
        return [.. inference, .. training.Count > MostWideInTraining ? [] : training];
    }

    private static bool HasWide(Kernel kernel) => kernel.HasWidths && Enumerable.Range(0, kernel.Parts).Any(kernel.HasWide);

    private void EmitMethod(
        string options, string method, Kernel kernel, VectorWidth width, int part, IReadOnlyList<string> first)
    {
        writer.Line($"[MethodImpl({options})]");
        using (writer.Block($"static void {method}({ParameterText.Declared(kernel)})"))
        {
            foreach (var line in first)
                writer.Line(line);
            var body = new KernelBody();
            kernel.Build(body, width, part);
            MethodPrinter.Print(writer, body.Statements);
        }
    }

    private void EmitHelper(HelperMethod method)
    {
        writer.Line();
        writer.Line($"[MethodImpl({method.Options})]");
        using (writer.Block("static " + method.Signature))
            MethodPrinter.Print(writer, method.Body.Statements, isHelper: true);
    }
}
