using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Budgets;

/// <summary>A change that builds, and what the network takes with it.</summary>
internal sealed record Trial(Change Change, Weighing Weighing);

/// <summary>
/// Tries changes to a network that is over its budget: each is built anew as if it were written. The number of tries is bounded by the layers
/// that they build, not by a clock, so that the same declaration gives the same answer.
/// </summary>
internal sealed class BudgetSearch
{
    /// <summary>The attributes of which changes of a kind are tried, those that take most first.</summary>
    private const int MostSites = 4;

    /// <summary>The changes that are tried of those that come in one size.</summary>
    private const int MostSingle = 6;

    /// <summary>The layers that all tries together may build, at some 20 us each.</summary>
    private const int MostLayers = 2_500;

    /// <summary>The cost of building a layer if the arena is planned, too.</summary>
    private const int CostOfPlan = 2;

    /// <summary>With less than one part in eight of a width or of the input it is another network.</summary>
    private const int LeastPart = 8;

    /// <summary>The steps in which widths are chosen, whole vectors first.</summary>
    private static readonly int[] Steps = [8, 4, 1];

    private readonly NetworkDeclaration _declaration;
    private readonly Weighing _now;
    private readonly EquatableArray<Allowance> _budget;
    private readonly Func<NetworkDeclaration, Weighing?> _weigh;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Trial> _built = [];
    private int _left = MostLayers;

    /// <param name="declaration">The network that exceeds its budget.</param>
    /// <param name="now">Its figures.</param>
    /// <param name="budget">Its limits.</param>
    /// <param name="weigh">Builds a declaration; null if it has an error, or more diagnostics than the first.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public BudgetSearch(
        NetworkDeclaration declaration,
        Weighing now,
        EquatableArray<Allowance> budget,
        Func<NetworkDeclaration, Weighing?> weigh,
        CancellationToken cancellationToken)
    {
        (_declaration, _now, _budget, _weigh, _cancellationToken) = (declaration, now, budget, weigh, cancellationToken);
    }

    /// <summary>The changes that build and reduce a figure, the nearest first.</summary>
    public List<Trial> Nearest(BudgetFigure figure) =>
    [
        .. _built
            .Where(trial => trial.Weighing.Of(figure) < _now.Of(figure))
            .OrderBy(trial => trial.Weighing.Of(figure))
            .ThenBy(trial => trial.Change.Loss),
    ];

    /// <summary>The changes that are enough, of each kind and attribute the smallest, and those that take least away first.</summary>
    /// <param name="figure">The figure by which attributes are chosen.</param>
    public List<Trial> Run(BudgetFigure figure)
    {
        var sites = Changes.Sites(_declaration).ToList();
        var heavy = sites
            .Select(site => (Site: site, Weight: Weight(figure, site)))
            .OrderByDescending(pair => pair.Weight)
            .Select(pair => pair.Site)
            .ToList();
        var sizes = heavy
            .Where(site => Changes.Width(site.Layer) is { Value: > 1 })
            .Take(MostSites)
            .Select(site => new Size((int)Changes.Width(site.Layer)!.Value!, width => Changes.Narrower(site, width)))
            .ToList();
        if (_declaration.Input?.Find("height") is { Value: int height and > 1 })
            sizes.Add(new Size(height, side => Changes.Smaller(_declaration.Input, side)));

        // The least sizes first: what they do not achieve, none does.
        var possible = sizes.Select(size => (Size: size, Least: Enough(size.Change(size.Least)))).Where(pair => pair.Least is not null).ToList();
        var counted = Changes.CountedScopes(sites);
        var others = heavy.Select(site => Changes.Single(site, mayInsert: !counted.Contains(site.Key)).ToList()).Where(all => all.Count > 0);
        var found = possible.Select(pair => Largest(pair.Size, pair.Least!)).ToList();
        var single = others.SelectMany(all => all).Take(MostSingle).Select(Enough).OfType<Trial>().ToList();
        return [.. found.Concat(single).OrderBy(trial => trial.Change.Loss).ThenByDescending(trial => trial.Weighing.Of(figure))];
    }

    /// <summary>The largest size that is enough, in steps as large as possible; nothing is tried any more where enough was.</summary>
    private Trial Largest(Size size, Trial least)
    {
        foreach (var step in Steps)
        {
            var (low, high) = ((size.Least + step - 1) / step, (size.Now - 1) / step);
            if (low > high || (low * step == size.Least ? least : Enough(size.Change(low * step))) is not { } best)
                continue;
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (Enough(size.Change(middle * step)) is { } trial)
                    (best, low) = (trial, middle);
                else
                    high = middle - 1;
            }

            return best;
        }

        return least;
    }

    private Trial? Enough(Change change) => Try(change) is { } trial && Meets(trial) ? trial : null;

    /// <summary>
    /// Builds the network with a change; null if it does not build, or has another form of output, or if enough was tried.
    /// </summary>
    private Trial? Try(Change change)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var plans = _budget.Any(allowance => allowance.Figure == BudgetFigure.ArenaBytes);
        _left -= _now.Network.Nodes.Count * (plans ? CostOfPlan : 1);
        if (_left < 0 || _weigh(change.Apply(_declaration)) is not { } weighing || weighing.Network.Output != _now.Network.Output)
            return null;
        var trial = new Trial(change, weighing);
        _built.Add(trial);
        return trial;
    }

    private bool Meets(Trial trial) => _budget.All(allowance => trial.Weighing.Of(allowance.Figure) <= allowance.Limit);

    /// <summary>The figure of the layers that an attribute stands for, in all its uses.</summary>
    private long Weight(BudgetFigure figure, Site site)
    {
        var weight = 0L;
        for (var i = 0; i < _now.Items.Count; i++)
        {
            var written = _now.Items[i].Declaration;
            var isThere = site.Key.Length == 0
                ? written.Path.Length == 0 && _now.Items[i].Place.Index == site.Index
                : written.Path.EndsWith(site.Name + " > ", StringComparison.Ordinal) && written with { Path = "" } == site.Layer;
            if (isThere)
                weight += Weighing.Of(figure, _now.Network.Nodes[i]);
        }

        return weight;
    }

    /// <summary>Something that can be smaller.</summary>
    private sealed record Size(int Now, Func<int, Change> Change)
    {
        public int Least => Math.Max(1, (Now + LeastPart - 1) / LeastPart);
    }
}
