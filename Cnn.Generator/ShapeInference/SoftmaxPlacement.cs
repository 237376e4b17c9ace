using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.ShapeInference;

/// <summary>A softmax in the middle of a chain is a mistake; one that is named may be read elsewhere.</summary>
internal static class SoftmaxPlacement
{
    public static void Check(EquatableArray<BuiltItem> items, FaultList faults)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not BuiltLayer { Layer: SoftmaxLayer, Name: null } softmax)
                continue;
            var next = items.Skip(i + 1).FirstOrDefault(item => !item.Declaration.IsBroken && item is not BuiltOutput);
            if (next is not { From: null })
                continue;
            var remove = new Remedy(RemedyKind.Remove);
            var last = items.Last(item => item is not BuiltOutput).Declaration.Kind;
            var canMove = softmax.From is null && !items.Skip(i + 1).Any(item => item is BuiltLayer { Layer: SoftmaxLayer });
            faults.Report(
                Rules.SoftmaxNotLast,
                softmax.Place,
                canMove ? [new Remedy(RemedyKind.MoveBehind, last), remove] : [remove],
                softmax.Declaration.Text,
                next.Declaration.Text);
        }
    }
}
