using System.Collections.Generic;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Graph;

/// <summary>
/// What every stage may rely on. A violation is a defect of the stage before, never of the user's declaration, and is
/// described, not thrown.
/// </summary>
internal static class NetworkVerifier
{
    public static EquatableArray<string> Verify(Network network)
    {
        var violations = new List<string>();
        if (network.Input.IsVector)
            violations.Add("the input " + network.Input + " is not a volume");
        CheckShape("the input", network.Input, violations);
        var names = new HashSet<string>();
        var arriving = network.Input;
        var sources = new HashSet<int>();
        foreach (var node in network.Nodes)
        {
            CheckNode(node, arriving, names, violations);
            if (node.Source < 0 || !sources.Add(node.Source))
                violations.Add(node.Name + " stems from declaration " + Text.Number(node.Source) + ", which is none or another's");
            arriving = node.Output;
        }

        return violations.ToEquatableArray();
    }

    private static void CheckNode(Node node, Shape arriving, HashSet<string> names, List<string> violations)
    {
        if (node.Name.Length == 0)
            violations.Add("a " + node.Layer.Kind + " has no name");
        if (!names.Add(node.Name))
            violations.Add("the name " + node.Name + " occurs twice");
        if (node.Input != arriving)
            violations.Add(node.Name + " expects " + Describe(node.Input) + " but " + Describe(arriving) + " arrives");
        CheckShape(node.Name, node.Output, violations);

        var computed = node.Layer.Infer(node.Input);
        if (node.Pool is { } pool)
        {
            if (!names.Add(pool.Name))
                violations.Add("the name " + pool.Name + " occurs twice");
            if (pool.Input != computed)
            {
                violations.Add(pool.Name + ", fused into " + node.Name + ", expects " + Describe(pool.Input) + " but gets "
                    + Describe(computed));
            }

            computed = pool.Layer.Infer(pool.Input);
        }

        if (node.Output != computed)
            violations.Add(node.Name + " claims " + Describe(node.Output) + " but computes " + Describe(computed));
    }

    private static void CheckShape(string name, Shape shape, List<string> violations)
    {
        if (shape.Height < 1 || shape.Width < 1 || shape.Channels < 1)
            violations.Add(name + " has the empty shape " + shape);
        else if (shape.LongLength > int.MaxValue)
            violations.Add(name + " has the shape " + shape + ", too large to count");
    }

    private static string Describe(Shape shape) => (shape.IsVector ? "a vector of " : "a volume of ") + shape;
}
