using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>The values of a declaration, before any shape but the input's is known.</summary>
/// <param name="Input">What the input says.</param>
/// <param name="Items">One for each attribute.</param>
internal sealed record BuiltLayers(BuiltInput Input, EquatableArray<BuiltItem> Items)
{
    /// <summary>Gets the largest arena, in bytes, that is taken from the stack.</summary>
    public int StackLimit { get; init; } = Network.UsualStackLimit;

    /// <summary>Gets what the network may take.</summary>
    public EquatableArray<Allowance> Budget { get; init; } = [];
}

/// <summary>From attributes to layers: reads every argument and reports those that no input would make legal.</summary>
internal sealed class LayerBuilder
{
    private readonly FaultList _faults;
    private readonly HashSet<string> _readBlocks = [];

    private LayerBuilder(FaultList faults) => _faults = faults;

    public static BuiltLayers Build(NetworkDeclaration declaration, FaultList faults)
    {
        var input = InputReader.Read(declaration.Input, faults);
        var builder = new LayerBuilder(faults);
        var items = declaration.Layers.Select((layer, index) => builder.Item(layer, Place.Layer(index), faults)).ToList();
        builder.CheckCount(items);
        return new BuiltLayers(declaration.HasOneInput ? input : input with { Shape = null }, items.ToEquatableArray())
        {
            StackLimit = ReadStackLimit(declaration.Memory, faults),
            Budget = BudgetReader.Read(declaration.Budget, faults),
        };
    }

    private static int ReadStackLimit(LayerDeclaration? memory, FaultList faults) => memory is null or { IsBroken: true }
        ? Network.UsualStackLimit
        : new ArgumentReader(memory, Place.Memory, faults)
            .Within("StackLimit", "the limit of the stack", Network.UsualStackLimit, 0, Network.LargestStackLimit);

    private BuiltItem Item(LayerDeclaration declaration, Place place, FaultList faults)
    {
        if (declaration.IsBroken)
            return new BuiltLayer(declaration, place, null, null, null);
        var reader = new ArgumentReader(declaration, place, faults);
        if (declaration.Kind == StructuralAttributes.Output)
            return new BuiltOutput(declaration, place, reader.String("of") ?? "");
        var name = ReadName(declaration, "Name", place, faults);
        var from = reader.String("From");
        return declaration.Kind is StructuralAttributes.Block or StructuralAttributes.Residual
            ? Block(declaration, place, name, from, reader, faults)
            : new BuiltLayer(declaration, place, name, from, LayerCatalog.Get(declaration.Kind).Read(reader));
    }

    private BuiltBlock Block(
        LayerDeclaration declaration, Place place, string? name, string? from, ArgumentReader reader, FaultList faults)
    {
        var repeat = reader.Size("Repeat", "the number of repetitions");
        var shortcutName = ReadName(declaration, "ShortcutName", place, faults);
        foreach (var problem in declaration.Blocks.Where(block => block.Problem.Length > 0))
            faults.Report(Rules.NotABlock, place.At(problem.Argument), declaration.Text, problem.Name, problem.Problem);
        var shortcut = declaration.Blocks.FirstOrDefault(block => block.Argument == "Shortcut");
        var body = declaration.Blocks.FirstOrDefault(block => block.Argument != "Shortcut");
        return new BuiltBlock(
            declaration,
            place,
            name,
            from,
            (body?.Name ?? declaration.Kind).TrimStart('@').Split('<')[0].ToLowerInvariant(),
            repeat,
            declaration.Kind == StructuralAttributes.Residual,
            Items(declaration, body, place, faults),
            Items(declaration, shortcut, place, faults),
            shortcutName ?? "shortcut")
        {
            IsUnknown = reader.Failed || declaration.Blocks.Any(block => block.Problem.Length > 0),
            IsCutOff = declaration.Blocks.Any(block => block.IsCutOff),
        };
    }

    /// <summary>
    /// The layers of a block, whose faults are shown there and where the network uses it, with the path to them. What is wrong with their arguments
    /// is the same at every use and is reported at the first.
    /// </summary>
    private EquatableArray<BuiltItem> Items(LayerDeclaration user, BlockDeclaration? block, Place place, FaultList faults)
    {
        if (block is null || block.Problem.Length > 0)
            return [];
        var own = _readBlocks.Add(block.Key) ? faults : new FaultList();
        return block.Layers
            .Select((layer, index) => Item(layer with { Path = user.Path + block.Name + " > " }, place.Within(block.Key, index), own))
            .ToEquatableArray();
    }

    /// <summary>Reports the first attribute that brings the network over the limit, and keeps the walk from everything that does.</summary>
    private void CheckCount(List<BuiltItem> items)
    {
        var count = 0L;
        for (var i = 0; i < items.Count; i++)
        {
            count += items[i].Count;
            if (count <= StructuralAttributes.MostLayers)
                continue;
            var limit = Text.Grouped(StructuralAttributes.MostLayers);
            _faults.Report(Rules.TooManyLayers, items[i].Place, items[i].Declaration.Text, limit);
            for (; i < items.Count; i++)
            {
                if (items[i] is BuiltBlock block)
                    items[i] = block with { IsUnknown = true };
            }
        }
    }

    private static string? ReadName(LayerDeclaration declaration, string argument, Place place, FaultList faults)
    {
        if (declaration.Find(argument) is not { Value: string name })
            return null;
        var legal = name.Length > 0 && name != Network.InputName && name[0] != '.' && name[name.Length - 1] != '.'
            && name.Select((letter, i) => letter is '.' or '_' or (>= '0' and <= '9') || char.IsLetter(letter)
                || (IsMark(letter) && i > 0 && char.IsLetter(name[i - 1]))).All(isLegal => isLegal);
        if (!legal)
            faults.Report(Rules.IllegalName, place.At(argument), declaration.Text, AttributeText.Quoted(name));
        return name.Length > 0 ? name : null;
    }

    /// <summary>Whether it is an accent that stands behind its letter as a character of its own.</summary>
    private static bool IsMark(char letter) =>
        CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
