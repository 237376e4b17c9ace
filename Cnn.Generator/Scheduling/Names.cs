using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Scheduling;

internal static class Names
{
    private static readonly HashSet<string> ParameterNames =
        ["weights", "gradients", "batch", "lowest", "turns", "n"];

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

    /// <summary>The name of the gradient of what a node reads.</summary>
    public static string Gradient(Node reader, int source) => reader.Sources[source] + "Gradient";

    /// <summary>
    /// The name as that of a local. Keywords, the parameters of the passes and what may be a class get an underscore before them.
    /// </summary>
    public static string Identifier(string name)
    {
        var letters = Letters(name);
        var mayBeMethod = letters[0] != '_' && !char.IsLower(letters[0]);
        var isReserved = mayBeMethod || ParameterNames.Contains(letters) || CSharpText.Identifier(letters) != letters;
        return isReserved ? "_" + letters : letters;
    }

    /// <summary>
    /// Names locals of one method by the last words of their tensors' names, as many as tell them apart: <c>layer1.0.conv1</c> is
    /// <c>conv1</c> where no other layer's is in use. Where two tensors bear the same name they are numbered.
    /// </summary>
    public static Dictionary<int, string> Locals(IReadOnlyList<(int Index, string Name)> tensors)
    {
        var locals = new Dictionary<int, string>();
        var taken = new HashSet<string>();
        var left = tensors.ToList();
        for (var words = 1; left.Count > 0; words++)
        {
            var longer = new List<(int Index, string Name)>();
            foreach (var alike in left.GroupBy(tensor => Ending(tensor.Name, words)))
            {
                var isAmbiguous = alike.Select(tensor => tensor.Name).Distinct().Count() > 1 || taken.Contains(Identifier(alike.Key));
                foreach (var (index, name) in alike)
                {
                    if (name != alike.Key && (isAmbiguous || char.IsDigit(alike.Key[0])))
                    {
                        longer.Add((index, name));
                        continue;
                    }

                    var local = Identifier(alike.Key);
                    for (var number = 2; !taken.Add(local); number++)
                        local = Identifier(alike.Key) + "_" + Infrastructure.Text.Number(number);
                    locals.Add(index, local);
                }
            }

            left = longer;
        }

        return locals;
    }

    /// <summary>The last words of a name.</summary>
    private static string Ending(string name, int words)
    {
        var start = name.Length;
        while (words-- > 0 && start > 0)
            start = name.LastIndexOf('.', start - 1);
        return name.Substring(start + 1);
    }

    private static string Letters(string name)
    {
        var letters = new string([.. name.Select(letter => letter == '.' ? '_' : letter)]);
        return char.IsDigit(letters[0]) ? "_" + letters : letters;
    }
}
