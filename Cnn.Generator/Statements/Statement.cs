using System.Collections.Generic;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Statements;

/// <summary>
/// One statement of a kernel, as a value: what it reads and writes is named, so that it can be counted, moved and printed, and no text is read
/// again. The values of expressions are text still.
/// </summary>
internal abstract record Statement;

/// <summary>Statements in a scope of their own.</summary>
/// <param name="Statements">The statements.</param>
internal sealed record Block(IReadOnlyList<Statement> Statements) : Statement;

/// <summary>A loop.</summary>
/// <param name="Head">The head.</param>
/// <param name="Statements">The body.</param>
internal sealed record Loop(LoopHead Head, IReadOnlyList<Statement> Statements) : Statement
{
    /// <summary>Gets a value indicating whether its one statement needs no braces.</summary>
    public bool IsBrief { get; init; }
}

/// <summary>A branch; an <see cref="Otherwise"/> after it holds the other case.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Statements">The statements for the case that it holds.</param>
internal sealed record Branch(string Condition, IReadOnlyList<Statement> Statements) : Statement
{
    /// <summary>Gets a value indicating whether its one statement stands in the line of the condition.</summary>
    public bool IsBrief { get; init; }
}

/// <summary>The other case of the branch before it: its condition does not hold.</summary>
/// <param name="Statements">The statements.</param>
internal sealed record Otherwise(IReadOnlyList<Statement> Statements) : Statement;

/// <summary>Statements that belong together and stand in one line.</summary>
/// <param name="Statements">The statements, none of which holds others.</param>
internal sealed record Row(EquatableArray<Statement> Statements) : Statement;

/// <summary>Declares locals of one type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Locals">Their names, and their values where they have one.</param>
internal sealed record Declaration(LocalType Type, EquatableArray<LocalVariable> Locals) : Statement;

/// <summary>A local.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null if it has none yet.</param>
internal readonly record struct LocalVariable(string Name, string? Value = null);

/// <summary>Declares references to elements.</summary>
/// <param name="References">Their names and places.</param>
internal sealed record ReferenceDeclaration(EquatableArray<(string Name, Place Place)> References) : Statement;

/// <summary>Moves a reference.</summary>
/// <param name="Name">The reference.</param>
/// <param name="Place">Its place from now on.</param>
internal sealed record Advance(string Name, Place Place) : Statement;

/// <summary>Loads weights into a register.</summary>
/// <param name="Lanes">The floats of a vector.</param>
/// <param name="Target">The local.</param>
/// <param name="Place">The place of the first weight.</param>
internal sealed record Load(int Lanes, string Target, Place Place) : Statement;

/// <summary>Loads the element, or the vector, that the multiply-adds after it have in common.</summary>
/// <param name="Target">The local.</param>
/// <param name="Value">The load.</param>
internal sealed record Broadcast(string Target, string Value) : Statement;

/// <summary>Multiplies an element with vectors of weights, and adds to as many sums.</summary>
/// <param name="Lanes">The floats of a vector.</param>
/// <param name="Place">The element.</param>
/// <param name="Weights">The vectors.</param>
/// <param name="Sums">The sums.</param>
internal sealed record MultiplyAdd(int Lanes, Place Place, EquatableArray<string> Weights, EquatableArray<string> Sums) : Statement;

/// <summary>Adds the product of two vectors to a sum.</summary>
/// <param name="Lanes">The floats of a vector.</param>
/// <param name="Sum">The sum.</param>
/// <param name="Left">One vector.</param>
/// <param name="Right">The other.</param>
internal sealed record Accumulation(int Lanes, string Sum, string Left, string Right) : Statement;

/// <summary>Stores vectors side by side.</summary>
/// <param name="Lanes">The floats of a vector.</param>
/// <param name="Values">The vectors.</param>
/// <param name="Place">The place of the first element.</param>
internal sealed record Store(int Lanes, EquatableArray<string> Values, Place Place) : Statement;

/// <summary>Gives a local or an element another value.</summary>
/// <param name="Target">The local, or the element.</param>
/// <param name="Value">The value.</param>
/// <param name="IsAdded">Whether the value is added to the one before.</param>
internal sealed record Assignment(string Target, string Value, bool IsAdded = false) : Statement;

/// <summary>Fetches lines of memory into the cache that are needed later.</summary>
/// <param name="Place">An element of the first line.</param>
/// <param name="Distance">The stride of the lines in floats.</param>
/// <param name="Count">The lines.</param>
internal sealed record Fetch(Place Place, int Distance = 0, int Count = 1) : Statement;

/// <summary>Calls a method.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record Call(string Method, EquatableArray<CallArgument> Arguments) : Statement;

/// <summary>An argument of a call.</summary>
/// <param name="Text">A number, a local, a reference to an element, or what is computed from them.</param>
internal readonly record struct CallArgument(string Text)
{
    public static implicit operator CallArgument(string text) => new(text);

    public static implicit operator CallArgument(int number) => new(Infrastructure.Text.Number(number));

    public static implicit operator CallArgument(Place place) => new(place.ToString());

    public override string ToString() => Text;
}

/// <summary>A statement of no other kind.</summary>
/// <param name="Text">Its text.</param>
internal sealed record Raw(string Text) : Statement;
