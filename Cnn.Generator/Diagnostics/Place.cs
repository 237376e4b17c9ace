using System.Globalization;

namespace Cnn.Generator.Diagnostics;

internal enum PlaceKind
{
    Type,
    Container,
    Member,

    /// <summary>A field or property of the class that nothing sets.</summary>
    Unset,

    /// <summary>A constructor of the class.</summary>
    Constructor,
    Input,
    ExtraInput,
    Layer,
    Weights,
    Memory,
    Budget,

    /// <summary>Within a block: the attribute of the network that uses it.</summary>
    Use,

    /// <summary>The attribute of a block, where it is written.</summary>
    OfBlock,
}

/// <summary>
/// Where in a declaration a fault lies, without a position in the text, so that moving the declaration changes no fault.
/// </summary>
/// <param name="Kind">The sort of thing.</param>
/// <param name="Index">Its number among its like, in the order in which they are written.</param>
/// <param name="Argument">The parameter or property of the attribute, or empty for the whole.</param>
internal readonly record struct Place(PlaceKind Kind, int Index, string Argument)
{
    private const char ElementMark = '#';

    /// <summary>Gets the block in which the attribute stands, by its key; null on the network.</summary>
    public string? Block { get; init; }

    /// <summary>Gets the number of the attribute among those of the block.</summary>
    public int IndexInBlock { get; init; }

    public static Place Type => new(PlaceKind.Type, 0, "");

    public static Place Input => new(PlaceKind.Input, 0, "");

    public static Place Weights => new(PlaceKind.Weights, 0, "");

    public static Place Memory => new(PlaceKind.Memory, 0, "");

    public static Place Budget => new(PlaceKind.Budget, 0, "");

    public static Place Container(int index) => new(PlaceKind.Container, index, "");

    public static Place Member(int index) => new(PlaceKind.Member, index, "");

    public static Place Unset(int index) => new(PlaceKind.Unset, index, "");

    public static Place Constructor(int index) => new(PlaceKind.Constructor, index, "");

    public static Place ExtraInput(int index) => new(PlaceKind.ExtraInput, index, "");

    public static Place Layer(int index) => new(PlaceKind.Layer, index, "");

    public static Place OfBlock(string block, int index) => new(PlaceKind.OfBlock, index, "") { Block = block };

    /// <summary>The place in the block where this is written; null on the network itself.</summary>
    public Place? InBlock() => Kind == PlaceKind.Use ? OfBlock(Block!, IndexInBlock).At(Argument) : null;

    /// <summary>The place of what stands in a block that this attribute uses.</summary>
    public Place Within(string block, int index) => new(PlaceKind.Use, Index, "") { Block = block, IndexInBlock = index };

    /// <summary>The argument of this attribute for a parameter or property.</summary>
    public Place At(string argument) => this with { Argument = argument };

    /// <summary>An element of a list: the list where it is the first or not written by itself.</summary>
    public Place At(string argument, int element) =>
        At(element == 0 ? argument : argument + ElementMark + element.ToString(CultureInfo.InvariantCulture));

    /// <summary>The list in which an element stands; what is no element is its own.</summary>
    public Place List() => Argument.IndexOf(ElementMark) is > 0 and var mark ? this with { Argument = Argument.Substring(0, mark) } : this;
}
