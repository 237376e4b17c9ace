using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Declared;

/// <summary>The partial class that receives the generated members.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Containers">Declarations of the containing types, outermost first: <c>partial class Outer</c>.</param>
/// <param name="Keyword"><c>class</c> or <c>record</c>.</param>
/// <param name="Name">The identifier as it must be written, with <c>@</c> where needed.</param>
/// <param name="Accessibility"><c>public</c>, <c>internal</c>, ... as declared.</param>
/// <param name="HintName">A file name without extension that no other network in the compilation has.</param>
/// <param name="Identifier">The same as an identifier.</param>
internal sealed record TypeIdentity(
    string Namespace,
    EquatableArray<string> Containers,
    string Keyword,
    string Name,
    string Accessibility,
    string HintName,
    string Identifier);
