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
        CheckShape("the input", network.Input, violations);
        var values = new Dictionary<string, Shape> { [Network.InputName] = network.Input };
        var sources = new HashSet<int>();
        foreach (var node in network.Nodes)
        {
            CheckNode(node, values, violations);
            if (node.Source < 0 || !sources.Add(node.Source))
                violations.Add(node.Name + " stems from declaration " + Text.Number(node.Source) + ", which is none or another's");
        }

        foreach (var output in network.Outputs)
        {
            if (!values.ContainsKey(output))
                violations.Add("the output " + output + " is computed by no node");
        }

        return violations.ToEquatableArray();
    }

    private static void CheckNode(Node node, Dictionary<string, Shape> values, List<string> violations)
    {
        if (node.Name.Length == 0)
            violations.Add("a " + node.Layer.Kind + " has no name");
        if (node.Sources.Count != node.Inputs.Count || node.Sources.Count == 0)
            violations.Add(node.Name + " reads " + Text.Count(node.Sources.Count, "value") + " of " + Text.Count(node.Inputs.Count, "shape"));
        for (var i = 0; i < node.Sources.Count && i < node.Inputs.Count; i++)
        {
            if (!values.TryGetValue(node.Sources[i], out var arriving))
                violations.Add(node.Name + " reads " + node.Sources[i] + ", which no node before it computes");
            else if (node.Inputs[i] != arriving)
                violations.Add(node.Name + " expects " + Describe(node.Inputs[i]) + " but " + Describe(arriving) + " arrives");
        }

        CheckShape(node.Name, node.Output, violations);
        var computed = node.Layer.Infer(node.Inputs);
        if (node.Pool is { } pool)
        {
            if (values.ContainsKey(pool.Name) || pool.Name == node.Name)
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
        if (values.ContainsKey(node.Name))
            violations.Add("the name " + node.Name + " occurs twice");
        else
            values.Add(node.Name, node.Output);
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
