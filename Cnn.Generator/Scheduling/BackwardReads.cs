using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// Which values of the forward pass the backward pass of a node will read, so that nothing may overwrite them before. The roles of its calls say so: the
/// backward pass is scheduled for trial, each value in a tensor of its own.
/// </summary>
/// <param name="choices">The choices of training.</param>
/// <param name="needs">The values whose gradient is wanted.</param>
internal sealed class BackwardReads(KernelChoices choices, HashSet<string> needs)
{
    private readonly Dictionary<string, HashSet<int>> _byName = [];
    private readonly Dictionary<Node, HashSet<int>> _byLayer = [];

    /// <summary>Whether it will read the node's result.</summary>
    /// <param name="trace">The forward pass of the node.</param>
    /// <param name="builder">The builder of the forward pass.</param>
    public bool ReadsTarget(Trace trace, TrainingBuilder builder) => Of(trace, builder).Contains(trace.Sources.Count);

    /// <summary>Whether it will read what the node reads of a source.</summary>
    /// <param name="trace">The forward pass of the node.</param>
    /// <param name="source">The number of the source.</param>
    /// <param name="builder">The builder of the forward pass.</param>
    public bool ReadsSource(Trace trace, int source, TrainingBuilder builder) => Of(trace, builder).Contains(source);

    /// <summary>The numbers of the sources that are read, and the number after theirs for the result.</summary>
    private HashSet<int> Of(Trace trace, TrainingBuilder builder)
    {
        var name = trace.Node.Name;
        if (_byName.TryGetValue(name, out var read))
            return read;
        if (!needs.Contains(name))
            return _byName[name] = [];
        var alike = Nameless(trace.Node);
        if (!_byLayer.TryGetValue(alike, out read))
            _byLayer.Add(alike, read = Try(trace, builder));
        return _byName[name] = read;
    }

    /// <summary>The node without what tells it from others whose backward pass reads the same: of its sources only which are one, and are wanted.</summary>
    private Node Nameless(Node node)
    {
        var names = node.Sources.ToList();
        var sources = names.Select(name => Text.Number(names.IndexOf(name)) + (needs.Contains(name) ? "" : " unwanted"));
        return node with { Name = "", Source = 0, Sources = sources.ToEquatableArray() };
    }

    private HashSet<int> Try(Trace trace, TrainingBuilder builder)
    {
        var trial = new TrainingBuilder();
        var own = trace.Sources.Append(trace.Target).Select(Own).ToList();
        var scheduler = new GradientScheduler(choices, trial, [], needs);
        var apart = trace with
        {
            Sources = own.Take(trace.Sources.Count).ToEquatableArray(),
            Target = own[trace.Sources.Count],
            Extras = (trial.Shared("", 0), trial.Shared("", 0)),
        };
        var layout = TensorLayout.Dense(trace.Target.Layout.Volume, trace.Target.Layout.Order);
        scheduler.Differentiate(apart, scheduler.Allocate("", layout), isOwn: true);
        var read = trial.Backward.Concat(scheduler.Preparation).SelectMany(step => step.Step?.Read ?? []).ToList();
        return [.. Enumerable.Range(0, own.Count).Where(value => read.Any(own[value].Operand.IsWith))];

        Value Own(Value value) => value with
        {
            Operand = trial.Rows("", value.Layout, builder.Pitch(value.Operand)).Operand.Plus(value.Operand.Offset),
        };
    }
}
