using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Emission.CSharp;

/// <summary>
/// The short methods that printed kernels call for what they do most. None is overloaded: C# would try each overload for every call, and the
/// conversions from vectors of one width to those of another, some tens of thousands of times in a large network.
/// </summary>
internal static class Shorthands
{
    private const string Weights = "klmnop";

    private const string Sums = "abcdef";

    private const string Browser = "global::System.Runtime.Intrinsics.Wasm.";

    /// <summary>Prints those of one vector width.</summary>
    public static void Emit(CodeWriter writer, VectorWidth width)
    {
        Inlined(writer, $"{width.Float} Load{width.Lanes}(in float source, nint offset = 0) => {width.Type}.LoadUnsafe(in source, (nuint)offset);");
        if (width.Lanes > VectorWidth.V128.Lanes)
            Inlined(writer, $"{width.Float} Join{width.Lanes}(in float x, nint i, nint j) => Load{width.Lanes / 2}(x, i).ToVector{width.Lanes * 32}Unsafe().WithUpper(Load{width.Lanes / 2}(x, j));");
        if (width.Lanes > VectorWidth.V256.Lanes)
            Inlined(writer, $"{width.Float} Join{width.Lanes}Four(in float x, nint i, nint j, nint k, nint l) => Join{width.Lanes / 2}(x, i, j).ToVector{width.Lanes * 32}Unsafe().WithUpper(Join{width.Lanes / 2}(x, k, l));");
        Inlined(writer, $"void Store{width.Lanes}({width.Float} x, ref float target, nint offset = 0) => x.StoreUnsafe(ref target, (nuint)offset);");
        Inlined(writer, $"{width.Float} All{width.Lanes}(float value) => {width.Type}.Create(value);");
        Inlined(writer, $"{width.Float} All{width.Lanes}At(in float source, nint offset) => {Element(width, "source", "offset")};");
        Inlined(writer, $"{width.Float} Fma{width.Lanes}({width.Float} a, {width.Float} b, {width.Float} c) => {MultiplyAdd(width)};");

        // An element of the source by the weights of a vector of channels, or of several.
        Inlined(writer, $"void {Several(width, "Fma", 1)}(in float x, nint i, {width.Float} k, ref {width.Float} a) => a = Fma{width.Lanes}(All{width.Lanes}At(x, i), k, a);");
        for (var vectors = 2; vectors <= width.MostVectors; vectors++)
        {
            var names = Enumerable.Range(0, vectors).ToList();
            var (weights, sums) = (names.Select(q => $"{width.Float} {Weights[q]}"), names.Select(q => $"ref {width.Float} {Sums[q]}"));
            writer.Line();
            writer.Line($"[MethodImpl({Kernel.Inlined})]");
            using (writer.Block($"static void {Several(width, "Fma", vectors)}(in float x, nint i, {string.Join(", ", weights)}, {string.Join(", ", sums)})"))
            {
                writer.Line($"{width.Float} v = All{width.Lanes}At(x, i);");
                foreach (var q in names)
                    writer.Line($"{Sums[q]} = Fma{width.Lanes}(v, {Weights[q]}, {Sums[q]});");
            }
        }

        // Vectors of channels that stand side by side.
        for (var vectors = 2; vectors <= width.MostVectors; vectors++)
        {
            var names = Sums.Substring(0, vectors).Select((name, q) => (Name: name, Offset: q * width.Lanes)).ToList();
            var values = string.Join(", ", names.Select(name => $"{width.Float} {name.Name}"));
            writer.Line();
            writer.Line($"[MethodImpl({Kernel.Inlined})]");
            using (writer.Block($"static void {Several(width, "Store", vectors)}({values}, ref float target, nint offset = 0)"))
            {
                foreach (var name in names)
                    writer.Line($"Store{width.Lanes}({name.Name}, ref target, offset{(name.Offset == 0 ? "" : $" + {name.Offset}")});");
            }
        }

        // The second operand is the result if one is not a number: one instruction, and NaN stays NaN.
        Inlined(writer, width.Lanes == VectorWidth.V128.Lanes
            ? $"{width.Float} Relu{width.Lanes}({width.Float} x) => {Browser}PackedSimd.IsSupported ? {Browser}PackedSimd.PseudoMax(x, {width.Zero}) : {width.Type}.MaxNative({width.Zero}, x);"
            : $"{width.Float} Relu{width.Lanes}({width.Float} x) => {width.Type}.MaxNative({width.Zero}, x);");
    }

