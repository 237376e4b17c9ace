using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Statements;

/// <summary>An element: so far from a reference.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Offset">The distance in elements.</param>
internal readonly record struct Place(string Reference, Offset Offset)
{
    public Place(string reference, int offset)
        : this(reference, new Offset(offset))
    {
    }

    /// <summary>Gets a value indicating whether it counts bytes, not floats.</summary>
    public bool IsOfBytes { get; init; }

    /// <summary>The place as a reference: <c>ref Add(ref source, 12)</c>.</summary>
    public override string ToString() =>
        Offset.IsZero ? $"ref {Reference}" : $"ref Add{(IsOfBytes ? "Bytes" : "")}(ref {Reference}, {Offset})";
}

/// <summary>A distance: a constant, and products of indices with strides.</summary>
/// <param name="Constant">The constant.</param>
/// <param name="Terms">The products.</param>
internal readonly record struct Offset(int Constant, EquatableArray<(string Index, int Stride)> Terms)
{
    public Offset(int constant)
        : this(constant, [])
    {
    }

    /// <summary>Gets a value indicating whether it is none.</summary>
    public bool IsZero => Constant == 0 && Terms.Count == 0;

    /// <summary>The sum of a constant and products, without those that are zero.</summary>
    public static Offset Of(int constant, params IEnumerable<(string Index, int Stride)> terms)
    {
        List<(string, int)> kept = [];
        foreach (var (index, stride) in terms)
        {
            if (stride != 0 && index.Length > 0)
                kept.Add((index, stride));
        }

        return new Offset(constant, [.. kept]);
    }

    /// <summary>The sum in source: <c>12 + y * 64</c>.</summary>
    public override string ToString() => Join(Constants.Concat(Products));

    /// <summary>The sum as it is read where an index runs and the constant tells its neighbours apart: <c>i + 12</c>.</summary>
    public string FromIndex() => Join(Products.Concat(Constants));

    /// <summary>The sum as a factor: in parentheses where it is one, nothing where it is zero.</summary>
    public string Factor() => IsZero ? ""
        : Terms.Count == 0 || (Constant == 0 && Terms.Count == 1 && Terms[0].Stride == 1) ? ToString()
        : $"({this})";

    private IEnumerable<string> Constants => Constant == 0 ? [] : [Text.Number(Constant)];

    private IEnumerable<string> Products =>
        Terms.Select(term => term.Stride == 1 ? term.Index : $"{term.Index} * {Text.Number(term.Stride)}");

    private static string Join(IEnumerable<string> terms)
    {
        var text = string.Join(" + ", terms);
        return text.Length == 0 ? "0" : text;
    }
}
