using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>The expressions and statements of kernels in vectors of a width.</summary>
internal static class VectorText
{
    /// <summary>The floats from a reference on that fields name.</summary>
    public const int FieldFloats = 512;

    /// <summary>A load, as text.</summary>
    public static string TextOfLoad(int lanes, Place place)
    {
        var (constant, isField) = (place.Offset.Constant, lanes == VectorWidth.V128.Lanes && place.Offset.Terms.Count == 0);
        return isField && constant >= 0 && constant < FieldFloats && constant % lanes == 0
            ? $"Near({place.Reference}).V{Text.Number(constant)}"
            : $"Load{Text.Number(lanes)}({place.Reference}{(place.Offset.IsZero ? "" : ", " + place.Offset)})";
    }

    extension(VectorWidth width)
    {
        /// <summary>Gets the name that a generated file gives the type with its element, <c>Vector256&lt;float&gt;</c>.</summary>
        public string Float => "F" + Text.Number(width.Lanes);

        /// <summary>Gets the type of locals that hold a vector.</summary>
        public LocalType Local => LocalType.Vector(width.Lanes);

        public string Zero => width.Float + ".Zero";

        /// <summary>
        /// A load. Vectors of 128 bits are fields at a reference where they can be: one instruction of WebAssembly's interpreter instead of two, an
        /// address and a load, and the same one of a processor.
        /// </summary>
        public string Load(string reference, int offset) => TextOfLoad(width.Lanes, new Place(reference, offset));

        /// <summary>The statement that loads weights into a register.</summary>
        public Load Load(string target, string reference, int offset) => new(width.Lanes, target, new Place(reference, offset));

        /// <summary>A load at an offset that a loop may change.</summary>
        public string LoadAt(string reference, Offset offset) => offset.IsZero ? $"Load{width.Lanes}({reference})" : $"Load{width.Lanes}({reference}, {offset})";

        /// <summary>A vector whose parts, equally many lanes of each, stand at several offsets.</summary>
        public string Join(string reference, IReadOnlyList<int> offsets) => offsets.Count == 1
            ? width.Load(reference, offsets[0])
            : $"Join{width.Lanes}{(offsets.Count == 4 ? "Four" : "")}({reference}, {string.Join(", ", offsets.Select(offset => Text.Number(offset)))})";

        public Store Store(string vector, string reference, int offset) => width.Store([vector], reference, offset);

        /// <summary>A store at an offset that a loop may change.</summary>
        public Store StoreAt(string vector, string reference, Offset offset) => new(width.Lanes, [vector], new Place(reference, offset));

        /// <summary>A store of vectors side by side.</summary>
        public Store Store(IReadOnlyList<string> vectors, string reference, int offset) => new(width.Lanes, [.. vectors], new Place(reference, offset));

        /// <summary>An element in all lanes.</summary>
        public string Broadcast(string reference, int offset) => width.BroadcastAt(reference, new Offset(offset));

        /// <summary>An element in all lanes, at an offset that a loop may change.</summary>
        public string BroadcastAt(string reference, Offset offset) => offset.IsZero ? $"All{width.Lanes}({reference})" : $"All{width.Lanes}At({reference}, {offset})";

        /// <summary>Gets the method that multiplies two vectors and adds a third.</summary>
        public string MultiplyAddMethod => "Fma" + Text.Number(width.Lanes);

        /// <summary>The statement that adds the product of two vectors to a sum.</summary>
        public Accumulation Accumulate(string left, string right, string sum) => new(width.Lanes, sum, left, right);

        /// <summary>The larger of each two lanes, NaN where one is.</summary>
        public string Max(string left, string right) => $"{(width.Lanes == VectorWidth.V128.Lanes ? "VectorLanes" : width.Type)}.Max({left}, {right})";

        /// <summary>A vector by a number. WebAssembly's interpreter multiplies vectors with vectors, but by numbers element by element.</summary>
        public string Times(string vector, string number) => width.Lanes == VectorWidth.V128.Lanes ? $"{vector} * All{width.Lanes}({number})" : $"{vector} * {number}";

        /// <summary>The statement that multiplies an element with vectors of weights, and adds to as many sums.</summary>
        public MultiplyAdd MultiplyAdd(string reference, Offset offset, IReadOnlyList<string> weights, IReadOnlyList<string> sums) =>
            new(width.Lanes, new Place(reference, offset), [.. weights], [.. sums]);

        /// <summary>The same at a known distance.</summary>
        public MultiplyAdd MultiplyAdd(string reference, int offset, IReadOnlyList<string> weights, IReadOnlyList<string> sums) =>
            width.MultiplyAdd(reference, new Offset(offset), weights, sums);
    }
}
