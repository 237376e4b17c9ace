using Cnn.Generator.Declared;
using Cnn.Generator.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Finds, by the names of attributes alone, the classes that may have layers but no input.</summary>
internal static class LayersWithoutInput
{
    public static bool IsCandidate(SyntaxNode node)
    {
        if (!AttributeNames.IsClassWithAttributes(node))
            return false;
        var hasLayer = false;
        foreach (var name in AttributeNames.Of((TypeDeclarationSyntax)node))
        {
            if (name == "Input")
                return false;
            hasLayer |= LayerCatalog.IsKind(name) || StructuralAttributes.IsKind(name);
        }

        return hasLayer;
    }
}
