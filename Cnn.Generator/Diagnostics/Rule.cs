namespace Cnn.Generator.Diagnostics;

/// <summary>How grave a rule is, unless the project says otherwise.</summary>
internal enum Severity
{
    Info,
    Warning,
    Error,
}

/// <summary>A sort of fault. It knows nothing of Roslyn; the folder <c>Reporting</c> makes a descriptor of it.</summary>
/// <param name="Id">The id, which is never used again for something else: <c>CNN0001</c>.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Title">What it demands, in one sentence without a full stop.</param>
/// <param name="MessageFormat">The message, with the places of its words: <c>{0}</c>.</param>
internal sealed record Rule(string Id, Severity Severity, string Title, string MessageFormat)
{
    /// <summary>The folder of the pages, from the root of the repository.</summary>
    public const string Pages = "docs/diagnostics/";

    /// <summary>Gets the category, the same for all.</summary>
    public string Category => "Cnn";

    /// <summary>Gets its page, from the root of the repository.</summary>
    public string Page => Pages + Id + ".md";

    /// <summary>Gets a value indicating whether it is found only where all networks have been read.</summary>
    public bool IsOfCompilation { get; init; }
}
