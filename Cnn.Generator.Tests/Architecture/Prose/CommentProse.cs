using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Architecture.Prose;

/// <summary>The sentences of the comments and the XML documentation of a C# file; text in string literals is none of them.</summary>
internal static class CommentProse
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "summary", "remarks", "param", "typeparam", "returns", "value", "exception", "para", "item", "list", "term", "description", "example",
    };

    public static IEnumerable<Sentence> Sentences(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(documentationMode: DocumentationMode.Parse)).GetRoot();
        var comment = new StringBuilder();
        var (first, last) = (0, -2);
        foreach (var trivia in root.DescendantTrivia())
        {
            var line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            switch (trivia.Kind())
            {
                case SyntaxKind.SingleLineCommentTrivia:
                    if (line != last + 1)
                    {
                        foreach (var sentence in SentenceSplitter.Split(first, comment.ToString()))
                            yield return sentence;
                        comment.Clear();
                        first = line;
                    }

                    comment.Append(trivia.ToString().TrimStart('/', ' ')).Append(' ');
                    last = line;
                    break;
                case SyntaxKind.SingleLineDocumentationCommentTrivia:
                    foreach (var sentence in Documentation(line, trivia.ToFullString()))
                        yield return sentence;
                    break;
            }
        }

        foreach (var sentence in SentenceSplitter.Split(first, comment.ToString()))
            yield return sentence;
    }

    private static IEnumerable<Sentence> Documentation(int line, string comment)
    {
        var xml = string.Join('\n', comment.Split('\n').Select(text => text.TrimStart().TrimStart('/')));
        XElement root;
        try
        {
            root = XElement.Parse("<root>" + xml + "</root>", LoadOptions.SetLineInfo);
        }
        catch (XmlException)
        {
            // The compiler itself reports documentation that is no XML.
            yield break;
        }

        var paragraphs = new List<(int Line, StringBuilder Text)>();
        Gather(root, paragraphs);
        foreach (var paragraph in paragraphs)
        {
            foreach (var sentence in SentenceSplitter.Split(line + paragraph.Line - 1, paragraph.Text.ToString()))
                yield return sentence;
        }
    }

    /// <summary>Adds a paragraph for each block, and the text around a block within it as paragraphs of their own.</summary>
    private static void Gather(XElement element, List<(int Line, StringBuilder Text)> paragraphs)
    {
        paragraphs.Add((((IXmlLineInfo)element).LineNumber, new StringBuilder()));
        foreach (var node in element.Nodes())
        {
            if (node is XText text)
            {
                paragraphs[^1].Text.Append(text.Value);
            }
            else if (node is XElement child && Blocks.Contains(child.Name.LocalName))
            {
                Gather(child, paragraphs);
                paragraphs.Add((((IXmlLineInfo)child).LineNumber, new StringBuilder()));
            }
            else
            {
                paragraphs[^1].Text.Append(SentenceSplitter.Code);
            }
        }
    }
}
