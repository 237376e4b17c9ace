using System.Linq;
using System.Xml.Linq;
using System.Xml.XPath;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cnn.Generator.Tests.Emission;

/// <summary>The documentation that an editor shows of a generated network.</summary>
public sealed class DocumentationTests
{
    private const string Title = "# Parameters";

    [Theory]
    [InlineData("Net")]
    [InlineData("@class")]
    [InlineData("Conv")]
    public void The_table_of_layers_stands_once_and_the_members_fetch_it_from_the_class(string name)
    {
        var run = Harness.Run("[Cnn.Input(8, 8, 1), Cnn.Conv(4, 3), Cnn.Flatten, Cnn.Dense(3)] public partial class " + name + ";");
        Assert.Empty(run.Problems);
        Assert.Equal(2, run.Source.Split(Title).Length);

        var tree = run.Files.Single().SyntaxTree;
        var reference = Assert.Single(tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<XmlEmptyElementSyntax>(), IsInherited);
        var cref = reference.Attributes.OfType<XmlCrefAttributeSyntax>().Single().Cref;
        var type = Assert.IsAssignableFrom<INamedTypeSymbol>(run.Output.GetSemanticModel(tree).GetSymbolInfo(cref).Symbol);
        Assert.Equal(name.TrimStart('@'), type.Name);

        // An editor evaluates the path below the element that holds the documentation.
        var path = reference.Attributes.OfType<XmlTextAttributeSyntax>().Single().TextTokens.ToString();
        var fetched = (System.Collections.IEnumerable)XDocument.Parse(type.GetDocumentationCommentXml()!).XPathEvaluate("/*" + path);
        Assert.Contains(Title, string.Concat(fetched.Cast<XNode>()), System.StringComparison.Ordinal);
    }

    /// <summary>The one that names a path: those of the contract inherit all.</summary>
    private static bool IsInherited(XmlEmptyElementSyntax element) => element.Name.ToString() == "inheritdoc" && element.Attributes.Count > 0;
}
