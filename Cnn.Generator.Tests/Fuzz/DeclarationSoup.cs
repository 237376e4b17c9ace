using System.Linq;
using Cnn.Tests.Support;
using CsCheck;

namespace Cnn.Generator.Tests.Fuzz;

/// <summary>Classes of every form with random attributes on them, each in a namespace of its own, and blocks that they use.</summary>
internal static class DeclarationSoup
{
    /// <summary>The types to which all of them refer.</summary>
    public const string Shared = """
        global using Cnn;

        static class Other
        {
            public const int Number = 3;
            public const double Ratio = 0.25;
            public const bool Flag = true;
            public const string Name = "a";
        }

        """;

    /// <summary>The type, with {0} where the attributes stand, and {1} where others stand on a second part.</summary>
    private static readonly string[] Forms =
    [
        "{0} public partial class Net;", "{0} public partial class Net;", "{0} public partial class Net;", "{0} public partial class Net;",
        "{0} class Net;", "{0} static partial class Net;", "{0} abstract partial class Net;", "{0} public sealed partial record Net;",
        "{0} partial struct Net;", "{0} partial record struct Net;", "{0} partial interface Net;", "{0} file partial class Net;",
        "{0} partial class Net<T> where T : class;", "{0} partial class Net(int x);", "{0} partial record Net(int X);",
        "partial class Outer {{ {0} private partial class Net; }}", "class Outer {{ {0} public partial class Net; }}",
        "partial class Outer<T> {{ public partial struct Inner {{ {0} partial class Net; }} }}",
        "{0} partial class Net; {1} partial class Net;", "partial class Net; {0} partial class Net; partial class Net {{ int x; }}",
        "{0} partial class Net; [System.Serializable] partial class Net; [System.Obsolete] {1} partial class Net;",
        "{0} partial class Net {{ public int Predict; public void Forward(System.ReadOnlySpan<float> a, System.Span<float> b) {{ }} }}",
        "{0} partial class Net {{ public Net(int seed) {{ }} public static int Summary => 1; public const int InputLength = 2; }}",
        "partial class Net; {0} partial class Net; partial class Net {{ int x; }} partial class Net : System.IDisposable {{ "
            + "public void Dispose() {{ }} }} [System.Serializable] partial class Net;",
        "partial class Net; {0} partial class Net; partial class Net; {1} partial class Net; partial class Net {{ }}",
        "{0} partial class @class;", "{0} partial class Net : System.Attribute;",
    ];

    /// <summary>Gets the text of one namespace, with {0} for its number.</summary>
    public static Gen<string> Namespace { get; } = Gen.Select(
        Draws.From(Forms),
        Gen.Frequency((9, AttributeSoup.Input), (1, Gen.Const(""))),
        Layers(1, 6),
        Layers(1, 2)).Select((form, input, layers, more) =>
            "#nullable disable\nnamespace N{0} {{ "
            + Escaped(string.Format(null, form, input.Length == 0 ? layers : "[" + input + "] " + layers, more)) + " }}");

    /// <summary>Gets blocks that may use each other: B0, B1 and so on.</summary>
    public static Gen<string> Blocks { get; } = Layers(1, 4).Array[AttributeSoup.Blocks].Select(blocks =>
        "#nullable disable\n" + string.Concat(blocks.Select((layers, index) => $"{layers} abstract partial class B{index};\n")));

    /// <summary>Attributes in lists of their own, or in one.</summary>
    private static Gen<string> Layers(int least, int most) => Gen.Select(AttributeSoup.Attribute.Array[least, most], Gen.Bool)
        .Select((layers, together) => "[" + string.Join(together ? ", " : "] [", layers) + "]");

    private static string Escaped(string text) =>
        text.Replace("{", "{{", System.StringComparison.Ordinal).Replace("}", "}}", System.StringComparison.Ordinal);
}
