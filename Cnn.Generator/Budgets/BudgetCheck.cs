using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Budgets;

/// <summary>Holds a network to its budget: each figure that is exceeded is an error, with changes that were tried and help.</summary>
internal sealed class BudgetCheck(NetworkDeclaration declaration, Weighing now, EquatableArray<Allowance> budget, FaultList faults)
{
    /// <summary>Reports the figures that are exceeded.</summary>
    /// <param name="weigh">Builds a changed declaration; null if it has an error, or more diagnostics than this one.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public void Run(Func<NetworkDeclaration, Weighing?> weigh, CancellationToken cancellationToken)
    {
        var exceeded = budget.Where(allowance => now.Of(allowance.Figure) > allowance.Limit).ToList();
        if (exceeded.Count == 0)
            return;
        var search = new BudgetSearch(declaration, now, budget, weigh, cancellationToken);
        var found = Different(search.Run(exceeded[0].Figure));
        foreach (var allowance in exceeded)
        {
            var alone = found.Count > 0 || exceeded.Count == 1 ? [] : Different(Search(allowance, exceeded).Run(allowance.Figure));
            Report(allowance, found, alone, search);
        }

        // One figure more is met, and none less.
        BudgetSearch Search(Allowance allowance, List<Allowance> exceeded) =>
            new(declaration, now, budget.Where(other => other == allowance || !exceeded.Contains(other)).ToEquatableArray(), weigh, cancellationToken);
    }

    /// <param name="allowance">The exceeded figure.</param>
    /// <param name="found">Changes that meet the whole budget.</param>
    /// <param name="alone">Changes that meet this figure, if none meet the whole budget.</param>
    /// <param name="search">Knows the nearest changes.</param>
    private void Report(Allowance allowance, List<Trial> found, List<Trial> alone, BudgetSearch search)
    {
        var (figure, limit) = (allowance.Figure, allowance.Limit);
        var takes = now.Of(figure);
        var (node, amount) = now.Heaviest(figure);
        var enough = found.Count > 0 ? found : alone;
        var named = enough.Count > 0 ? enough : Different(search.Nearest(figure));
        var changes = string.Join(", or ", named.Select(trial => Describe(trial, figure)));
        var wayOut = found.Count > 0 ? changes
            : alone.Count > 0 ? "no single change that was tried meets all figures, but this one: " + changes
            : named.Count > 0 ? "no single change that was tried is enough, the nearest: " + changes
            : "no single change that was tried is enough";
        var fault = new Fault(
            Rules.OverBudget.Id,
            Place.Budget.At(figure.ToString()),
            [
                AttributeText.Of(declaration.Budget!), now.Network.Type.Name, Text.Grouped(takes), Noun(figure), Text.Grouped(takes - limit),
                $"{node.Name} ({node.Layer.Title})", Text.Grouped(Math.Round(100m * amount / takes)), wayOut,
            ]);
        var first = enough.Count > 0 ? enough[0].Change : null;
        faults.Add(first is { Remedy: { } remedy, Site.Key.Length: 0 } ? fault with { Remedies = [remedy], RemedyPlace = first.RemedyPlace } : fault);
    }

    /// <summary>The first of all, and the first of those that change something else in another way, as far as there are.</summary>
    private static List<Trial> Different(List<Trial> trials)
    {
        if (trials.Count == 0)
            return trials;
        var first = trials[0].Change;
        var second = trials.Find(other => other.Change.Kind != first.Kind) ?? trials.Find(other => other.Change.Site != first.Site);
        return second is null ? [trials[0]] : [trials[0], second];
    }

    private string Describe(Trial trial, BudgetFigure figure) =>
        trial.Change.Describe(Which(trial.Change.Site)) + " leaves " + Text.Grouped(trial.Weighing.Of(figure));

    /// <summary>Which of several equal attributes is meant.</summary>
    private string Which(Site site)
    {
        var equal = Changes.Sites(declaration).Where(other => other.Key == site.Key && other.Layer == site.Layer).ToList();
        if (equal.Count < 2 || site.Index == Site.OfInput)
            return "";
        var number = equal.FindIndex(other => other.Index == site.Index);
        return number switch
        {
            0 => "first ",
            1 => "second ",
            2 => "third ",
            _ => Text.Number(number + 1) + "th ",
        };
    }

    private static string Noun(BudgetFigure figure) => figure switch
    {
        BudgetFigure.Parameters => "parameters",
        BudgetFigure.MultiplyAdds => "multiply-adds",
        BudgetFigure.WeightBytes => "bytes of weights",
        _ => "bytes of arena",
    };
}
