using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Parsing;

namespace Cnn.Generator.Layers;

/// <summary>One attribute among the layers, with the values of its arguments.</summary>
/// <param name="Declaration">The attribute.</param>
/// <param name="Place">Where its faults are shown.</param>
/// <param name="Name">What its <c>Name</c> says; null where it says nothing.</param>
/// <param name="From">What its <c>From</c> says.</param>
internal abstract record BuiltItem(LayerDeclaration Declaration, Place Place, string? Name, string? From);

/// <summary>A layer; null where its arguments leave its output unknown.</summary>
internal sealed record BuiltLayer(LayerDeclaration Declaration, Place Place, string? Name, string? From, Layer? Layer)
    : BuiltItem(Declaration, Place, Name, From);

/// <summary>An additional output.</summary>
internal sealed record BuiltOutput(LayerDeclaration Declaration, Place Place, string Of) : BuiltItem(Declaration, Place, null, null);

/// <summary>A block, so often one behind the other; with a shortcut past it where it is residual.</summary>
internal sealed record BuiltBlock(
    LayerDeclaration Declaration,
    Place Place,
    string? Name,
    string? From,
    string Stem,
    int Repeat,
    bool IsResidual,
    EquatableArray<BuiltItem> Body,
    EquatableArray<BuiltItem> Shortcut,
    string ShortcutName) : BuiltItem(Declaration, Place, Name, From);

/// <summary>How bytes become the numbers of an input: x * scale - mean, divided by std; one of each a channel.</summary>
internal sealed record InputScaling(double Scale, EquatableArray<double> Mean, EquatableArray<double> Std);

/// <summary>The values of a declaration, before any shape but the input's is known.</summary>
/// <param name="Input">Null where it is unknown.</param>
/// <param name="Layout">The memory order of input and output.</param>
/// <param name="Items">One for each attribute.</param>
internal sealed record BuiltLayers(Shape? Input, VolumeLayout Layout, EquatableArray<BuiltItem> Items)
{
    /// <summary>Gets how bytes become the numbers of the input; null where the input declares nothing of it.</summary>
    public InputScaling? Scaling { get; init; }
}

/// <summary>From attributes to layers: reads every argument and reports those that no input would make legal.</summary>
internal static class LayerBuilder
{
    public static BuiltLayers Build(NetworkDeclaration declaration, FaultList faults)
    {
        var input = InputReader.Read(declaration.Input, faults, out var layout, out var scaling);
        var items = declaration.Layers.Select((layer, index) => Item(layer, Place.Layer(index), faults)).ToEquatableArray();
        return new BuiltLayers(declaration.HasOneInput ? input : null, layout, items) { Scaling = scaling };
    }

    private static BuiltItem Item(LayerDeclaration declaration, Place place, FaultList faults)
    {
        if (declaration.IsBroken)
            return new BuiltLayer(declaration, place, null, null, null);
        var reader = new ArgumentReader(declaration, place, faults);
        if (declaration.Kind == StructuralAttributes.Output)
            return new BuiltOutput(declaration, place, reader.String("of") ?? "");
        var name = ReadName(declaration, place, faults);
        var from = reader.String("From");
        return declaration.Kind is StructuralAttributes.Block or StructuralAttributes.Residual
            ? Block(declaration, place, name, from, reader, faults)
            : new BuiltLayer(declaration, place, name, from, LayerCatalog.Get(declaration.Kind).Read(reader));
    }

    private static BuiltBlock Block(
        LayerDeclaration declaration, Place place, string? name, string? from, ArgumentReader reader, FaultList faults)
    {
        var repeat = reader.Size("Repeat", "the number of repetitions");
        foreach (var problem in declaration.Blocks.Where(block => block.Problem.Length > 0))
            faults.Report(Rules.NotABlock, place.At(problem.Argument), declaration.Text, problem.Name, problem.Problem);
        var shortcut = declaration.Blocks.FirstOrDefault(block => block.Argument == "Shortcut");
        var body = declaration.Blocks.FirstOrDefault(block => block.Argument != "Shortcut");
        return new BuiltBlock(
            declaration,
            place,
            name,
            from,
            (body?.Name ?? declaration.Kind).TrimStart('@').ToLowerInvariant(),
            reader.Failed ? 1 : repeat,
            declaration.Kind == StructuralAttributes.Residual,
            Items(declaration, body, place, faults),
            Items(declaration, shortcut, place, faults),
            reader.String("ShortcutName") ?? "shortcut");
    }

    /// <summary>The layers of a block, whose faults are shown where the network uses it, with the path to them.</summary>
    private static EquatableArray<BuiltItem> Items(LayerDeclaration user, BlockDeclaration? block, Place place, FaultList faults) =>
        block is null
            ? []
            : block.Layers
                .Select(layer => Item(layer with { Path = user.Path + block.Name + " > " }, place.Within, faults))
                .ToEquatableArray();

    private static string? ReadName(LayerDeclaration declaration, Place place, FaultList faults)
    {
        if (declaration.Find("Name") is not { Value: string name })
            return null;
        var legal = name.Length > 0 && name != Network.InputName && name.All(letter => letter is '.' or '_' || IsLetterOrDigit(letter))
            && name[0] != '.' && name[name.Length - 1] != '.';
        if (legal)
            return name;
        faults.Report(Rules.IllegalName, place.At("Name"), declaration.Text, name);
        return null;
    }

    private static bool IsLetterOrDigit(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
