using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>A vector type of System.Runtime.Intrinsics for which a kernel is printed.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Lanes">The floats of a vector.</param>
/// <param name="Accumulators">
/// The sums that a tile may keep in registers: with two vectors of weights and one broadcast, 15 of 16 registers, or of 32 what leaves as many
/// weights and a broadcast their room.
/// </param>
internal sealed record VectorWidth(string Type, int Lanes, int Accumulators)
{
    public static readonly VectorWidth V512 = new("Vector512", 16, 24);

    public static readonly VectorWidth V256 = new("Vector256", 8, 12);

    public static readonly VectorWidth V128 = new("Vector128", 4, 12);

    private const string Weights = "klmnop";

    private const string Sums = "abcdef";

    /// <summary>The floats from a reference on that fields name.</summary>
    private const int FieldFloats = 512;

    private const string Browser = "global::System.Runtime.Intrinsics.Wasm.";

    /// <summary>Gets the most vectors of channels whose sums a tile keeps side by side.</summary>
    public int MostVectors => Lanes == V512.Lanes ? 6 : 16 / Lanes;

    /// <summary>Gets the registers of the processors that have them, at least.</summary>
    public int Registers => Lanes == V512.Lanes ? 32 : 16;

    /// <summary>Gets the vectors of half as many lanes.</summary>
    public VectorWidth Half => Lanes == V512.Lanes ? V256 : V128;

    /// <summary>Gets the name that a generated file gives the type with its element, <c>Vector256&lt;float&gt;</c>.</summary>
    public string Float => "F" + Text.Number(Lanes);

    public string Zero => Float + ".Zero";

    /// <summary>
    /// A load. Of 128 bits it is a field at a reference where it can be: one instruction of WebAssembly's interpreter instead of two, an
    /// address and a load, and the same one of a processor.
    /// </summary>
    public string Load(string reference, int offset) => Lanes == V128.Lanes && offset >= 0 && offset < FieldFloats && offset % Lanes == 0
        ? $"Near({reference}).V{Text.Number(offset)}"
        : LoadAt(reference, Text.Number(offset));

    /// <summary>A load at an offset that may be an expression.</summary>
    public string LoadAt(string reference, string offset) =>
        offset == "0" ? $"Load{Lanes}({reference})" : $"Load{Lanes}({reference}, {offset})";

    /// <summary>A vector whose parts, equally many lanes of each, stand at several offsets.</summary>
    public string Join(string reference, IReadOnlyList<int> offsets) => offsets.Count == 1
        ? Load(reference, offsets[0])
        : $"Join{Lanes}{(offsets.Count == 4 ? "Four" : "")}({reference}, {string.Join(", ", offsets.Select(offset => Text.Number(offset)))})";

    public string Store(string vector, string reference, int offset) => StoreAt(vector, reference, Text.Number(offset));

    /// <summary>A store at an offset that may be an expression.</summary>
    public string StoreAt(string vector, string reference, string offset) => StoreAt([vector], reference, offset);

    /// <summary>A store of vectors side by side.</summary>
    public string Store(IReadOnlyList<string> vectors, string reference, int offset) => StoreAt(vectors, reference, Text.Number(offset));

    /// <summary>An element in all lanes.</summary>
    public string Broadcast(string reference, int offset) => BroadcastAt(reference, Text.Number(offset));

    /// <summary>An element in all lanes, at an offset that may be an expression.</summary>
    public string BroadcastAt(string reference, string offset) => offset == "0" ? $"All{Lanes}({reference})" : $"All{Lanes}At({reference}, {offset})";

    /// <summary>Gets the method that multiplies two vectors and adds a third.</summary>
    public string MultiplyAddMethod => "Fma" + Text.Number(Lanes);

    public string MultiplyAdd(string left, string right, string sum) => $"{MultiplyAddMethod}({left}, {right}, {sum})";

    /// <summary>The larger of each two lanes, NaN where one is: of 128 bits a method of the runtime, which knows what a browser is quick at.</summary>
    public string Max(string left, string right) => $"{(Lanes == V128.Lanes ? "VectorLanes" : Type)}.Max({left}, {right})";

    /// <summary>A vector by a number. WebAssembly's interpreter multiplies vectors with vectors, but by numbers element by element.</summary>
    public string Times(string vector, string number) => Lanes == V128.Lanes ? $"{vector} * All{Lanes}({number})" : $"{vector} * {number}";

    /// <summary>The widest vectors, up to these, that so many channels fill: what is left over is done by vectors of half the lanes.</summary>
    public VectorWidth Dividing(int channels) => Lanes > V256.Lanes && channels % Lanes != 0 ? Half : this;

    /// <summary>The statement that multiplies an element with vectors of weights, and adds to as many sums.</summary>
    public string MultiplyAdd(string reference, string offset, IReadOnlyList<string> weights, IReadOnlyList<string> sums) =>
        $"{Several("Fma", weights.Count)}({reference}, {offset}, {string.Join(", ", weights)}, {string.Join(", ", sums.Select(sum => "ref " + sum))});";

    /// <summary>
    /// a * b + c. WebAssembly's interpreter, which has 128 bits at most, computes MultiplyAddEstimate element
    /// by element; the condition is a constant to every compiler.
    /// </summary>
    private string FusedMultiplyAdd => Lanes == V128.Lanes
        ? $"{Browser}PackedSimd.IsSupported ? a * b + c : {Type}.MultiplyAddEstimate(a, b, c)"
        : $"{Type}.MultiplyAddEstimate(a, b, c)";

