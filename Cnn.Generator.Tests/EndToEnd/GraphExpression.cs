using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Turns genes into a legal graph: each step adds a layer where one of its kind fits, or nothing.</summary>
internal sealed class GraphExpression(GraphGenes genes)
{
    /// <summary>Elements of a value and multiply-adds of a layer that the reference, in scalar double precision, can afford.</summary>
    private const int LargestValue = 4_000;
    private const int LargestLayer = 150_000;

    private readonly List<ArchitectureLayer> _layers = [];
    private readonly List<VolumeShape> _shapes = [new(genes.Channels, genes.Height, genes.Width)];
    private readonly List<bool> _isVector = [genes.Height == 0];
    private readonly HashSet<int> _unread = [];
    private int? _from;

    /// <summary>Gets the number of the value that the next layer reads; -1 for the input.</summary>
    private int Current => _from ?? _layers.Count - 1;

    private VolumeShape Shape => ShapeOf(Current);

    public Architecture Architecture()
    {
        foreach (var step in genes.Steps)
            Express(step);
        _from = null;
        if (_layers.Count == 0)
            TryAdd("Relu", new ReferenceLayer.Relu());
        var outputs = _unread.Where(value => value != _layers.Count - 1).Order().ToArray();
        return new Architecture(genes.Height, genes.Width, genes.Channels, genes.IsHwc, _layers, genes.Samples)
        {
            Outputs = outputs,
            Block = genes.Block,
        };
    }

    private VolumeShape ShapeOf(int value) => _shapes[value + 1];

    private void Express(StepGene gene)
    {
        var isVector = _isVector[Current + 1];
        switch (gene.Kind)
        {
            case < 3:
                // Half of what follows a jump would else be lost.
                _from = _layers.Count == 0 ? null : (gene.A % (_layers.Count + 1)) - 1;
                if (_from == _layers.Count - 1)
                    _from = null;
                break;
            case < 9:
                Join(gene, isVector);
                break;
            default:
                if (isVector)
                    AddVector(gene);
                else
                    GraphVolumes.Add(gene, Shape, TryAdd);
                break;
        }
    }

    private void AddVector(StepGene gene)
    {
        if (gene.Kind % 3 == 0)
        {
            var units = Math.Clamp(gene.A, 1, Math.Max(1, LargestLayer / Shape.Length));
            TryAdd($"Dense({Text(units)}{(gene.Flag ? "" : ", Bias = false")})", new ReferenceLayer.Dense(units, gene.Flag));
        }
        else if (gene.Kind % 3 == 1)
        {
            GraphElements.Add(gene, TryAdd);
        }
        else
        {
            GraphElements.AddNormalization(gene, Shape, isVector: true, TryAdd);
        }
    }

    /// <summary>Joins the current value with one that fits.</summary>
    private void Join(StepGene gene, bool isVector)
    {
        var others = Enumerable.Range(-1, _layers.Count + 1).Where(value => value != Current && _isVector[value + 1] == isVector).ToList();
        bool IsGate(VolumeShape gate, VolumeShape volume) => gate.Pixels == 1 && gate.Channels == volume.Channels;
        var (attribute, layer, fits) = (gene.Kind % 3) switch
        {
            0 => ("Add", new ReferenceLayer.Add(), other => other == Shape),
            1 => ("Multiply", new ReferenceLayer.Multiply(), other => other == Shape || IsGate(other, Shape) || IsGate(Shape, other)),
            _ => ("Concat", (ReferenceLayer)new ReferenceLayer.Concat(), (Func<VolumeShape, bool>)(other => other.Pixels == Shape.Pixels && other.Height == Shape.Height)),
        };
        var fitting = others.Where(value => fits(ShapeOf(value))).ToList();
        if (fitting.Count > 0)
            TryAdd(attribute, layer, fitting[gene.A % fitting.Count]);
    }

    /// <summary>Adds a layer if the reference takes it and it is small enough.</summary>
    private void TryAdd(string attribute, ReferenceLayer layer, params int[] with)
    {
        var from = _from;
        var read = Current;
        var pixels = Shape.Pixels;
        _layers.Add(new ArchitectureLayer(attribute, layer) { From = from, With = with });
        VolumeShape shape;
        try
        {
            var architecture = new Architecture(genes.Height, genes.Width, genes.Channels, genes.IsHwc, _layers, 1);
            var reference = architecture.Reference(named: true);
            shape = reference.Shape(architecture.NameOf(_layers.Count - 1));
            var weights = reference.Parameters.Where(parameter => parameter.Name.StartsWith(architecture.NameOf(_layers.Count - 1) + ".", StringComparison.Ordinal));
            var cost = weights.Sum(weight => (long)weight.Values.Length) * (layer is ReferenceLayer.Dense ? 1 : Math.Max(shape.Pixels, pixels));
            if (shape.Length > LargestValue || cost > LargestLayer)
                throw new ArgumentException("It is too large.");
        }
        catch (ArgumentException exception) when (exception is not ArgumentOutOfRangeException { ParamName: "index" })
        {
            _layers.RemoveAt(_layers.Count - 1);
            return;
        }

        _from = null;
        _unread.Remove(read);
        foreach (var other in with)
            _unread.Remove(other);
        _unread.Add(_layers.Count - 1);
        _shapes.Add(shape);
        _isVector.Add(layer is ReferenceLayer.Flatten or ReferenceLayer.Dense
            || attribute.StartsWith("Reshape(", StringComparison.Ordinal) && !attribute.Contains(',', StringComparison.Ordinal)
            || (_isVector[read + 1] && !attribute.StartsWith("Reshape(", StringComparison.Ordinal)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Adds a layer if it fits.</summary>
internal delegate void AddLayerCall(string attribute, ReferenceLayer layer, params int[] with);
