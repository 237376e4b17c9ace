using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Graph;

/// <summary>The order in which a volume lies in memory: channels innermost (HWC) or outermost (CHW).</summary>
internal enum VolumeLayout
{
    Hwc,
    Chw,
}

/// <summary>How exact inference has to be: a member for each of the runtime's.</summary>
internal enum NumericsMode
{
    Precise,
    Fast,
}

/// <summary>How bytes become the numbers of an input: x * scale - mean, divided by std; one of each a channel.</summary>
internal sealed record InputScaling(double Scale, EquatableArray<double> Mean, EquatableArray<double> Std);

/// <summary>
/// A network as a graph: nodes in an order in which each reads only what stands before it. A value bears the name of the node
/// that computes it. <see cref="Layout"/> orders the memory of input and output and what <c>[Flatten]</c> reads.
/// </summary>
/// <param name="Type">The class.</param>
/// <param name="Input">The shape of the input.</param>
/// <param name="Layout">The declared order.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Outputs">The values that leave, in the order in which they lie in the output; the last node's where it is empty.</param>
internal sealed record Network(
    TypeIdentity Type, Shape Input, VolumeLayout Layout, EquatableArray<Node> Nodes, EquatableArray<string> Outputs = default)
{
    /// <summary>The name of the value that enters.</summary>
    public const string InputName = "input";

    /// <summary>The largest arena, in bytes, that is taken from the stack unless the network says otherwise.</summary>
    public const int UsualStackLimit = 128 * 1024;

    /// <summary>The most bytes of stack that a network may allow: .NET's own threads have 1.5 MB, of which their callers need some.</summary>
    public const int LargestStackLimit = 1024 * 1024;

    private NetworkIndex.Memory _index;

    /// <summary>Gets the largest arena, in bytes, that is taken from the stack; 0 where it never is.</summary>
    public int StackLimit { get; init; } = UsualStackLimit;

    /// <summary>Gets the multiply-adds from which threads share one inference.</summary>
    public long SharedWork { get; init; } = BuildOptions.UsualSharedWork;

    /// <summary>Gets how bytes become the numbers of the input; null where none is declared.</summary>
    public InputScaling? Scaling { get; init; }

    /// <summary>Gets how exact inference has to be.</summary>
    public NumericsMode Numerics { get; init; }

    /// <summary>Gets the names of the values that leave.</summary>
    public IReadOnlyList<string> OutputNames => Index.OutputNames;

    /// <summary>Gets the names of the values that leave as the declaration calls them: the block's where a block made the value.</summary>
    public EquatableArray<string> OutputLabels { get; init; } = [];

    /// <summary>Gets the shape of the output; of several values their lengths together.</summary>
    public Shape Output
    {
        get
        {
            var names = OutputNames;
            return names.Count == 1 ? ShapeOf(names[0]) : Shape.Vector(names.Sum(name => ShapeOf(name).Length));
        }
    }

    /// <summary>Gets the shape of the last layer's output, with which every output begins.</summary>
    public Shape MainOutput => ShapeOf(OutputNames[0]);

    public Shape ShapeOf(string name) => name == InputName ? Input : Find(name).Output;

    public Node Find(string name) =>
        Index.PlaceOf(name) is >= 0 and var place ? Nodes[place] : throw new InvalidOperationException("no node " + name);

    /// <summary>The number of the node that computes a value; -1 where none does.</summary>
    public int PlaceOf(string name) => Index.PlaceOf(name);

    /// <summary>The nodes that read a value, each as often as it does.</summary>
    public IReadOnlyList<Node> Readers(string name) => Index.Readers(name);

    /// <summary>Whether a value leaves and nothing reads it.</summary>
    public bool OnlyOutputIs(string name) => IsOutput(name) && Readers(name).Count == 0;

    public bool IsOutput(string name) => Index.Departures(name) > 0;

    /// <summary>Whether a value leaves once and nothing reads it.</summary>
    public bool OnlyLeavesOnce(string name) => Index.Departures(name) == 1 && Readers(name).Count == 0;

    /// <summary>The floats before a value in the output, where it leaves.</summary>
    public int OutputOffset(string name) => Index.OffsetOf(name);

    /// <summary>The one node that reads a value, or null where it has several readers, none, or leaves the network.</summary>
    public Node? OnlyReader(string name)
    {
        var readers = Readers(name);
        return readers.Count == 1 && !IsOutput(name) ? readers[0] : null;
    }

    private NetworkIndex Index => _index.Index is { } known && known.IsOf(this) ? known : (_index.Index = new NetworkIndex(this));
}

/// <summary>One layer in its place.</summary>
/// <param name="Name">Unique within the network: <c>conv1</c>, <c>layer1.0.bn2</c>; parameters are named after it.</param>
/// <param name="Layer">What it computes.</param>
/// <param name="Sources">The values it reads.</param>
/// <param name="Inputs">Their shapes.</param>
/// <param name="Output">The shape that leaves, after the epilogue.</param>
/// <param name="Source">Its number in the order of declaration, which passes keep.</param>
internal sealed record Node(
    string Name, Layer Layer, EquatableArray<string> Sources, EquatableArray<Shape> Inputs, Shape Output, int Source)
{
    /// <summary>Gets the shape of the first value it reads.</summary>
    public Shape Input => Inputs[0];

    /// <summary>A batch normalisation folded into the weights, or null. Applied before <see cref="Pool"/>.</summary>
    public Node? BatchNorm { get; init; }

    /// <summary>A sum fused behind the layer, whose other summand is the second value it reads, or null. Applied before <see cref="Activation"/>.</summary>
    public Node? Residual { get; init; }

    /// <summary>A pooling fused behind the layer, or null. Applied before <see cref="Activation"/>.</summary>
    public Node? Pool { get; init; }

    /// <summary>An activation fused behind the layer and its pooling, or null.</summary>
    public Layer? Activation { get; init; }
}
