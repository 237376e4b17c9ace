using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Graph;

/// <summary>The order in which a volume lies in memory: channels innermost (HWC) or outermost (CHW).</summary>
internal enum VolumeLayout
{
    Hwc,
    Chw,
}

/// <summary>The partial class that receives the generated members.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Containers">Declarations of the containing types, outermost first: <c>partial class Outer</c>.</param>
/// <param name="Keyword"><c>class</c> or <c>record</c>.</param>
/// <param name="Name">The identifier as it must be written, with <c>@</c> where needed.</param>
/// <param name="Accessibility"><c>public</c>, <c>internal</c>, ... as declared.</param>
/// <param name="HintName">A file name without extension that no other network in the compilation has.</param>
internal sealed record TypeIdentity(
    string Namespace,
    EquatableArray<string> Containers,
    string Keyword,
    string Name,
    string Accessibility,
    string HintName);

/// <summary>
/// A network as a chain of nodes. <see cref="Layout"/> orders the memory of input and output and what <c>[Flatten]</c> reads.
/// </summary>
internal sealed record Network(TypeIdentity Type, Shape Input, VolumeLayout Layout, EquatableArray<Node> Nodes)
{
    public Shape Output => Nodes.Count == 0 ? Input : Nodes[Nodes.Count - 1].Output;
}

/// <summary>One layer in its place: it reads the output of the node before it.</summary>
/// <param name="Name">Unique within the network: <c>conv1</c>, <c>pool1</c>, <c>dense2</c>, <c>relu3</c>; parameters are named after
/// it.</param>
/// <param name="Layer">What it computes.</param>
/// <param name="Input">The shape that arrives.</param>
/// <param name="Output">The shape that leaves, after the epilogue.</param>
/// <param name="Source">Index of the declaration in the network's list of layers, for messages and the table.</param>
internal sealed record Node(string Name, Layer Layer, Shape Input, Shape Output, int Source)
{
    /// <summary>A pooling fused behind the layer, or null. Applied before <see cref="Activation"/>.</summary>
    public Node? Pool { get; init; }

    /// <summary>An activation fused behind the layer and its pooling, or null.</summary>
    public ActivationLayer? Activation { get; init; }
}
