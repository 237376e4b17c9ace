using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <content>What a network may take.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor OverBudget = new(
        "CNN0100",
        "A network must stay within its budget",
        "{0}: {1} takes {2} {3}, {4} more than it may; {5} takes {6}% of them; {7}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0100.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static ImmutableArray<DiagnosticDescriptor> Budget => [OverBudget];
}
