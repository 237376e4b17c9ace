using System.Globalization;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>The sentence that describes a node, in the documentation as in front of its call.</summary>
internal static class Sentences
{
    public static string Of(Node node)
    {
        var text = node.Name + ": " + node.Layer.Describe(node.Input);
        var behind = Epilogue.Of(node).Describe();
        if (behind.Length > 0)
            text += "; then " + behind;
        return node.Pool is null ? text : string.Format(CultureInfo.InvariantCulture, "{0} -> {1}", text, node.Output);
    }
}
