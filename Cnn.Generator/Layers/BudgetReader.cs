using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>What a budget can limit; each is named as its property.</summary>
internal enum BudgetFigure
{
    /// <summary>Trainable numbers.</summary>
    Parameters,

    /// <summary>Of one sample's inference.</summary>
    MultiplyAdds,

    /// <summary>Four for each trainable number and each running average.</summary>
    WeightBytes,

    /// <summary>As the member of the same name says.</summary>
    ArenaBytes,
}

/// <summary>How much a network may take of one figure.</summary>
internal readonly record struct Allowance(BudgetFigure Figure, long Limit);

/// <summary>Reads <c>[Budget]</c>.</summary>
internal static class BudgetReader
{
    public static EquatableArray<Allowance> Read(LayerDeclaration? budget, FaultList faults)
    {
        if (budget is null or { IsBroken: true })
            return [];
        var allowances = new List<Allowance>();
        foreach (var figure in Enum.GetValues(typeof(BudgetFigure)).Cast<BudgetFigure>())
        {
            var name = figure.ToString();
            if (budget.Find(name) is not { Value: long limit })
                continue;
            if (limit < 1)
                faults.Report(Rules.SizeNotPositive, Place.Budget.At(name), budget.Text, name, Text.Number(limit));
            else
                allowances.Add(new Allowance(figure, limit));
        }

        return allowances.ToEquatableArray();
    }
}
