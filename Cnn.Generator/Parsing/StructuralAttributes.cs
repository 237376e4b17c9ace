using System.Linq;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Parsing;

/// <summary>The attributes that stand among the layers and are none: they use blocks, or name outputs.</summary>
internal static class StructuralAttributes
{
    public const string Block = "Block";

    public const string Residual = "Residual";

    public const string Output = "Output";

    /// <summary>The most layers that a network may have, with those of its blocks counted at every use.</summary>
    public const int MostLayers = 4096;

    private static readonly string[] Kinds = [Block, Residual, Output];

    public static bool IsKind(string kind) => Kinds.Contains(kind);

    public static bool IsMetadataName(string name) => Kinds.Any(kind => name == "Cnn." + kind + "Attribute");

    public static bool NamesBlocks(AttributeData attribute) =>
        attribute.AttributeClass is { } type && AttributeValues.Kind(type) is Block or Residual;
}
