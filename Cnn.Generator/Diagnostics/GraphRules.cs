using System.Collections.Immutable;

namespace Cnn.Generator.Diagnostics;

/// <content>Names, blocks and outputs.</content>
internal static partial class Rules
{
    public static readonly Rule NotABlock = new(
        "CNN0060",
        Severity.Error,
        "This class cannot be used as a block",
        "{0}: {1} {2}");

    public static readonly Rule UnknownName = new(
        "CNN0061",
        Severity.Error,
        "No layer bears this name",
        "{0}: no output here is named {1}; it can read {2}");

    public static readonly Rule NameDeclaredLater = new(
        "CNN0062",
        Severity.Error,
        "A layer reads what stands before it",
        "{0} reads {1}, which {2}");

    public static readonly Rule NameTwice = new(
        "CNN0063",
        Severity.Error,
        "Two layers bear the same name",
        "{0}: the name {1} is taken by something before it; give one of them another");

    public static readonly Rule NobodyReads = new(
        "CNN0064",
        Severity.Error,
        "Nobody reads the output of a layer",
        "{0}: nobody reads its output {1}; remove it, join the output with [Add({1})] or [Concat({1})], or let it leave with [Output({1})]");

    public static readonly Rule ResidualMismatch = new(
        "CNN0065",
        Severity.Error,
        "The two ways of a residual block leave different shapes",
        "{0}: the body leaves {1} but {2} arrives beside it, and only equal shapes can be added; {3}");

    public static readonly Rule IllegalName = new(
        "CNN0066",
        Severity.Error,
        "This name cannot be used",
        "{0}: {1} cannot be a name; use letters, digits, underscores and inner dots, and not \"input\"");

    public static readonly Rule InputScaling = new(
        "CNN0067",
        Severity.Error,
        "This scaling of the input makes no sense",
        "{0}: {1} {2}");

    public static readonly Rule NameTooLong = new(
        "CNN0110",
        Severity.Error,
        "A name must not be too long",
        "{0} would have a full name of {1} bytes, where {2} are allowed; shorten its name or those of the blocks in which it stands");

    public static readonly Rule TooManyLayers = new(
        "CNN0068",
        Severity.Error,
        "A network has too many layers",
        "{0} brings the network to more than {1} layers, those of blocks counted at every use; use fewer blocks or repeat them less often");

    public static readonly Rule LeavesAlready = new(
        "CNN0069",
        Severity.Error,
        "An output leaves once",
        "{0}: the output {1} leaves already, {2}; remove {0}");

    private static ImmutableArray<Rule> Graph =>
    [
        NotABlock, UnknownName, NameDeclaredLater, NameTwice, NobodyReads,
        ResidualMismatch, IllegalName, NameTooLong, InputScaling, TooManyLayers, LeavesAlready,
    ];
}
