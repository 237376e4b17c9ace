using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Planning;

/// <summary>Networks compiled up to their programs, without their code.</summary>
internal static class CheckedPrograms
{
    /// <summary>The files of the zoo that declare a network.</summary>
    public static IEnumerable<string> Zoo => Directory.GetFiles(Repository.Path("examples", "Zoo", "Networks"), "*.cs")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(name => name != "NormRelu")
        .Order();

    /// <summary>A network of the zoo.</summary>
    public static CompilerState OfZoo(string name, bool isPlanar)
    {
        var text = File.ReadAllText(Repository.Path("examples", "Zoo", "Networks", name + ".cs"));
        var norm = File.ReadAllText(Repository.Path("examples", "Zoo", "Networks", "NormRelu.cs"));
        var declared = text.IndexOf("[Input(", System.StringComparison.Ordinal);
        var end = text.IndexOf(")]", declared, System.StringComparison.Ordinal);
        return Of(Declarations.Parse(isPlanar ? text.Insert(end, ", Layout = Layout.Chw") : text, norm));
    }

    /// <summary>A random or given network.</summary>
    public static CompilerState Of(EndToEnd.Architecture architecture, bool isShared = false) =>
        Of(Declarations.Parse(architecture.Declaration("Network")), isShared);

    /// <summary>A declared network.</summary>
    public static CompilerState Of(string attributes, bool isShared = false) =>
        Of(Declarations.Parse($"using Cnn;\n{attributes}\npublic partial class Network;"), isShared);

    /// <summary>A network by its source.</summary>
    public static CompilerState OfSource(string source) => Of(Declarations.Parse(source));

    private static CompilerState Of(NetworkDeclaration declaration, bool isShared = false)
    {
        var options = isShared ? BuildOptions.Default with { SharedWork = 0 } : BuildOptions.Default;
        var state = CompilerPipeline.Check(declaration with { Options = options }, CancellationToken.None);
        Assert.DoesNotContain(state.Faults.ToEquatableArray(), fault => fault.IsError);
        return state;
    }
}
