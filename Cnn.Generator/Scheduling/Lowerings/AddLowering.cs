using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>The sum of several values, added to the first in place where nobody else reads it.</summary>
internal sealed class AddLowering : Lowering
{
    public override bool PassesLayout => true;

    public override bool BackwardReadsSource(Node node, int source) => false;

    public override bool BackwardReadsTarget(Node node) => false;

    public override void Forward(ForwardContext context)
    {
        var first = context.Source(0);
        var others = Enumerable.Range(1, context.Node.Sources.Count - 1).Select(i => context.Source(i, first.Layout.Order)).ToList();
        var target = context.InPlaceOf(0, first);
        var sum = first;
        for (var i = 0; i < others.Count; i++)
        {
            var kernel = new AddKernel(sum.Layout, others[i].Layout, target.Layout);
            context.Call(i == 0 ? "" : "More", kernel, Sentences.Of(context.Node), sum.Operand, others[i].Operand, target.Operand);
            sum = target;
        }
    }

    public override void Backward(BackwardContext context)
    {
        for (var i = 0; i < context.Node.Sources.Count; i++)
            context.Pass(i, isOnly: false);
    }
}
