using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>
/// Prints the class of kernels, beside the network's own and known in this file alone: one method a kernel that calls the variant for the
/// vectors which the processor has, and the variants.
/// </summary>
internal static class KernelEmitter
{
    public const string Class = "NetKernels";

    public static void Emit(CodeWriter writer, KernelTable table)
    {
        // The analysis of nullability walks every loop several times, here for nothing: it is a third of the time that C# needs.
        writer.Line("#nullable disable // nothing here can be null");
        writer.Line("/// <summary>The kernels, every bound and stride a literal. Vector256 where the processor has it, else Vector128.</summary>");
        using (writer.Block($"file static class {Class}"))
        {
            writer.Line("private const MethodImplOptions Whole = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;");
            foreach (var (name, kernel, comment) in table.InOrder)
            {
                writer.Line();
                writer.Line("// " + comment);
                writer.Line("// " + kernel.Reason);
                if (kernel.HasWidths)
                    EmitVariants(writer, name, kernel);
                else
                    EmitMethod(writer, "[MethodImpl(MethodImplOptions.NoInlining)]", "internal ", name, kernel, VectorWidth.V256, 0);
            }
        }
    }

    private static void EmitVariants(CodeWriter writer, string name, Kernel kernel)
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Block($"internal static void {name}({kernel.Signature})"))
        {
            writer.Line("if (Vector256.IsHardwareAccelerated)");
            EmitCalls(writer, name, kernel, VectorWidth.V256);
            writer.Line("else");
            EmitCalls(writer, name, kernel, VectorWidth.V128);
        }

        for (var part = 0; part < kernel.Parts; part++)
        {
            foreach (var width in new[] { VectorWidth.V256, VectorWidth.V128 })
            {
                writer.Line();
                EmitMethod(writer, "[MethodImpl(Whole)]", "", Method(name, kernel, width, part), kernel, width, part);
            }
        }
    }

    private static void EmitCalls(CodeWriter writer, string name, Kernel kernel, VectorWidth width)
    {
        string Call(int part) => $"{Method(name, kernel, width, part)}({Arguments(kernel.Signature)});";
        if (kernel.Parts == 1)
        {
            writer.Line("    " + Call(0));
            return;
        }

        using (writer.Open())
        {
            for (var part = 0; part < kernel.Parts; part++)
                writer.Line(Call(part));
        }
    }

    private static void EmitMethod(
        CodeWriter writer, string attribute, string access, string method, Kernel kernel, VectorWidth width, int part)
    {
        writer.Line(attribute);
        using (writer.Block($"{access}static void {method}({kernel.Signature})"))
        {
            var body = new CodeWriter();
            kernel.EmitBody(body, width, part);
            foreach (var line in StatementFolding.Fold(BraceFolding.Fold(body.Lines)))
                writer.Line(line);
        }
    }

    /// <summary>The method of one part of a kernel at one width.</summary>
    private static string Method(string name, Kernel kernel, VectorWidth width, int part) =>
        name + (kernel.Parts == 1 ? "" : "Part" + Text.Number(part + 1)) + width.Type;

    /// <summary>The parameters handed on: <c>ref float source, int count</c> gives <c>ref source, count</c>.</summary>
    private static string Arguments(string signature) => string.Join(", ", Split(signature).Select(parameter =>
    {
        var words = parameter.Split(' ');
        return words[0] == "ref" ? "ref " + words[words.Length - 1] : words[words.Length - 1];
    }));

    private static IEnumerable<string> Split(string signature) => signature.Split(',').Select(parameter => parameter.Trim());
}
