using System.Globalization;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling;

/// <summary>The sentence that describes a node, in the documentation as in front of its call.</summary>
internal static class Sentences
{
    public static string Of(Node node)
    {
        var text = node.Name + ": " + node.Layer.Describe(node.Input);
        var pool = node.Pool?.Layer is PoolLayer fused ? fused.IsMax ? FusedPool.Max : FusedPool.Average : FusedPool.None;
        var behind = new Epilogue(pool, node.Activation).Describe();
        if (behind.Length > 0)
            text += "; then " + behind;
        return pool == FusedPool.None ? text : string.Format(CultureInfo.InvariantCulture, "{0} -> {1}", text, node.Output);
    }
}
