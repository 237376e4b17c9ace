using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Planning;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Budgets;

/// <summary>The figures of a network. The arena is planned only on demand.</summary>
/// <param name="network">The network.</param>
/// <param name="items">The attribute of each of its nodes.</param>
/// <param name="plan">Plans its inference.</param>
internal sealed class Weighing(Network network, EquatableArray<BuiltItem> items, Func<(InferenceProgram Program, ArenaPlan Plan, int Bytes)> plan)
{
    private readonly Lazy<(InferenceProgram Program, ArenaPlan Plan, int Bytes)> _plan = new(plan);
    private readonly Dictionary<BudgetFigure, long> _taken = [];

    public Network Network => network;

    public EquatableArray<BuiltItem> Items => items;

    /// <summary>All that the network takes.</summary>
    public long Of(BudgetFigure figure)
    {
        if (figure == BudgetFigure.ArenaBytes)
            return _plan.Value.Bytes;
        if (!_taken.TryGetValue(figure, out var taken))
            _taken[figure] = taken = network.Nodes.Sum(node => Of(figure, node));
        return taken;
    }

    /// <summary>The layer that takes most, and how much.</summary>
    public (Node Node, long Amount) Heaviest(BudgetFigure figure)
    {
        if (figure == BudgetFigure.ArenaBytes)
            return Largest(_plan.Value.Program);
        return network.Nodes.Select(node => (node, Of(figure, node))).OrderByDescending(pair => pair.Item2).First();
    }

    /// <summary>The figure of one layer; for the arena the size of its output, for it does not stand there by itself.</summary>
    public static long Of(BudgetFigure figure, Node node) => figure switch
    {
        BudgetFigure.Parameters => node.Layer.ParameterCount(node.Input),
        BudgetFigure.MultiplyAdds => node.Layer.MultiplyAdds(node.Input),
        BudgetFigure.WeightBytes => node.Layer.Parameters(node.Input).Sum(parameter => parameter.LongLength) * sizeof(float),
        _ => node.Output.LongLength * sizeof(float),
    };

    /// <summary>The layer that first writes the largest tensor.</summary>
    private (Node Node, long Amount) Largest(InferenceProgram program)
    {
        var largest = Enumerable.Range(0, program.Tensors.Count).OrderByDescending(i => program.Tensors[i].Length).First();
        var step = program.Steps.First(step => step.Operands.Any(operand => operand.Kind == OperandKind.Tensor && operand.Index == largest));
        return (network.Nodes[Math.Max(0, step.Node)], program.Tensors[largest].Length * (long)sizeof(float));
    }
}
