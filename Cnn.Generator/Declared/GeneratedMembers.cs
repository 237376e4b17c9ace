namespace Cnn.Generator.Declared;

/// <summary>The members that every network is given, as a list of taken members calls them: the keys of those whose name is not enough.</summary>
internal static class GeneratedMembers
{
    /// <summary>The key of the constructor without parameters in a list of taken members.</summary>
    public const string Constructor = ".ctor()";

    /// <summary>The key of the constructor with a seed.</summary>
    public const string SeedConstructor = ".ctor(int)";

    /// <summary>The key of the constructor from weights.</summary>
    public const string WeightsConstructor = ".ctor(AlignedFloats)";

    /// <summary>The key of the inference from bytes, which only a network with a scaling of its input has.</summary>
    public const string ForwardBytes = "Forward(ReadOnlySpan<byte>, Span<float>)";

    /// <summary>The key of the inference in the caller's memory.</summary>
    public const string ForwardIn = "Forward(ReadOnlySpan<float>, Span<float>, Workspace)";

    /// <summary>The key of the loading under other names.</summary>
    public const string LoadNamed = "Load(string, IReadOnlyDictionary<string, string>)";

    /// <summary>The key of the loading in a given order.</summary>
    public const string LoadOrdered = "Load(string, WeightOrder)";

    /// <summary>The key of the loading under other names in a given order.</summary>
    public const string LoadNamedOrdered = "Load(string, IReadOnlyDictionary<string, string>, WeightOrder)";

    /// <summary>The network with the weights of the assembly, which only one with <c>[Weights]</c> has.</summary>
    public const string Pretrained = "Pretrained";

    /// <summary>The key of the method that makes another such network.</summary>
    public const string LoadPretrained = "LoadPretrained()";

    /// <summary>The class of the outputs, which only a network with <c>[Output]</c> has.</summary>
    public const string Outputs = "Outputs";
}
