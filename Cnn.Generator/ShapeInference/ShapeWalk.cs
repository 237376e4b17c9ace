using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.ShapeInference;

/// <summary>The nodes whose shapes are known, the values that leave, and the shape that leaves where it is known.</summary>
internal sealed record ShapedNodes(EquatableArray<Node> Nodes, Shape? Output)
{
    public EquatableArray<string> Outputs { get; init; } = [];

    /// <summary>Gets their names as the declaration calls them.</summary>
    public EquatableArray<string> OutputLabels { get; init; } = [];

    /// <summary>Gets how much there was to say, hints included, until the shapes were known.</summary>
    public int Faults { get; init; }

    /// <summary>Gets the attribute of each node, in their order.</summary>
    public EquatableArray<BuiltItem> Items { get; init; } = [];
}

/// <summary>
/// Follows the shapes from the input through every layer and block. Behind a fault that leaves a shape unknown it checks nothing
/// that depends on the shape until a layer decides it anew, so that it reports all independent faults and none that only follows.
/// </summary>
internal sealed class ShapeWalk
{
    /// <summary>The most bytes of the full name of a layer: C# allows 1,023 in that of a method, and methods are told apart by their layers.</summary>
    private const int LongestName = 256;

    private readonly FaultList _faults;
    private readonly Shape? _input;
    private readonly List<Node> _nodes = [];
    private readonly List<BuiltItem> _items = [];
    private readonly Dictionary<string, Maker> _makers = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly List<Leaving> _outputs = [];
    private long _parameters;
    private bool _isComplete = true;
    private bool _hasLongName;

    private ShapeWalk(Shape? input, FaultList faults) => (_input, _faults) = (input, faults);

    public static ShapedNodes Run(NetworkDeclaration declaration, BuiltLayers built, FaultList faults)
    {
        // Where the order is unknown, so is every shape.
        if (!declaration.IsOrdered)
            return new ShapedNodes([], null);
        var walk = new ShapeWalk(built.Input.Shape, faults);
        var input = new Wire(Network.InputName, built.Input.Shape, new Producer("", declaration.Input?.Text ?? ""), declaration.Input?.Text ?? "");
        SoftmaxPlacement.Check(built.Items, faults);
        var last = walk.Follow(built.Items, new Scope(input), input);
        return walk.Finish(last);
    }

    private ShapedNodes Finish(Wire last)
    {
        var wires = _outputs.Select(output => output.Wire).Prepend(last).ToList();
        CheckOutputs(last);
        if (_isComplete && wires.All(wire => wire is { Shape: not null }))
            CheckReaders(wires.Select(wire => wire!.Node));
        var shape = !wires.All(wire => wire is { Shape: not null }) ? null
            : wires.Count == 1 ? last.Shape
            : (Shape?)Shape.Vector(wires.Sum(wire => wire!.Shape!.Value.Length));
        return new ShapedNodes(_nodes.ToEquatableArray(), shape)
        {
            Outputs = wires.Select(wire => wire?.Node ?? "").ToEquatableArray(),
            OutputLabels = _outputs.Select(output => output.Label).Prepend(last.Node).ToEquatableArray(),
            Items = _items.ToEquatableArray(),
            Faults = _faults.ToEquatableArray().Count,
        };
    }

    /// <summary>Walks the items of one scope.</summary>
    /// <returns>The value behind the last.</returns>
    private Wire Follow(EquatableArray<BuiltItem> items, Scope scope, Wire current)
    {
        var leaving = new List<(int Index, Leaving Output)>();
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (item is BuiltOutput output)
            {
                // It may stand before what it names, and keeps its place among the outputs.
                _outputs.Add(new Leaving(output));
                leaving.Add((i, _outputs[_outputs.Count - 1]));
                continue;
            }

            scope.IsVague |= item.Declaration.IsBroken;
            var start = item.From is null ? current : Resolve(items, i, "From", 0, item.From, scope) ?? current.ToUnknown();
            current = item is BuiltBlock block ? Use(block, scope, start) : Visit(items, i, scope, start);
        }

