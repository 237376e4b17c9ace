namespace Cnn.Generator.Scheduling;

internal static class Names
{
    /// <summary>The stem of a node's methods: <c>conv1</c> gives <c>Conv1</c>.</summary>
    public static string Method(string node) => char.ToUpperInvariant(node[0]) + node.Substring(1);

    /// <summary>The name of a local that holds something of a node's: <c>conv1Gradient</c>.</summary>
    public static string Local(string node, string suffix) => node + suffix;
}