    /// <summary>Prints the fields of 128 bits that stand at a reference, of which none need be aligned.</summary>
    public static void EmitFields(CodeWriter writer)
    {
        writer.Line();
        writer.Line("// A vector so many floats after a reference: one instruction of WebAssembly's interpreter, where an address and a load are two.");
        writer.Line("[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 4)]");
        using (writer.Block("struct Fields"))
        {
            const int PerLine = VectorText.FieldFloats / 8;
            for (var first = 0; first < VectorText.FieldFloats; first += PerLine)
            {
                var names = Enumerable.Range(0, PerLine / VectorWidth.V128.Lanes).Select(i => "V" + Text.Number(first + (i * VectorWidth.V128.Lanes)));
                writer.Line($"public {VectorWidth.V128.Float} {string.Join(", ", names)};");
            }
        }

        Inlined(writer, "ref Fields Near(in float origin) => ref Unsafe.As<float, Fields>(ref Unsafe.AsRef(in origin));");
    }

    /// <summary>
    /// Prints the step from one element to another. It has one type and one method, because C# looks up a generic method, and an extension
    /// method, some tens of thousands of times in a large network.
    /// </summary>
    public static void EmitAdd(CodeWriter writer, bool hasWide)
    {
        writer.Line();
        writer.Line("static bool IsNarrow => !Vector256.IsHardwareAccelerated;");
        if (hasWide)
        {
            writer.Line();
            writer.Line("static bool IsWide => Vector512.IsHardwareAccelerated;");
        }

        Inlined(writer, "ref float Add(ref float origin, nint offset) => ref Unsafe.Add(ref origin, offset);");
        Inlined(writer, "void Fetch(ref float origin, nint offset) => global::Cnn.Kernels.Cache.Fetch(ref Unsafe.Add(ref origin, offset));");
        Inlined(
            writer,
            "void FetchEach(ref float origin, nint offset, nint step, int count) => global::Cnn.Kernels.Cache.Fetch(ref Unsafe.Add(ref origin, offset), step, count);");
        Inlined(writer, "ref byte AddBytes(ref byte origin, nint offset) => ref Unsafe.Add(ref origin, offset);");
    }

    /// <summary>
    /// a * b + c. WebAssembly's interpreter, which has 128 bits at most, computes MultiplyAddEstimate element by element; the condition is a constant
    /// to every compiler.
    /// </summary>
    private static string MultiplyAdd(VectorWidth width) => width.Lanes == VectorWidth.V128.Lanes
        ? $"{Browser}PackedSimd.IsSupported ? a * b + c : {width.Type}.MultiplyAddEstimate(a, b, c)"
        : $"{width.Type}.MultiplyAddEstimate(a, b, c)";

    /// <summary>
    /// An element in all lanes. WebAssembly's interpreter reads an integer at an offset in one instruction, and a float in two; the condition is
    /// a constant to every compiler.
    /// </summary>
    private static string Element(VectorWidth width, string source, string offset)
    {
        var element = $"Unsafe.Add(ref Unsafe.AsRef(in {source}), {offset})";
        return width.Lanes == VectorWidth.V128.Lanes
            ? $"{Browser}PackedSimd.IsSupported ? {width.Type}.Create(Unsafe.As<float, int>(ref {element})).AsSingle() : {width.Type}.Create({element})"
            : $"{width.Type}.Create({element})";
    }

    /// <summary>The method that takes several vectors: <c>Store8x2</c>.</summary>
    private static string Several(VectorWidth width, string method, int vectors) => $"{method}{width.Lanes}x{Text.Number(vectors)}";

    private static void Inlined(CodeWriter writer, string method)
    {
        writer.Line();
        writer.Line($"[MethodImpl({Kernel.Inlined})]");
        writer.Line("static " + method);
    }
}
