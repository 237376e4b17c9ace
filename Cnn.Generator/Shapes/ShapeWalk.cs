using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Parsing;

namespace Cnn.Generator.Shapes;

/// <summary>The nodes whose shapes are known, and the shape that leaves the network where it is known.</summary>
internal sealed record ShapedNodes(EquatableArray<Node> Nodes, Shape? Output);

/// <summary>
/// Follows the shape from the input through every layer. Behind a fault that leaves the shape unknown it checks nothing that
/// depends on the shape until a layer decides it anew, so that it reports all independent faults and none that only follows.
/// </summary>
internal sealed class ShapeWalk
{
    private readonly NetworkDeclaration _declaration;
    private readonly BuiltLayers _built;
    private readonly FaultList _faults;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<Node> _nodes = [];
    private Shape? _shape;
    private Producer _producer;
    private string _vectorSince = "";
    private long _parameters;

    private ShapeWalk(NetworkDeclaration declaration, BuiltLayers built, FaultList faults)
    {
        _declaration = declaration;
        _built = built;
        _faults = faults;
        _shape = built.Input;
        _producer = new Producer("", declaration.Input?.Text ?? "");
    }

    public static ShapedNodes Run(NetworkDeclaration declaration, BuiltLayers built, FaultList faults)
    {
        // Where the order is unknown, so is every shape.
        if (!declaration.IsOrdered)
            return new ShapedNodes([], null);
        var walk = new ShapeWalk(declaration, built, faults);
        for (var i = 0; i < built.Layers.Count; i++)
        {
            walk.CheckSoftmaxIsLast(i);
            walk.Visit(i);
        }

        return new ShapedNodes(walk._nodes.ToEquatableArray(), walk._shape);
    }

    private void Visit(int index)
    {
        var declaration = _declaration.Layers[index];
        var layer = _built.Layers[index];
        if (layer is null)
        {
            if (!declaration.IsBroken)
                NextName(LayerCatalog.Get(declaration.Kind).Stem);
            _shape = null;
            return;
        }

        var name = NextName(layer.NameStem);
        var input = _shape;
        if (input is { } known)
        {
            var check = new LayerCheck(declaration, Place.Layer(index), _producer, _vectorSince, _faults);
            _shape = layer.Check(known, check) ? Bounded(layer.Infer(known), layer, check) : null;
            if (_shape is { } output)
            {
                CountParameters(known, layer, check);
                _nodes.Add(new Node(name, layer, known, output, index));
            }
        }
        else
        {
            _shape = layer.InferUnknown();
        }

        if (!layer.IsElementwise)
            _producer = new Producer(name, layer.Title);
        if (_shape is { IsVector: true } && input is not { IsVector: true })
            _vectorSince = declaration.Text;
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

    private void CheckSoftmaxIsLast(int index)
    {
        if (_declaration.Layers[index] is not { IsBroken: false, Kind: "Softmax" } softmax)
            return;
        if (_declaration.Layers.Skip(index + 1).FirstOrDefault(layer => !layer.IsBroken) is { } next)
            _faults.Report(Rules.SoftmaxNotLast, Place.Layer(index), softmax.Text, next.Text);
    }

    private string NextName(string stem)
    {
        _numbers.TryGetValue(stem, out var number);
        _numbers[stem] = number + 1;
        return stem + Text.Number(number + 1);
    }
}
