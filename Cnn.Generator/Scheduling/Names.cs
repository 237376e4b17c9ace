using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Parsing;

namespace Cnn.Generator.Scheduling;

internal static class Names
{
    private static readonly HashSet<string> ParameterNames =
        ["weights", "gradients", "workspace", "capacity", "count", "seed", "phase", "n"];

    /// <summary>
    /// The stem of a node's methods: <c>conv1</c> gives <c>Conv1</c>, <c>layer1.0.conv1</c> gives <c>Layer1_0_conv1</c>. A word without a
    /// number could be the name of a class that the methods call, and gets another behind it: <c>softmax</c> gives <c>SoftmaxLayer</c>.
    /// </summary>
    public static string Method(string node)
    {
        var identifier = Letters(node);
        var method = char.ToUpperInvariant(identifier[0]) + identifier.Substring(1);
        var isNumbered = char.IsDigit(method[method.Length - 1]) && !method.StartsWith("Vector", StringComparison.Ordinal);
        return isNumbered ? method : method + "Layer";
    }

    /// <summary>The name of a local that holds something of a node's: <c>conv1Gradient</c>.</summary>
    public static string Local(string node, string suffix) => node + suffix;

    /// <summary>
    /// The name as that of a local. Keywords, the parameters of the passes and what may be a class get an underscore before them.
    /// </summary>
    public static string Identifier(string name)
    {
        var letters = Letters(name);
        var isReserved = char.IsUpper(letters[0]) || ParameterNames.Contains(letters) || Identifiers.Escape(letters) != letters;
        return isReserved ? "_" + letters : letters;
    }

    private static string Letters(string name)
    {
        var letters = new string([.. name.Select(letter => letter == '.' ? '_' : letter)]);
        return char.IsDigit(letters[0]) ? "_" + letters : letters;
    }
}
