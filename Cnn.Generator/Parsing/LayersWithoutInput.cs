using System;
using System.Linq;
using Cnn.Generator.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Finds, by the names of attributes alone, the classes that may have layers but no input.</summary>
internal static class LayersWithoutInput
{
    public static bool IsCandidate(SyntaxNode node)
    {
        if (node is not (ClassDeclarationSyntax or RecordDeclarationSyntax))
            return false;
        var type = (TypeDeclarationSyntax)node;
        var hasLayer = false;
        foreach (var attribute in type.AttributeLists.SelectMany(list => list.Attributes))
        {
            var name = Name(attribute.Name);
            if (name == "Input")
                return false;
            hasLayer |= LayerCatalog.IsKind(name) || StructuralAttributes.IsKind(name);
        }

        return hasLayer;
    }

    private static string Name(NameSyntax syntax)
    {
        const string suffix = "Attribute";
        var name = syntax switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
    }
}
