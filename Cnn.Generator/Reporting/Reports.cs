using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reporting;

/// <summary>Faults as Roslyn reports them.</summary>
internal static class Reports
{
    /// <summary>A fault where it lies. Within a block no fix is offered at the use, where there is nothing to be changed.</summary>
    public static Diagnostic At(this Fault fault, Location location) => Diagnostic.Create(
        Descriptors.Of(fault.Rule),
        location,
        Remedy.ToProperties(fault.Place.InBlock() is null ? fault.Remedies : []),
        [.. fault.Arguments]);

    /// <summary>The same where nobody sees it but a code fix, with the location at which that applies where it is another.</summary>
    public static Diagnostic HiddenAt(this Fault fault, Location location, Location? remedyLocation) => Diagnostic.Create(
        Descriptors.Of(fault.Rule),
        location,
        DiagnosticSeverity.Hidden,
        remedyLocation is null ? null : [remedyLocation],
        Remedy.ToProperties(fault.Remedies),
        [.. fault.Arguments]);

    /// <summary>A rule that is broken in the code beside the networks.</summary>
    public static Diagnostic At(this Rule rule, Location location, params string[] arguments) =>
        Diagnostic.Create(Descriptors.Of(rule), location, [.. arguments]);
}
