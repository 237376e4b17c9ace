using System.Collections.Immutable;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reporting;

/// <summary>The rules as Roslyn knows them, one descriptor for each.</summary>
internal static class Descriptors
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = Rules.All.ToImmutableDictionary(rule => rule.Id, Make);

    /// <summary>Gets those of all rules, in their order.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [.. Rules.All.Select(Of)];

    public static DiagnosticDescriptor Of(Rule rule) => ById[rule.Id];

    private static DiagnosticDescriptor Make(Rule rule) => new(
        rule.Id,
        rule.Title,
        rule.MessageFormat,
        rule.Category,
        Grade(rule.Severity),
        isEnabledByDefault: true,
        helpLinkUri: rule.Page,
        customTags: Tags(rule));

    /// <summary>A network that has an error does not work, so no project can make less of one.</summary>
    private static string[] Tags(Rule rule) =>
        rule.Severity == Severity.Error ? [WellKnownDiagnosticTags.NotConfigurable]
        : rule.IsOfCompilation ? [WellKnownDiagnosticTags.CompilationEnd]
        : [];

    private static DiagnosticSeverity Grade(Severity severity) => severity switch
    {
        Severity.Error => DiagnosticSeverity.Error,
        Severity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
