using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>The product of several values, element by element; a gate multiplies whole channels.</summary>
internal sealed class MultiplyLowering : Lowering
{
    public override TensorLayout Natural(Node node, KernelChoices choices, TensorLayout source) =>
        TensorLayout.Dense(node.Output, choices.Natural(node.Sources[Whole(node)]).Order);

    /// <summary>Where the product takes the place of a factor, that should lie as the product is wanted.</summary>
    public override Demand? DemandOf(Node node, int source, KernelChoices choices, VolumeLayout order)
    {
        if (node.Output.IsVector || source != Whole(node))
            return null;
        var wanted = choices.LayoutFor(node.Name, TensorLayout.Dense(node.Output, order));
        return new Demand(
            wanted.Order,
            wanted.Top,
            wanted.Left,
            wanted.Bottom,
            wanted.Right,
            StoredChannels: wanted.StoredChannels,
            BorderIsMinusInfinity: wanted.BorderIsMinusInfinity);
    }

    public override void Forward(ForwardContext context)
    {
        var node = context.Node;
        var whole = Whole(node);
        var product = Vectors.Read(context, whole);
        var others = Others(node, whole)
            .Select(i => (
                IsGate: IsGate(node, i),
                Value: IsGate(node, i) ? context.DenseSource(i) : Vectors.Read(context, i, product.Layout.Order)))
            .ToList();

        // What is multiplied again after the first product must still be there.
        var isKept = others.Skip(1).Any(other => other.Value.Operand == product.Operand);
        var target = isKept ? context.Target(TensorLayout.Dense(node.Output, product.Layout.Order)) : context.InPlaceOf(whole, product);
        for (var i = 0; i < others.Count; i++)
        {
            var (isGate, other) = others[i];
            Kernel kernel = isGate
                ? new GateKernel(product.Layout, target.Layout)
                : new MultiplyKernel(product.Layout, other.Layout, target.Layout);
            context.Call(i == 0 ? "" : "More", kernel, context.Sentence, product.Operand, other.Operand, target.Operand);
            product = target;
        }
    }

    public override void Backward(BackwardContext context)
    {
        var node = context.Node;
        var order = context.Target.Layout.Order;
        var gradient = context.Gradient(Demand.Dense(order), isDense: node.Output.IsVector);

        // The last factor that is no gate may take the gradient's place; all others are computed before.
        var needed = Enumerable.Range(0, node.Sources.Count).Where(context.Needs).OrderBy(i => IsGate(node, i) ? 0 : 1).ToList();
        foreach (var i in needed)
        {
            if (IsGate(node, i))
            {
                GiveGate(context, i, gradient);
                continue;
            }

            var isOwn = i == needed[needed.Count - 1] && context.OwnsGradient;
            var result = isOwn ? gradient : Vectors.NewGradient(context, i, order);
            Multiply(context, gradient, Others(node, i), result);
            Vectors.Give(context, i, result);
        }
    }

    /// <summary>The gradient of a gate: the gradient times all other factors, added up over each channel.</summary>
    private static void GiveGate(BackwardContext context, int gate, Value gradient)
    {
        var node = context.Node;
        var last = Whole(node);
        var others = Others(node, gate).Where(i => i != last).ToList();
        if (others.Count > 0)
        {
            var product = context.Scratch("Product", TensorLayout.Dense(node.Output, gradient.Layout.Order));
            Multiply(context, gradient, others, product);
            gradient = product;
        }

        var source = Vectors.Known(context, last);
        var result = context.Scratch("GateGradient", TensorLayout.Dense(node.Inputs[gate], gradient.Layout.Order));
        context.Call(
            "GateGradient",
            new GateGradientKernel(source.Layout, gradient.Layout),
            $"{node.Name}: gradient of {node.Sources[gate]}",
            source.Operand,
            gradient.Operand,
            result.Operand);
        context.Give(gate, result);
    }

    private static void Multiply(BackwardContext context, Value value, IEnumerable<int> factors, Value result)
    {
        foreach (var i in factors)
        {
            var factor = Vectors.Known(context, i);
            Kernel kernel = IsGate(context.Node, i)
                ? new GateKernel(value.Layout, result.Layout)
                : new MultiplyKernel(value.Layout, factor.Layout, result.Layout);
            context.Call(kernel, value.Operand, factor.Operand, result.Operand);
            value = result;
        }
    }

    private static IEnumerable<int> Others(Node node, int factor) => Enumerable.Range(0, node.Sources.Count).Where(i => i != factor);

    private static bool IsGate(Node node, int factor) => MultiplyLayer.IsGate(node.Inputs[factor], node.Output);

    /// <summary>The first factor that has the shape of the product.</summary>
    private static int Whole(Node node)
    {
        var whole = 0;
        while (node.Inputs[whole] != node.Output)
            whole++;
        return whole;
    }
}
