using System.Linq;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>The sum of several values, added to the first in place where nobody else reads it.</summary>
internal sealed class AddLowering : Lowering
{
    public override bool PassesLayout => true;

    public override void Forward(ForwardContext context)
    {
        var first = Vectors.Read(context, 0);
        var others = Enumerable.Range(1, context.Node.Sources.Count - 1).Select(i => Vectors.Read(context, i, first.Layout.Order)).ToList();

        // What is added again after the first sum must still be there.
        var isKept = others.Skip(1).Any(other => other.Operand == first.Operand);
        var target = isKept ? context.Target(TensorLayout.Dense(context.Node.Output, first.Layout.Order)) : context.InPlaceOf(0, first);
        var sum = first;
        for (var i = 0; i < others.Count; i++)
        {
            var kernel = new AddKernel(sum.Layout, others[i].Layout, target.Layout);
            context.Call(i == 0 ? "" : "More", kernel, context.Sentence, sum.Operand, others[i].Operand, target.Operand);
            sum = target;
        }
    }

    public override void Backward(BackwardContext context)
    {
        var gradient = context.Node.Output.IsVector
            ? context.Gradient(Demand.Dense(context.Target.Layout.Order), isDense: true)
            : context.Gradient();
        for (var i = 0; i < context.Node.Sources.Count; i++)
            Vectors.Give(context, i, gradient, isOwn: false);
    }
}
