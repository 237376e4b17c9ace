using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>The runtime has each function of vectors once: the build writes the other widths.</summary>
public sealed partial class WidthTests
{
    /// <summary>Moves between lanes, and loads of whole vectors beside those of a part: no text serves two widths.</summary>
    private static readonly string[] OfOneWidth = ["VectorLanes.cs", "VectorTail.cs"];

    [Fact]
    public void No_method_of_the_kernels_equals_another_but_for_the_width()
    {
        var files = Directory.GetFiles(Repository.Path("Cnn.Runtime", "Kernels"), "*.cs", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".256.cs"));
        Assert.Empty(
            from file in files
            where !OfOneWidth.Contains(Path.GetFileName(file))
            from method in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            where Width().IsMatch(method.ToString())
            group method.Identifier.Text by (Path.GetFileName(file), Width().Replace(method.ToString(), "")) into same
            where same.Count() > 1
            select (same.Key.Item1, same.First()));
    }

    [GeneratedRegex(@"(?<=[A-Za-z])(128|256|512)\b")]
    private static partial Regex Width();
}
