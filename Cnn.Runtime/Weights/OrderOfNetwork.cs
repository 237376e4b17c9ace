using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>The order in which a network keeps numbers that meet flattened volumes, and the one in which a file is to be read.</summary>
/// <param name="Layout">The network's layout.</param>
/// <param name="Flattened">The tensors that depend on it.</param>
/// <param name="Asked">The order that the caller asks for.</param>
internal sealed record OrderOfNetwork(Layout Layout, IReadOnlyList<FlattenedTensor> Flattened, WeightOrder Asked)
{
    private bool IsHwc => Layout == Layout.Hwc;

    /// <summary>Gets the mark of the files that the network saves.</summary>
    public KeyValuePair<string, string> Mark => new(OrderMark.Key, IsHwc ? OrderMark.ChannelsLast : OrderMark.ChannelsFirst);

    public static OrderOfNetwork Of<TNetwork>(WeightOrder asked = WeightOrder.Marked)
        where TNetwork : class, INetwork<TNetwork> => new(TNetwork.Layout, TNetwork.FlattenedTensors, asked);

    /// <summary>Why a file is refused before its tensors are looked at, or null.</summary>
    public string? Refuse(string mark) => OrderMark.RefuseMark(mark, Asked == WeightOrder.Marked);

    /// <summary>Why a file is refused that has the tensors, or null, and the tensors whose numbers are to be moved, by name.</summary>
    public (string? Reason, Dictionary<string, FlattenedTensor> Moved) Match(string mark, IReadOnlyList<ParameterTensor> tensors)
    {
        var first = Flattened.Count > 0 ? Flattened[0].Name : null;
        var moved = new Dictionary<string, FlattenedTensor>();
        var unmarked = OrderMark.RefuseUnmarked(mark, Asked == WeightOrder.Marked, IsHwc, first, tensors.Select(tensor => tensor.Shape));
        if (unmarked is not null || !OrderMark.Moves(mark, Asked == WeightOrder.PyTorch, Asked == WeightOrder.Declared, IsHwc))
            return (unmarked, moved);
        foreach (var tensor in Flattened)
        {
            if (!tensor.CanMove)
                return (OrderMark.CannotMove(tensor.Name, IsHwc), moved);
            moved.Add(tensor.Name, tensor);
        }

        return (null, moved);
    }

    /// <summary>The numbers of a tensor as the network has them.</summary>
    public float[] Move(FlattenedTensor flattened, ParameterTensor tensor, float[] values) => flattened.Move(values, tensor.Shape, IsHwc);
}