        foreach (var (index, output) in leaving)
            output.Wire = Resolve(items, index, "of", 0, output.Item.Of, scope);
        return current;
    }

    /// <summary>The value of a name, which must stand before its reader.</summary>
    private Wire? Resolve(EquatableArray<BuiltItem> items, int reader, string argument, int element, string name, Scope scope)
    {
        if (scope.Find(name) is { } wire)
            return wire;
        _isComplete = false;
        var item = items[reader];
        var place = item.Place.At(argument, element);
        var maker = reader;
        while (maker < items.Count && items[maker].Name != name)
            maker++;
        if (maker < items.Count)
        {
            var explained = Waiting.Explain(items, reader, maker);
            _faults.Report(Rules.NameDeclaredLater, place, item.Declaration.Text, AttributeText.Quoted(name), explained);
        }
        else if (!scope.IsVague)
        {
            ReportUnknown(item, place, name, scope);
        }

        return null;
    }

    private void ReportUnknown(BuiltItem item, Place place, string name, Scope scope)
    {
        var nearest = scope.Nearest(name);
        var meant = nearest is null ? "" : " (did you mean " + AttributeText.Quoted(nearest) + "?)";
        _faults.Report(
            Rules.UnknownName,
            place,
            nearest is null ? [] : [new Remedy(RemedyKind.ReplaceString, nearest, name)],
            item.Declaration.Text,
            AttributeText.Quoted(name) + meant,
            scope.Listed());
    }

    private Wire Visit(EquatableArray<BuiltItem> items, int index, Scope scope, Wire current)
    {
        var item = (BuiltLayer)items[index];
        if (item.Declaration.IsBroken)
        {
            _isComplete = false;
            return current.ToUnknown();
        }

        var with = item.Layer?.With ?? [];
        var joined = with.Select((name, i) => Resolve(items, index, "with", i, name, scope) ?? current.ToUnknown()).ToList();
        var stem = item.Layer?.NameStem ?? LayerCatalog.Get(item.Declaration.Kind).Stem;
        return Named(item, stem, scope, local => item.Layer is { } layer
            ? Place(item, layer, scope, local, [current, .. joined])
            : current.ToUnknown());
    }

    /// <summary>Gives an item its name, by which what it computes is known from then on.</summary>
    private Wire Named(BuiltItem item, string stem, Scope scope, System.Func<string, Wire> compute)
    {
        var isFree = item.Name is null || scope.Take(item.Name);
        if (!isFree)
            ReportTaken(item, "Name", item.Name!);
        var local = item.Name ?? scope.Next(stem);
        var result = compute(local);

        // What bears two values by one name gives neither.
        scope.Define(local, isFree ? result : result.ToUnknown(), item.Name is not null);
        _isComplete &= result.Shape is not null;
        return result;
    }

    private void ReportTaken(BuiltItem item, string argument, string name)
    {
        _isComplete = false;
        _faults.Report(Rules.NameTwice, item.Place.At(argument), item.Declaration.Text, AttributeText.Quoted(name));
    }

    /// <summary>Checks a layer where its inputs are known, and adds its node.</summary>
    private Wire Place(BuiltItem item, Layer layer, Scope scope, string local, EquatableArray<Wire> inputs)
    {
        var current = inputs[0];
        var declaration = item.Declaration;
        var name = scope.Prefix + local;
        CheckLength(item, name);
        Shape? shape;
        var node = "";
        if (inputs.All(wire => wire.Shape is not null))
        {
            var shapes = inputs.Select(wire => wire.Shape!.Value).ToEquatableArray();
            var producers = inputs.Select(wire => wire.Producer).ToEquatableArray();
            var check = new LayerCheck(declaration, item.Place, producers, current.VectorSince, _faults)
            {
                NetworkInput = _input,
                NameOfCurrent = () => scope.NameOf(current),
            };
            shape = layer.Check(shapes, check) ? Bounded(layer.Infer(shapes), layer, check) : null;
            if (shape is { } output)
            {
                CountParameters(shapes[0], layer, check);
                node = name;
                _nodes.Add(new Node(name, layer, inputs.Select(wire => wire.Node).ToEquatableArray(), shapes, output, _nodes.Count));
                _items.Add(item);
                _makers[name] = new Maker(item, local);
                _places[name] = _nodes.Count - 1;
            }
        }
        else
        {
            shape = layer.InferUnknown();
            _isComplete = false;
        }

        var vectorSince = shape is { IsVector: true } && current.Shape is not { IsVector: true } ? declaration.Text : current.VectorSince;
        var producer = layer.IsElementwise ? current.Producer : new Producer(name, layer.Title);
        return new Wire(node, shape, producer, vectorSince);
    }

    private Wire Use(BuiltBlock block, Scope scope, Wire current)
    {
        if (block.IsUnknown || block.Name is not null || block.Repeat == 1)
        {
            scope.IsVague |= block.IsUnknown && block.Repeat != 1;
            return Named(block, block.Stem, scope, local =>
                block.IsUnknown ? current.ToUnknown()
                : block.Repeat == 1 ? Turn(block, scope, local, current)
                : Turns(block, scope, () => scope.NextTurn(local), current));
        }

        return Turns(block, scope, () => scope.Next(block.Stem), current);
    }

    private Wire Turns(BuiltBlock block, Scope scope, System.Func<string> next, Wire current)
    {
        for (var turn = 0; turn < block.Repeat; turn++)
        {
            var local = next();
            current = Turn(block, scope, local, current);
            scope.Define(local, current);
        }

        return current;
    }

    private Wire Turn(BuiltBlock block, Scope scope, string local, Wire start)
    {
        var made = _nodes.Count;
        var inner = scope.Inner(local, start);
        var result = Follow(block.Body, inner, start);
        if (block.IsResidual)
            result = AddShortcut(block, inner, result, start);

        // From outside it is the block's: by its own name nobody could read it.
        if (_places.TryGetValue(result.Node, out var place) && place >= made)
            _makers[result.Node] = new Maker(block, local);
        return result;
    }

    private Wire AddShortcut(BuiltBlock block, Scope inner, Wire body, Wire start)
    {
        var shortcut = start;
        if (block.Shortcut.Count > 0)
        {
            if (!inner.Take(block.ShortcutName))
                ReportTaken(block, "ShortcutName", block.ShortcutName);
            shortcut = Follow(block.Shortcut, inner.Inner(block.ShortcutName, start), start);
        }

        if (body.Shape is { } left && shortcut.Shape is { } right && left != right)
        {
            var wayOut = block.Shortcut.Count > 0
                ? "make both leave the same shape"
                : "give it a Shortcut that turns " + right + " into " + left;
            _faults.Report(
                Rules.ResidualMismatch, block.Place, block.Declaration.Text, left.ToString(), right.ToString(), wayOut);
            _isComplete = false;
            return body.ToUnknown();
        }

        return Place(block, new AddLayer([]), inner, inner.Next("add"), [body, shortcut]);
    }

    /// <summary>Reports the first name that is too long for those of methods: a block's makes those of all its layers long.</summary>
    private void CheckLength(BuiltItem item, string name)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        if (length <= LongestName || _hasLongName)
            return;
        (_hasLongName, _isComplete) = (true, false);
        var place = item.Name is null ? item.Place : item.Place.At("Name");
        _faults.Report(Rules.NameTooLong, place, item.Declaration.Text, Text.Grouped(length), Text.Grouped(LongestName));
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

    /// <summary>Reports what leaves a second time.</summary>
    private void CheckOutputs(Wire last)
    {
        // Without a layer nothing leaves at all.
        if (last.Node == Network.InputName)
            return;
        var left = new Dictionary<string, string> { [last.Node] = "as that of the last layer" };
        foreach (var (item, wire) in _outputs.Select(output => (output.Item, output.Wire)))
        {
            if (wire is null || wire.Node.Length == 0)
                continue;
            if (left.TryGetValue(wire.Node, out var how))
                ReportLeaving(item, how);
            else
                left.Add(wire.Node, "by " + item.Declaration.Text);
        }
    }

    private void ReportLeaving(BuiltOutput item, string how) => _faults.Report(
        Rules.LeavesAlready,
        item.Place,
        [new Remedy(RemedyKind.Remove)],
        item.Declaration.Text,
        AttributeText.Quoted(item.Of),
        how);

    /// <summary>Reports what is computed for nobody.</summary>
    private void CheckReaders(IEnumerable<string> outputs)
    {
        var read = new HashSet<string>(_nodes.SelectMany(node => node.Sources).Concat(outputs));
        foreach (var node in _nodes.Where(node => !read.Contains(node.Name)))
        {
            var (item, local) = _makers[node.Name];
            _faults.Report(Rules.NobodyReads, item.Place, item.Declaration.Text, AttributeText.Quoted(local));
        }
    }

    /// <summary>What computes a value, and the name by which others can read it.</summary>
    private sealed record Maker(BuiltItem Item, string Name);

    /// <summary>An output in its place among the others; null while or where its value is not known.</summary>
    private sealed class Leaving(BuiltOutput item)
    {
        public BuiltOutput Item { get; } = item;

        public Wire? Wire { get; set; }

        /// <summary>Gets its name; within a block, where names are local, that of the node.</summary>
        public string Label => Item.Declaration.Path.Length == 0 ? Item.Of : Wire?.Node ?? "";
    }
}
