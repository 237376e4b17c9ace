using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>Prints the nested class of kernels.</summary>
internal static class KernelEmitter
{
    public static void Emit(CodeWriter writer, KernelTable table)
    {
        // The analysis of nullability walks every loop several times, here for nothing: it is a third of the time that C# needs.
        writer.Line("#nullable disable // nothing here can be null");
        writer.Line("/// <summary>The kernels, every bound and stride a literal. Vector256 where the processor has it, else Vector128.</summary>");
        using (writer.Block("private static class Kernels"))
        {
            for (var i = 0; i < table.InOrder.Count; i++)
            {
                var (name, kernel, comment) = table.InOrder[i];
                if (i > 0)
                    writer.Line();
                if (!kernel.HasWidths)
                {
                    EmitMethod(writer, name, kernel, comment, null, 0);
                    continue;
                }

                for (var part = 0; part < kernel.Parts; part++)
                {
                    if (part > 0)
                        writer.Line();
                    EmitMethod(writer, name, kernel, comment, VectorWidth.V256, part);
                    writer.Line();
                    EmitMethod(writer, name, kernel, comment, VectorWidth.V128, part);
                }
            }
        }
    }

    private static void EmitMethod(CodeWriter writer, string name, Kernel kernel, string comment, VectorWidth? width, int part)
    {
        writer.Line("// " + comment);
        writer.Line("// " + kernel.Reason);
        writer.Line(kernel.HasWidths
            ? "[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]"
            : "[MethodImpl(MethodImplOptions.NoInlining)]");
        using (writer.Block($"internal static void {KernelTable.Method(name, kernel, width, part)}({kernel.Signature})"))
        {
            var body = new CodeWriter();
            kernel.EmitBody(body, width ?? VectorWidth.V256, part);
            foreach (var line in BraceFolding.Fold(body.Lines))
                writer.Line(line);
        }
    }
}
