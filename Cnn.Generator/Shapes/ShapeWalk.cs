using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Parsing;

namespace Cnn.Generator.Shapes;

/// <summary>The nodes whose shapes are known, the values that leave, and the shape that leaves where it is known.</summary>
internal sealed record ShapedNodes(EquatableArray<Node> Nodes, Shape? Output)
{
    public EquatableArray<string> Outputs { get; init; } = [];
}

/// <summary>
/// Follows the shapes from the input through every layer and block. Behind a fault that leaves a shape unknown it checks nothing
/// that depends on the shape until a layer decides it anew, so that it reports all independent faults and none that only follows.
/// </summary>
internal sealed class ShapeWalk
{
    private readonly FaultList _faults;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, (BuiltItem Item, string Text)> _makers = [];
    private readonly List<(Wire Wire, BuiltOutput Item)> _outputs = [];
    private long _parameters;

    private ShapeWalk(FaultList faults) => _faults = faults;

    public static ShapedNodes Run(NetworkDeclaration declaration, BuiltLayers built, FaultList faults)
    {
        // Where the order is unknown, so is every shape.
        if (!declaration.IsOrdered)
            return new ShapedNodes([], null);
        var walk = new ShapeWalk(faults);
        var input = new Wire(Network.InputName, built.Input, new Producer("", declaration.Input?.Text ?? ""), declaration.Input?.Text ?? "");
        var scope = new Scope("", input);
        SoftmaxPlacement.Check(built.Items, faults);
        var last = walk.Follow(built.Items, scope, input);
        return walk.Finish(last);
    }

    private ShapedNodes Finish(Wire last)
    {
        var wires = _outputs.Select(output => output.Wire).Prepend(last).ToList();
        var isKnown = wires.All(wire => wire.Shape is not null);
        if (isKnown && !_faults.HasErrors)
            CheckReaders(wires.Select(wire => wire.Node));
        var shape = !isKnown ? null
            : wires.Count == 1 ? last.Shape
            : (Shape?)Shape.Vector(wires.Sum(wire => wire.Shape!.Value.Length));
        return new ShapedNodes(_nodes.ToEquatableArray(), shape) { Outputs = wires.Select(wire => wire.Node).ToEquatableArray() };
    }

    /// <summary>Walks the items of one scope.</summary>
    /// <returns>The value behind the last.</returns>
    private Wire Follow(EquatableArray<BuiltItem> items, Scope scope, Wire current)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (item is BuiltOutput output)
            {
                if (Resolve(output, "of", output.Of, scope, items.Skip(i + 1)) is { } wire)
                    _outputs.Add((wire, output));
                continue;
            }

