using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>The method that puts the sum of two vectors in the place of the first, and their difference in that of the second.</summary>
internal sealed record SumsAndDifferences : IKernelHelpers
{
    public static readonly SumsAndDifferences Instance = new();

    private SumsAndDifferences()
    {
    }

    /// <summary>The statement that calls it.</summary>
    public static string Of(VectorWidth width, string first, string second) => $"AddSubtract{width.Lanes}(ref {first}, ref {second});";

    public void Emit(CodeWriter writer, VectorWidth width)
    {
        writer.Line();
        writer.Line($"[MethodImpl({Kernel.Inlined})]");
        using (writer.Block($"static void AddSubtract{width.Lanes}(ref {width.Float} a, ref {width.Float} b)"))
        {
            writer.Line($"{width.Float} sum = a + b;");
            writer.Line("b = a - b;");
            writer.Line("a = sum;");
        }
    }
}
