using System.Linq;

namespace Cnn.Generator.Declared;

/// <summary>The attributes that stand among the layers and are none: they use blocks, name outputs, or are about the whole network.</summary>
internal static class StructuralAttributes
{
    public const string Block = "Block";

    public const string Residual = "Residual";

    public const string Output = "Output";

    /// <summary>About the whole network: where its working memory is.</summary>
    public const string Memory = "Memory";

    /// <summary>About the whole network: what it may take.</summary>
    public const string Budget = "Budget";

    /// <summary>The most layers that a network may have, with those of its blocks counted at every use.</summary>
    public const int MostLayers = 4096;

    /// <summary>The most blocks within each other: a way through more could not be read, and every stage follows it by recursion.</summary>
    public const int MostDepth = 32;

    private static readonly string[] Kinds = [Block, Residual, Output];

    private static readonly string[] KindsOfNetworks = [Memory, Budget];

    public static bool IsKind(string kind) => Kinds.Contains(kind);

    public static bool IsMetadataName(string name) => Kinds.Any(kind => name == "Cnn." + kind + "Attribute");

    /// <summary>Whether an attribute is about a whole network: it has no place among the layers, and none on a block.</summary>
    public static bool IsOfNetworks(string metadataName) => KindsOfNetworks.Any(kind => metadataName == "Cnn." + kind + "Attribute");

    public static bool NamesBlocks(string kind) => kind is Block or Residual;
}
