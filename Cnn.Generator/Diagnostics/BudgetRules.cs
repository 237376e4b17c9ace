using System.Collections.Immutable;

namespace Cnn.Generator.Diagnostics;

/// <content>What a network may take.</content>
internal static partial class Rules
{
    public static readonly Rule OverBudget = new(
        "CNN0100",
        Severity.Error,
        "A network must stay within its budget",
        "{0}: {1} takes {2} {3}, {4} more than it may; {5} takes {6}% of them; {7}");

    private static ImmutableArray<Rule> Budget => [OverBudget];
}
