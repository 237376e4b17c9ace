using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Diagnostics;

/// <summary>Something to tell the user: a rule, where, and the words that fill its message. Compares by value.</summary>
internal sealed record Fault(string RuleId, Place Place, EquatableArray<string> Arguments)
{
    /// <summary>Gets the ways out that a code fix can take.</summary>
    public EquatableArray<Remedy> Remedies { get; init; } = [];

    /// <summary>Gets where they apply; null where the fault lies.</summary>
    public Place? RemedyPlace { get; init; }

    public Rule Rule => Rules.Get(RuleId);

    public bool IsError => Rule.Severity == Severity.Error;

    /// <summary>The message, after the id of its rule.</summary>
    public override string ToString() => RuleId + ": " + string.Format(CultureInfo.InvariantCulture, Rule.MessageFormat, [.. Arguments]);
}

/// <summary>Gathers the faults of one declaration.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> _faults = [];

    public bool HasErrors => _faults.Any(fault => fault.IsError);

    public void Report(Rule rule, Place place, params string[] arguments) => Report(rule, place, [], arguments);

    public void Report(Rule rule, Place place, EquatableArray<Remedy> remedies, params string[] arguments)
    {
        // Within a block the change is made there, and is one of the attribute alone: the others are about the network.
        var applicable = place.InBlock() is null ? remedies : remedies.Where(remedy => remedy.IsOfAttribute).ToEquatableArray();
        Add(new Fault(rule.Id, place, [.. arguments]) { Remedies = applicable });
    }

    public void Add(Fault fault)
    {
        if (!_faults.Contains(fault))
            _faults.Add(fault);
    }

    public EquatableArray<Fault> ToEquatableArray() => _faults.ToEquatableArray();
}
