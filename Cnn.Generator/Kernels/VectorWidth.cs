using System.Collections.Generic;

namespace Cnn.Generator.Kernels;

/// <summary>A vector type of System.Runtime.Intrinsics for which a kernel is printed.</summary>
internal sealed record VectorWidth(string Type, int Lanes)
{
    public static readonly VectorWidth V256 = new("Vector256", 8);

    public static readonly VectorWidth V128 = new("Vector128", 4);

    /// <summary>Gets the name that a generated file gives the type with its element, <c>Vector256&lt;float&gt;</c>.</summary>
    public string Float => "F" + Infrastructure.Text.Number(Lanes);

    public string Zero => Float + ".Zero";

    public string Load(string reference, int offset) => LoadAt(reference, Infrastructure.Text.Number(offset));

    /// <summary>A load at an offset that may be an expression.</summary>
    public string LoadAt(string reference, string offset) =>
        offset == "0" ? $"Load{Lanes}(ref {reference})" : $"Load{Lanes}(ref {reference}, {offset})";

    public static string Store(string vector, string reference, int offset) => StoreAt(vector, reference, Infrastructure.Text.Number(offset));

    /// <summary>A store at an offset that may be an expression.</summary>
    public static string StoreAt(string vector, string reference, string offset) =>
        offset == "0" ? $"Store({vector}, ref {reference});" : $"Store({vector}, ref {reference}, {offset});";

    /// <summary>An element in all lanes.</summary>
    public string Broadcast(string reference, int offset) => BroadcastAt(reference, Infrastructure.Text.Number(offset));

    /// <summary>An element in all lanes, at an offset that may be an expression.</summary>
    public string BroadcastAt(string reference, string offset) => offset == "0" ? $"All{Lanes}({reference})" : $"All{Lanes}(ref {reference}, {offset})";

    /// <summary>The method of either width, told by its arguments.</summary>
    public static string MultiplyAdd(string left, string right, string sum) => $"Fma({left}, {right}, {sum})";

    /// <summary>The statements that multiply an element with vectors of weights, and add to as many sums.</summary>
    public static IEnumerable<string> MultiplyAdd(string reference, string offset, IReadOnlyList<string> weights, IReadOnlyList<string> sums)
    {
        for (var q = 0; q < weights.Count; q += 2)
        {
            yield return q + 1 == weights.Count
                ? $"Fma(ref {reference}, {offset}, {weights[q]}, ref {sums[q]});"
                : $"Fma(ref {reference}, {offset}, {weights[q]}, {weights[q + 1]}, ref {sums[q]}, ref {sums[q + 1]});";
        }
    }

    /// <summary>Prints the short names that kernels have for what they do most.</summary>
    public void EmitShorthands(Infrastructure.CodeWriter writer)
    {
        Inlined(writer, $"{Float} Load{Lanes}(ref float source) => {Type}.LoadUnsafe(ref source);");
        Inlined(writer, $"{Float} Load{Lanes}(ref float source, nint offset) => {Type}.LoadUnsafe(ref source, (nuint)offset);");
        Inlined(writer, $"void Store({Float} x, ref float target) => x.StoreUnsafe(ref target);");
        Inlined(writer, $"void Store({Float} x, ref float target, nint offset) => x.StoreUnsafe(ref target, (nuint)offset);");
        Inlined(writer, $"{Float} All{Lanes}(float value) => {Type}.Create(value);");
        Inlined(writer, $"{Float} All{Lanes}(ref float source, nint offset) => {Type}.Create(Unsafe.Add(ref source, offset));");
        Inlined(writer, $"{Float} Fma({Float} a, {Float} b, {Float} c) => {Type}.MultiplyAddEstimate(a, b, c);");

        // An element of the source by the weights of a vector of channels, or of two.
        Inlined(writer, $"void Fma(ref float x, nint i, {Float} k, ref {Float} a) => a = Fma(All{Lanes}(ref x, i), k, a);");
        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Block($"static void Fma(ref float x, nint i, {Float} k, {Float} l, ref {Float} a, ref {Float} b)"))
        {
            writer.Line($"{Float} v = All{Lanes}(ref x, i);");
            writer.Line("a = Fma(v, k, a);");
            writer.Line("b = Fma(v, l, b);");
        }

        // Where one is not a number, the second comes out: one instruction, and NaN stays NaN.
        Inlined(writer, $"{Float} Relu({Float} x) => {Type}.MaxNative({Zero}, x);");
    }

    /// <summary>
    /// Prints the step from one element to another. It has one type and one method, because C# looks up a generic method, and an extension
    /// method, some tens of thousands of times in a large network.
    /// </summary>
    public static void EmitAdd(Infrastructure.CodeWriter writer)
    {
        writer.Line();
        writer.Line("static bool IsNarrow => !Vector256.IsHardwareAccelerated;");
        Inlined(writer, "ref float Add(ref float origin, nint offset) => ref Unsafe.Add(ref origin, offset);");
        Inlined(writer, "void Fetch(ref float origin, nint offset) => global::Cnn.Kernels.Cache.Fetch(ref Unsafe.Add(ref origin, offset));");
        Inlined(writer, "ref byte Add(ref byte origin, nint offset) => ref Unsafe.Add(ref origin, offset);");
    }

    private static void Inlined(Infrastructure.CodeWriter writer, string method)
    {
        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Line("static " + method);
    }
}
