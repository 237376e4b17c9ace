using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Declared;

/// <summary>
/// What stands in the source about one network, without a position, a symbol or a syntax node: equal whenever the
/// generated code would be.
/// </summary>
/// <param name="Type">The class that receives the members.</param>
/// <param name="Form">What may be emitted into it.</param>
/// <param name="Input">The <c>[Input]</c>, or null where there is none.</param>
/// <param name="Layers">The other attributes in the order in which they are written.</param>
/// <param name="Faults">What is wrong with the class itself or with the places of the attributes.</param>
internal sealed record NetworkDeclaration(
    TypeIdentity Type,
    TypeForm Form,
    LayerDeclaration? Input,
    EquatableArray<LayerDeclaration> Layers,
    EquatableArray<Fault> Faults)
{
    /// <summary>Gets the <c>[Memory]</c>, or null where there is none.</summary>
    public LayerDeclaration? Memory { get; init; }

    /// <summary>Gets the <c>[Budget]</c>, or null where there is none.</summary>
    public LayerDeclaration? Budget { get; init; }

    /// <summary>What the project says.</summary>
    public BuildOptions Options { get; init; } = BuildOptions.Default;

    /// <summary>Gets the <c>[Weights]</c>, or null where there is none.</summary>
    public LayerDeclaration? Weights { get; init; }

    /// <summary>Gets what the build says of the file that it names; null where nobody has looked.</summary>
    public WeightsLookup? WeightsLookup { get; init; }

    /// <summary>Whether the order of the layers is known: all stand on one part of the class.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>Whether the shape that arrives at the first layer is beyond doubt.</summary>
    public bool HasOneInput { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether every attribute compiles and there is one input, so that the layers are what the user meant.
    /// </summary>
    public bool CanCompile => HasOneInput && Input is { IsBroken: false } && Weights is not { IsBroken: true } && !AnyBroken(Layers);

    /// <summary>Gets the keys of all blocks that it uses, those within blocks included.</summary>
    public IEnumerable<string> BlockKeys => Keys(Layers);

    /// <summary>Gets the names in its own <c>[Output]</c> attributes.</summary>
    public IEnumerable<string> NamedOutputs => Layers
        .Where(layer => layer.Kind == StructuralAttributes.Output && !layer.IsBroken)
        .Select(layer => layer.Find("of")?.Value as string ?? "")
        .Where(name => name.Length > 0);

    /// <summary>Gets a value indicating whether it declares how bytes become the numbers of its input.</summary>
    public bool TakesBytes => HasScaling(Input);

    /// <summary>Whether an <c>[Input]</c> declares how bytes become its numbers.</summary>
    public static bool HasScaling(LayerDeclaration? input) =>
        input is not null && (input.Find("Scale") ?? input.Find("Mean") ?? input.Find("Std")) is not null;

    private static bool AnyBroken(EquatableArray<LayerDeclaration> layers) =>
        layers.Any(layer => layer.IsBroken || layer.Blocks.Any(block => AnyBroken(block.Layers)));

    private static IEnumerable<string> Keys(EquatableArray<LayerDeclaration> layers) =>
        layers.SelectMany(layer => layer.Blocks).SelectMany(block => Keys(block.Layers).Prepend(block.Key));
}

/// <summary>What the class allows to be emitted.</summary>
/// <param name="TypeParameters"><c>&lt;T, U&gt;</c> or empty.</param>
/// <param name="IsExtensible">Whether another part can be added: it and its containers are partial and not file-local.</param>
/// <param name="IsStatic">Whether it is a static class, which can have neither instances nor interfaces.</param>
/// <param name="HasPrimaryConstructor">Whether every constructor must call the primary one.</param>
/// <param name="TakenMembers">Generated members, by name, whose place is taken by members of the class.</param>
internal sealed record TypeForm(
    string TypeParameters,
    bool IsExtensible,
    bool IsStatic,
    bool HasPrimaryConstructor,
    EquatableArray<string> TakenMembers)
{
    /// <summary>Gets the arguments with which a constructor calls the base class; empty where none are needed, null where it cannot.</summary>
    public string? BaseArguments { get; init; } = "";

    /// <summary>Gets a value indicating whether members are required of whoever creates it.</summary>
    public bool HasRequiredMembers { get; init; }

    /// <summary>Gets a value indicating whether C# lets it implement the interface of networks: none with a static member before C# 11.</summary>
    public bool CanImplement { get; init; } = true;

    /// <summary>Gets a value indicating whether it inherits all generated members from another network.</summary>
    public bool DerivesFromNetwork { get; init; }
}

/// <summary>One attribute.</summary>
/// <param name="Kind">Its name without <c>Attribute</c>; for one that does not compile, as it is written.</param>
/// <param name="Arguments">Its arguments, those of the constructor first.</param>
/// <param name="IsBroken">Whether C# itself reports an error about it, so that its values mean nothing.</param>
internal sealed record LayerDeclaration(string Kind, EquatableArray<Argument> Arguments, bool IsBroken)
{
    /// <summary>Gets the blocks that it names, each with the argument that does.</summary>
    public EquatableArray<BlockDeclaration> Blocks { get; init; } = [];

    /// <summary>Gets the way from the network to the block in which it stands: <c>Stem > </c>; empty in the network itself.</summary>
    public string Path { get; init; } = "";

    /// <summary>Gets the attribute in normal form, behind the way to it: <c>Stem > [Conv(16, 5, Stride = 2)]</c>.</summary>
    public string Text => Path + AttributeText.Of(this);

    public Argument? Find(string name)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == name)
                return argument;
        }

        return null;
    }
}

/// <summary>A class of layers without an input, where a network or another block uses it.</summary>
/// <param name="Argument">The argument that names it.</param>
/// <param name="Name">The class.</param>
/// <param name="Key">What tells it from every other class of the compilation.</param>
/// <param name="Layers">Its attributes, in order.</param>
/// <param name="Problem">Why it can be no block, with the way out; empty where it can.</param>
internal sealed record BlockDeclaration(
    string Argument, string Name, string Key, EquatableArray<LayerDeclaration> Layers, string Problem)
{
    /// <summary>Gets a value indicating whether it was not read because those before it have more layers than a network may have.</summary>
    public bool IsCutOff { get; init; }
}

internal enum ArgumentForm
{
    /// <summary>Of the constructor.</summary>
    Positional,

    /// <summary>A property: <c>Stride = 2</c>.</summary>
    Property,

    /// <summary>Of the constructor, not written.</summary>
    Default,
}

/// <summary>One argument of an attribute.</summary>
/// <param name="Name">The parameter (<c>kernel</c>) or the property (<c>Stride</c>).</param>
/// <param name="Value">
/// The constant: an int (also for an enumeration), a long, a double (also for a float), a bool, a string (also for the name of a type), an
/// EquatableArray of strings or doubles, or null.
/// </param>
/// <param name="Text">The constant as C# writes it.</param>
/// <param name="Form">How it is given.</param>
internal sealed record Argument(string Name, object? Value, string Text, ArgumentForm Form);
