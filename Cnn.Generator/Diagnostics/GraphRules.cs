using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <content>Names, blocks and outputs.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor NotABlock = new(
        "CNN0060",
        "This class cannot be used as a block",
        "{0}: {1} {2}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0060.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownName = new(
        "CNN0061",
        "No layer bears this name",
        "{0}: no output here is named {1}; it can read {2}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0061.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NameDeclaredLater = new(
        "CNN0062",
        "A layer reads what stands before it",
        "{0} reads {1}, which {2}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0062.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NameTwice = new(
        "CNN0063",
        "Two layers bear the same name",
        "{0}: the name {1} is taken by something before it; give one of them another",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0063.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NobodyReads = new(
        "CNN0064",
        "Nobody reads the output of a layer",
        "{0}: nobody reads its output {1}; remove it, join the output with [Add({1})] or [Concat({1})], or let it leave with [Output({1})]",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0064.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ResidualMismatch = new(
        "CNN0065",
        "The two ways of a residual block leave different shapes",
        "{0}: the body leaves {1} but {2} arrives beside it, and only equal shapes can be added; {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0065.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor IllegalName = new(
        "CNN0066",
        "This name cannot be used",
        "{0}: {1} cannot be a name; use letters, digits, underscores and inner dots, and not \"input\"",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0066.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InputScaling = new(
        "CNN0067",
        "This scaling of the input makes no sense",
        "{0}: {1} {2}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0067.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NameTooLong = new(
        "CNN0110",
        "A name must not be too long",
        "{0} would have a full name of {1} bytes, where {2} are allowed; shorten its name or those of the blocks in which it stands",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0110.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TooManyLayers = new(
        "CNN0068",
        "A network has too many layers",
        "{0} brings the network to more than {1} layers, those of blocks counted at every use; use fewer blocks or repeat them less often",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0068.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LeavesAlready = new(
        "CNN0069",
        "An output leaves once",
        "{0}: the output {1} leaves already, {2}; remove {0}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0069.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static ImmutableArray<DiagnosticDescriptor> Graph =>
    [
        NotABlock, UnknownName, NameDeclaredLater, NameTwice, NobodyReads,
        ResidualMismatch, IllegalName, NameTooLong, InputScaling, TooManyLayers, LeavesAlready,
    ];
}