    /// <summary>
    /// An element in all lanes. WebAssembly's interpreter reads an integer at an offset in one instruction, and a float in two; the condition is
    /// a constant to every compiler.
    /// </summary>
    private string Element(string source, string offset)
    {
        var element = $"Unsafe.Add(ref Unsafe.AsRef(in {source}), {offset})";
        return Lanes == V128.Lanes
            ? $"{Browser}PackedSimd.IsSupported ? {Type}.Create(Unsafe.As<float, int>(ref {element})).AsSingle() : {Type}.Create({element})"
            : $"{Type}.Create({element})";
    }

    private string StoreAt(IReadOnlyList<string> vectors, string reference, string offset)
    {
        var method = vectors.Count == 1 ? $"Store{Lanes}" : Several("Store", vectors.Count);
        return $"{method}({string.Join(", ", vectors)}, ref {reference}{(offset == "0" ? "" : ", " + offset)});";
    }

    /// <summary>The method that takes several vectors: <c>Store8x2</c>.</summary>
    private string Several(string method, int vectors) => $"{method}{Lanes}x{Text.Number(vectors)}";

    /// <summary>
    /// Prints the short names that kernels have for what they do most. None is overloaded: C# would try each overload for every call, and the conversions
    /// from vectors of one width to those of another, some tens of thousands of times in a large network.
    /// </summary>
    public void EmitShorthands(CodeWriter writer)
    {
        Inlined(writer, $"{Float} Load{Lanes}(in float source, nint offset = 0) => {Type}.LoadUnsafe(in source, (nuint)offset);");
        if (Lanes > V128.Lanes)
            Inlined(writer, $"{Float} Join{Lanes}(in float x, nint i, nint j) => Load{Lanes / 2}(x, i).ToVector{Lanes * 32}Unsafe().WithUpper(Load{Lanes / 2}(x, j));");
        if (Lanes > V256.Lanes)
            Inlined(writer, $"{Float} Join{Lanes}Four(in float x, nint i, nint j, nint k, nint l) => Join{Lanes / 2}(x, i, j).ToVector{Lanes * 32}Unsafe().WithUpper(Join{Lanes / 2}(x, k, l));");
        Inlined(writer, $"void Store{Lanes}({Float} x, ref float target, nint offset = 0) => x.StoreUnsafe(ref target, (nuint)offset);");
        Inlined(writer, $"{Float} All{Lanes}(float value) => {Type}.Create(value);");
        Inlined(writer, $"{Float} All{Lanes}At(in float source, nint offset) => {Element("source", "offset")};");
        Inlined(writer, $"{Float} Fma{Lanes}({Float} a, {Float} b, {Float} c) => {FusedMultiplyAdd};");

        // An element of the source by the weights of a vector of channels, or of several.
        Inlined(writer, $"void {Several("Fma", 1)}(in float x, nint i, {Float} k, ref {Float} a) => a = Fma{Lanes}(All{Lanes}At(x, i), k, a);");
        for (var vectors = 2; vectors <= MostVectors; vectors++)
        {
            var names = Enumerable.Range(0, vectors).ToList();
            var (weights, sums) = (names.Select(q => $"{Float} {Weights[q]}"), names.Select(q => $"ref {Float} {Sums[q]}"));
            writer.Line();
            writer.Line($"[MethodImpl({Kernel.Inlined})]");
            using (writer.Block($"static void {Several("Fma", vectors)}(in float x, nint i, {string.Join(", ", weights)}, {string.Join(", ", sums)})"))
            {
                writer.Line($"{Float} v = All{Lanes}At(x, i);");
                foreach (var q in names)
                    writer.Line($"{Sums[q]} = Fma{Lanes}(v, {Weights[q]}, {Sums[q]});");
            }
        }

        // Vectors of channels that stand side by side.
        for (var vectors = 2; vectors <= MostVectors; vectors++)
        {
            var names = Sums.Substring(0, vectors).Select((name, q) => (Name: name, Offset: q * Lanes)).ToList();
            var (values, from) = (string.Join(", ", names.Select(name => $"{Float} {name.Name}")), names.Skip(1));
            writer.Line();
            writer.Line($"[MethodImpl({Kernel.Inlined})]");
            using (writer.Block($"static void {Several("Store", vectors)}({values}, ref float target, nint offset = 0)"))
            {
                writer.Line(StoreAt("a", "target", "offset"));
                foreach (var name in from)
                    writer.Line(StoreAt(name.Name.ToString(), "target", "offset + " + Text.Number(name.Offset)));
            }
        }

        // Where one is not a number, the second comes out: one instruction, and NaN stays NaN.
        Inlined(writer, Lanes == V128.Lanes
            ? $"{Float} Relu{Lanes}({Float} x) => {Browser}PackedSimd.IsSupported ? {Browser}PackedSimd.PseudoMax(x, {Zero}) : {Type}.MaxNative({Zero}, x);"
            : $"{Float} Relu{Lanes}({Float} x) => {Type}.MaxNative({Zero}, x);");
    }

    /// <summary>Prints the fields of 128 bits that stand at a reference, of which none need be aligned.</summary>
    public static void EmitFields(CodeWriter writer)
    {
        writer.Line();
        writer.Line("[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 4)]");
        using (writer.Block("struct Fields"))
        {
            for (var first = 0; first < FieldFloats; first += FieldFloats / 8)
            {
                var names = Enumerable.Range(0, FieldFloats / 8 / V128.Lanes).Select(i => "V" + Text.Number(first + (i * V128.Lanes)));
                writer.Line($"public {V128.Float} {string.Join(", ", names)};");
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

    private static void Inlined(CodeWriter writer, string method)
    {
        writer.Line();
        writer.Line($"[MethodImpl({Kernel.Inlined})]");
        writer.Line("static " + method);
    }
}
