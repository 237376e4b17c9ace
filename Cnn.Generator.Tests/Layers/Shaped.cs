using System.Collections.Generic;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.ShapeInference;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Layers;

/// <summary>Layers with the shapes that arrive at them, before any kernel is chosen.</summary>
internal static class Shaped
{
    /// <summary>Reads the layers of a network without error: <c>[Input(8, 8, 1), Conv(6, 5)]</c>.</summary>
    public static IReadOnlyList<Node> Nodes(string attributes)
    {
        var declaration = Declarations.Parse("using Cnn;\n" + attributes + " partial class Net;");
        var faults = new FaultList();
        var shaped = ShapeWalk.Run(declaration, LayerBuilder.Build(declaration, faults), faults);
        Assert.DoesNotContain(faults.ToEquatableArray(), fault => fault.IsError);
        return shaped.Nodes;
    }

    public static Node Last(string attributes)
    {
        var nodes = Nodes(attributes);
        return nodes[nodes.Count - 1];
    }
}
