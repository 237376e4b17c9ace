using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <summary>Something to tell the user: a rule, where, and the words that fill its message. Compares by value.</summary>
internal sealed record Fault(string RuleId, Place Place, EquatableArray<string> Arguments)
{
    public DiagnosticDescriptor Rule => Rules.Get(RuleId);

    public bool IsError => Rule.DefaultSeverity == DiagnosticSeverity.Error;

    public Diagnostic At(Location location) => Diagnostic.Create(Rule, location, [.. Arguments]);
}

/// <summary>Gathers the faults of one declaration.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> _faults = [];

    public bool HasErrors => _faults.Any(fault => fault.IsError);

    public void Report(DiagnosticDescriptor rule, Place place, params string[] arguments) =>
        Add(new Fault(rule.Id, place, [.. arguments]));

    public void Add(Fault fault)
    {
        if (!_faults.Contains(fault))
            _faults.Add(fault);
    }

    public EquatableArray<Fault> ToEquatableArray() => _faults.ToEquatableArray();
}
