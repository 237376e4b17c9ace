using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>The sentence that describes a node, in the documentation as in front of its call.</summary>
internal static class Sentences
{
    /// <summary>A few words for the calls of training, whose kernels inference has described where it has them too.</summary>
    public static string Short(Node node) => $"{node.Name}: {node.Layer.TableTitle}, {node.Output}";

    public static string Of(Node node)
    {
        var text = node.Name + ": " + node.Layer.Describe(node.Input);
        if (node.Residual is not null)
            text += "; then the sum with " + node.Sources[1];
        var behind = Epilogue.Of(node).Describe();
        if (behind.Length > 0)
            text += "; then " + behind;
        return node.Pool is null ? text : $"{text} -> {node.Output}";
    }
}
