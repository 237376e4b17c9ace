using System;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>Prints the call of one step, at the width that the processor has.</summary>
internal static class CallEmitter
{
    public static void Emit(CodeWriter writer, KernelTable table, Step step, Func<Operand, string> operand, string sample)
    {
        var name = table.NameOf(step);
        var arguments = string.Join(", ", step.Operands.Select(operand).Concat(Extra(step.Kernel, sample)));
        if (!step.Kernel.HasWidths)
        {
            writer.Line($"Kernels.{KernelTable.Method(name, step.Kernel, null, 0)}({arguments});");
            return;
        }

        string Call(VectorWidth width, int part) => $"Kernels.{KernelTable.Method(name, step.Kernel, width, part)}({arguments});";
        if (step.Kernel.Parts == 1)
        {
            writer.Line("if (Vector256.IsHardwareAccelerated)");
            writer.Line("    " + Call(VectorWidth.V256, 0));
            writer.Line("else");
            writer.Line("    " + Call(VectorWidth.V128, 0));
            return;
        }

        using (writer.Block("if (Vector256.IsHardwareAccelerated)"))
            EmitParts(writer, step.Kernel.Parts, part => Call(VectorWidth.V256, part));
        using (writer.Block("else"))
            EmitParts(writer, step.Kernel.Parts, part => Call(VectorWidth.V128, part));
    }

    /// <summary>A reference moved by a literal number of floats.</summary>
    public static string At(string reference, int offset) => offset == 0
        ? "ref " + reference
        : string.Format(CultureInfo.InvariantCulture, "ref Unsafe.Add(ref {0}, {1})", reference, offset);

    private static void EmitParts(CodeWriter writer, int parts, Func<int, string> call)
    {
        for (var part = 0; part < parts; part++)
            writer.Line(call(part));
    }

    /// <summary>What a signature asks for beside references.</summary>
    private static string[] Extra(Kernel kernel, string sample)
    {
        if (kernel.Signature.EndsWith("int count", StringComparison.Ordinal))
            return ["count"];
        return kernel.Signature.EndsWith("int sample", StringComparison.Ordinal) ? ["seed", sample] : [];
    }
}
