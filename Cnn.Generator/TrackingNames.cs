using System.Collections.Immutable;

namespace Cnn.Generator;

/// <summary>The names of the generator's steps, by which tests see what an edit ran again.</summary>
internal static class TrackingNames
{
    public const string Parse = "Parse";
    public const string Positions = "Positions";
    public const string Declarations = "Declarations";
    public const string Compile = "Compile";
    public const string Emit = "Emit";
    public const string Diagnostics = "Diagnostics";

    /// <summary>The classes that others use as blocks.</summary>
    public const string Blocks = "Blocks";

    /// <summary>The build's index of the files of weights.</summary>
    public const string WeightsIndex = "WeightsIndex";

    /// <summary>The classes with <c>[Weights]</c> that are no networks.</summary>
    public const string StrayWeights = "StrayWeights";

    /// <summary>The prefix of the same steps for classes whose <c>[Input]</c> is missing.</summary>
    public const string WithoutInput = "WithoutInput";

    public static readonly ImmutableArray<string> All = [Parse, Positions, Declarations, Compile, Emit, Diagnostics];
}
