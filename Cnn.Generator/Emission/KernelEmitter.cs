using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>Prints the kernels: a method for each, and where vectors count another for processors that have but 128 bits.</summary>
internal static class KernelEmitter
{
    private const string Apart = "Apart";

    /// <param name="writer">Receives them.</param>
    /// <param name="table">The kernels.</param>
    /// <param name="described">
    /// How many of them, from the first on, stand below the sentence that describes them: those of inference. The others are described where they
    /// are called, and have a reason where it does not stand above another kernel already.
    /// </param>
    public static void Emit(CodeWriter writer, KernelTable table, int described)
    {
        writer.Line($"private const MethodImplOptions {Kernel.Whole} = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;");
        writer.Line($"private const MethodImplOptions {Apart} = MethodImplOptions.NoInlining;");
        var wide = table.InOrder.Select(entry => entry.Kernel).Where(HasWide).ToList();
        VectorWidth.EmitAdd(writer, wide.Count > 0);
        if (wide.Count > 0)
            VectorWidth.V512.EmitShorthands(writer);
        VectorWidth.V256.EmitShorthands(writer);
        VectorWidth.V128.EmitShorthands(writer);
        var wideHelpers = new HashSet<IKernelHelpers>(wide.SelectMany(kernel => kernel.Helpers));
        foreach (var helpers in table.InOrder.SelectMany(entry => entry.Kernel.Helpers).Distinct())
        {
            var methods = new CodeWriter();
            if (wideHelpers.Contains(helpers))
                helpers.Emit(methods, VectorWidth.V512);
            helpers.Emit(methods, VectorWidth.V256);
            helpers.Emit(methods, VectorWidth.V128);
            Write(writer, methods);
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
                EmitMethod(writer, Apart, name, kernel, VectorWidth.V256, 0, []);
            else if (kernel.Parts == 1)
                EmitVariants(writer, name, kernel, 0);
            else
                EmitParts(writer, name, kernel);
        }
    }

    private static void EmitParts(CodeWriter writer, string name, Kernel kernel)
    {
        string Part(int part) => name + "Part" + Text.Number(part + 1);
        using (writer.Block($"static void {name}({Signature(kernel)})"))
        {
            for (var part = 0; part < kernel.Parts; part++)
                writer.Line($"{Part(part)}({Arguments(Signature(kernel))});");
        }

        for (var part = 0; part < kernel.Parts; part++)
        {
            writer.Line();
            EmitVariants(writer, Part(part), kernel, part);
        }
    }

    private static void EmitVariants(CodeWriter writer, string method, Kernel kernel, int part)
    {
        var arguments = Arguments(Signature(kernel));
        var (narrow, wide) = (method + VectorWidth.V128.Type, method + VectorWidth.V512.Type);
        List<string> first = [$"if (IsNarrow) {{ {narrow}({arguments}); return; }}"];
        if (kernel.HasWide(part))
            first.Add($"if (IsWide) {{ {wide}({arguments}); return; }}");
        EmitMethod(writer, Kernel.Whole, method, kernel, VectorWidth.V256, part, first);
        writer.Line();
        EmitMethod(writer, Kernel.Whole, narrow, kernel, VectorWidth.V128, part, []);
        if (!kernel.HasWide(part))
            return;
        writer.Line();
        EmitMethod(writer, Kernel.Whole, wide, kernel, VectorWidth.V512, part, []);
    }

    private static bool HasWide(Kernel kernel) => kernel.HasWidths && Enumerable.Range(0, kernel.Parts).Any(kernel.HasWide);

    private static void EmitMethod(
        CodeWriter writer, string options, string method, Kernel kernel, VectorWidth width, int part, IReadOnlyList<string> first)
    {
        writer.Line($"[MethodImpl({options})]");
        using (writer.Block($"static void {method}({Signature(kernel)})"))
        {
            foreach (var line in first)
                writer.Line(line);
            var body = new CodeWriter();
            kernel.EmitBody(body, width, part);
            Write(writer, body);
        }
    }

    private static void Write(CodeWriter writer, CodeWriter code)
    {
        foreach (var line in StatementFolding.Fold(BraceFolding.Fold(code.Lines)))
            writer.Line(line);
    }

    private static string Signature(Kernel kernel) => kernel.IsShared ? $"{Turns.Parameter}, {kernel.Signature}" : kernel.Signature;

    /// <summary>The parameters handed on: <c>ref float source, int count</c> gives <c>ref source, count</c>.</summary>
    private static string Arguments(string signature) => string.Join(", ", Split(signature).Select(parameter =>
    {
        var words = parameter.Split(' ');
        return words[0] == "ref" ? "ref " + words[words.Length - 1] : words[words.Length - 1];
    }));

    private static IEnumerable<string> Split(string signature) => signature.Split(',').Select(parameter => parameter.Trim());
}