            var start = item.From is null ? current : Resolve(item, "From", item.From, scope, items.Skip(i + 1)) ?? Unknown(current);
            current = item switch
            {
                BuiltBlock block => Use(block, scope, start),
                BuiltLayer layer => Visit(layer, scope, start, items.Skip(i + 1)),
                _ => current,
            };
        }

        return current;
    }

    private static Wire Unknown(Wire wire) => wire with { Node = "", Shape = null };

    /// <summary>The value of a name, which must stand before its reader.</summary>
    private Wire? Resolve(BuiltItem reader, string argument, string name, Scope scope, IEnumerable<BuiltItem> later)
    {
        if (scope.Find(name) is { } wire)
            return wire;
        var place = reader.Place.At(argument);
        if (later.Prepend(reader).FirstOrDefault(item => item.Name == name) is { } behind)
            _faults.Report(Rules.NameDeclaredLater, place, reader.Declaration.Text, name, behind.Declaration.Text);
        else
            _faults.Report(Rules.UnknownName, place, reader.Declaration.Text, name, string.Join(", ", scope.Names));
        return null;
    }

    private string NameOf(BuiltItem item, string stem, Scope scope)
    {
        if (item.Name is not { } name)
            return scope.Next(stem);
        if (!scope.Take(name))
            _faults.Report(Rules.NameTwice, item.Place.At("Name"), item.Declaration.Text, name);
        return name;
    }

    private Wire Visit(BuiltLayer item, Scope scope, Wire current, IEnumerable<BuiltItem> later)
    {
        if (item.Layer is not { } layer)
        {
            var known = !item.Declaration.IsBroken;
            var ghost = known ? NameOf(item, LayerCatalog.Get(item.Declaration.Kind).Stem, scope) : "";
            var nothing = Unknown(current);
            if (known)
                scope.Define(ghost, nothing);
            return nothing;
        }

        var joined = layer.With.Select(name => Resolve(item, "with", name, scope, later) ?? Unknown(current)).ToList();
        var local = NameOf(item, layer.NameStem, scope);
        var result = Place(item, layer, scope.Prefix + local, [current, .. joined]);
        scope.Define(local, result);
        return result;
    }

    /// <summary>Checks a layer where its inputs are known, and adds its node.</summary>
    private Wire Place(BuiltItem item, Layer layer, string name, EquatableArray<Wire> inputs)
    {
        var current = inputs[0];
        var declaration = item.Declaration;
        Shape? shape;
        var node = "";
        if (inputs.All(wire => wire.Shape is not null))
        {
            var shapes = inputs.Select(wire => wire.Shape!.Value).ToEquatableArray();
            var producers = inputs.Select(wire => wire.Producer).ToEquatableArray();
            var check = new LayerCheck(declaration, item.Place, producers, current.VectorSince, _faults);
            shape = layer.Check(shapes, check) ? Bounded(layer.Infer(shapes), layer, check) : null;
            if (shape is { } output)
            {
                CountParameters(shapes[0], layer, check);
                node = name;
                _nodes.Add(new Node(name, layer, inputs.Select(wire => wire.Node).ToEquatableArray(), shapes, output, _nodes.Count));
                _makers[name] = (item, declaration.Text);
            }
        }
        else
        {
            shape = layer.InferUnknown();
        }

        var vectorSince = shape is { IsVector: true } && current.Shape is not { IsVector: true } ? declaration.Text : current.VectorSince;
        var producer = layer.IsElementwise ? current.Producer : new Producer(name, layer.Title);
        return new Wire(node, shape, producer, vectorSince);
    }

    private Wire Use(BuiltBlock block, Scope scope, Wire current)
    {
        if (block.Declaration.Blocks.Any(inner => inner.Problem.Length > 0))
            return Unknown(current);
        var name = block.Name is null ? "" : NameOf(block, block.Stem, scope);
        for (var turn = 0; turn < block.Repeat; turn++)
        {
            var local = block.Name is null ? scope.Next(block.Stem) : block.Repeat == 1 ? name : name + "." + Text.Number(turn);
            var inner = new Scope(scope.Prefix + local + ".", current);
            var body = Follow(block.Body, inner, current);
            current = block.IsResidual ? AddShortcut(block, inner, body, current) : body;
            scope.Define(local, current);
        }

        if (block.Name is not null)
            scope.Define(name, current);
        return current;
    }

    private Wire AddShortcut(BuiltBlock block, Scope inner, Wire body, Wire start)
    {
        var shortcut = start;
        if (block.Shortcut.Count > 0)
            shortcut = Follow(block.Shortcut, new Scope(inner.Prefix + block.ShortcutName + ".", start), start);
        if (body.Shape is { } left && shortcut.Shape is { } right && left != right)
        {
            var wayOut = block.Shortcut.Count > 0
                ? "make both leave the same shape"
                : "give it a Shortcut that turns " + right + " into " + left;
            _faults.Report(
                Rules.ResidualMismatch, block.Place, block.Declaration.Text, left.ToString(), right.ToString(), wayOut);
            return Unknown(body);
        }

        return Place(block, new AddLayer([]), inner.Prefix + inner.Next("add"), [body, shortcut]);
    }

    private Shape? Bounded(Shape output, Layer layer, LayerCheck check)
    {
        if (output.LongLength <= SizeLimits.LargestArray)
            return output;
        check.Report(
            Rules.ActivationTooLarge,
            "",
            "an output of " + output,
            Text.Grouped(output.LongLength),
            Text.Grouped(SizeLimits.LargestArray),
            layer.Smaller);
        return null;
    }

    /// <summary>Reports the first layer that brings the network over the limit.</summary>
    private void CountParameters(Shape input, Layer layer, LayerCheck check)
    {
        var before = _parameters;
        _parameters += layer.ParameterCount(input);
        if (before > SizeLimits.LargestArray || _parameters <= SizeLimits.LargestArray)
            return;
        check.Report(Rules.TooManyParameters, "", Text.Grouped(_parameters), Text.Grouped(SizeLimits.LargestArray), layer.Smaller);
    }

    /// <summary>Reports what is computed for nobody.</summary>
    private void CheckReaders(IEnumerable<string> outputs)
    {
        var read = new HashSet<string>(_nodes.SelectMany(node => node.Sources).Concat(outputs));
        foreach (var node in _nodes.Where(node => !read.Contains(node.Name)))
        {
            var (item, text) = _makers[node.Name];
            _faults.Report(Rules.NobodyReads, item.Place, text, node.Name);
        }
    }
}
