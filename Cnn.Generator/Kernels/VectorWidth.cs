using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Statements;

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

    /// <summary>The floats from a reference on that fields name.</summary>
    public const int FieldFloats = 512;

    /// <summary>Gets the most vectors of channels whose sums a tile keeps side by side.</summary>
    public int MostVectors => Lanes == V512.Lanes ? 6 : 16 / Lanes;

    /// <summary>Gets the registers of the processors that have them, at least.</summary>
    public int Registers => Lanes == V512.Lanes ? 32 : 16;

    /// <summary>Gets the vectors of half as many lanes.</summary>
    public VectorWidth Half => Lanes == V512.Lanes ? V256 : V128;

    /// <summary>Gets the name that a generated file gives the type with its element, <c>Vector256&lt;float&gt;</c>.</summary>
    public string Float => "F" + Text.Number(Lanes);

    /// <summary>Gets the type of locals that hold a vector.</summary>
    public LocalType Local => LocalType.Vector(Lanes);

    public string Zero => Float + ".Zero";

    /// <summary>
    /// A load. Vectors of 128 bits are fields at a reference where they can be: one instruction of WebAssembly's interpreter instead of two, an
    /// address and a load, and the same one of a processor.
    /// </summary>
    public string Load(string reference, int offset) => Lanes == V128.Lanes && offset >= 0 && offset < FieldFloats && offset % Lanes == 0
        ? $"Near({reference}).V{Text.Number(offset)}"
        : LoadAt(reference, new Offset(offset));

    /// <summary>A load at an offset that a loop may change.</summary>
    public string LoadAt(string reference, Offset offset) => offset.IsZero ? $"Load{Lanes}({reference})" : $"Load{Lanes}({reference}, {offset})";

    /// <summary>A vector whose parts, equally many lanes of each, stand at several offsets.</summary>
    public string Join(string reference, IReadOnlyList<int> offsets) => offsets.Count == 1
        ? Load(reference, offsets[0])
        : $"Join{Lanes}{(offsets.Count == 4 ? "Four" : "")}({reference}, {string.Join(", ", offsets.Select(offset => Text.Number(offset)))})";

    public Store Store(string vector, string reference, int offset) => Store([vector], reference, offset);

    /// <summary>A store at an offset that a loop may change.</summary>
    public Store StoreAt(string vector, string reference, Offset offset) => new(Lanes, [vector], new Place(reference, offset));

    /// <summary>A store of vectors side by side.</summary>
    public Store Store(IReadOnlyList<string> vectors, string reference, int offset) => new(Lanes, [.. vectors], new Place(reference, offset));

    /// <summary>An element in all lanes.</summary>
    public string Broadcast(string reference, int offset) => BroadcastAt(reference, new Offset(offset));

    /// <summary>An element in all lanes, at an offset that a loop may change.</summary>
    public string BroadcastAt(string reference, Offset offset) => offset.IsZero ? $"All{Lanes}({reference})" : $"All{Lanes}At({reference}, {offset})";

    /// <summary>Gets the method that multiplies two vectors and adds a third.</summary>
    public string MultiplyAddMethod => "Fma" + Text.Number(Lanes);

    /// <summary>The statement that adds the product of two vectors to a sum.</summary>
    public Accumulation Accumulate(string left, string right, string sum) => new(Lanes, sum, left, right);

    /// <summary>The larger of each two lanes, NaN where one is.</summary>
    public string Max(string left, string right) => $"{(Lanes == V128.Lanes ? "VectorLanes" : Type)}.Max({left}, {right})";

    /// <summary>A vector by a number. WebAssembly's interpreter multiplies vectors with vectors, but by numbers element by element.</summary>
    public string Times(string vector, string number) => Lanes == V128.Lanes ? $"{vector} * All{Lanes}({number})" : $"{vector} * {number}";

    /// <summary>The widest vectors, up to these, that so many channels fill: what is left over is done by vectors of half the lanes.</summary>
    public VectorWidth Dividing(int channels) => Lanes > V256.Lanes && channels % Lanes != 0 ? Half : this;

    /// <summary>The statement that multiplies an element with vectors of weights, and adds to as many sums.</summary>
    public MultiplyAdd MultiplyAdd(string reference, Offset offset, IReadOnlyList<string> weights, IReadOnlyList<string> sums) =>
        new(Lanes, new Place(reference, offset), [.. weights], [.. sums]);

    /// <summary>The same at a known distance.</summary>
    public MultiplyAdd MultiplyAdd(string reference, int offset, IReadOnlyList<string> weights, IReadOnlyList<string> sums) =>
        MultiplyAdd(reference, new Offset(offset), weights, sums);
}
