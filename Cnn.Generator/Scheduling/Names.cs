using System.Linq;

namespace Cnn.Generator.Scheduling;

internal static class Names
{
    /// <summary>The stem of a node's methods: <c>conv1</c> gives <c>Conv1</c>, <c>layer1.0.conv1</c> gives <c>Layer1_0_conv1</c>.</summary>
    public static string Method(string node)
    {
        var identifier = Identifier(node);
        return char.ToUpperInvariant(identifier[0]) + identifier.Substring(1);
    }

    /// <summary>The name of a local that holds something of a node's: <c>conv1Gradient</c>.</summary>
    public static string Local(string node, string suffix) => node + suffix;

    /// <summary>The name as C# can write it.</summary>
    public static string Identifier(string name)
    {
        var letters = new string([.. name.Select(letter => letter == '.' ? '_' : letter)]);
        return char.IsDigit(letters[0]) ? "_" + letters : letters;
    }
}
