using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Weights;

/// <summary>Holds the order of a file's numbers to the network as the runtime does when it loads one.</summary>
internal static class OrderMatcher
{
    private const int Marked = 0;
    private const int PyTorch = 1;
    private const int Declared = 2;

    /// <summary>The order that the attribute states, as C#; empty if it leaves the order to the file.</summary>
    public static string Text(LayerDeclaration? attribute) => attribute is null ? "" : Asked(attribute) switch
    {
        PyTorch => "global::Cnn.WeightOrder.PyTorch",
        Declared => "global::Cnn.WeightOrder.Declared",
        _ => "",
    };

    /// <summary>Why the file is refused before its tensors are looked at, or null.</summary>
    public static string? Refuse(LayerDeclaration attribute, WeightsFile file) => Asked(attribute) is Marked or PyTorch or Declared
        ? OrderMark.RefuseMark(file.Mark, Asked(attribute) == Marked)
        : "its Order is none of WeightOrder's values";

    /// <summary>Why the file is refused that has all tensors, or null.</summary>
    public static string? Refuse(LayerDeclaration attribute, WeightsFile file, Network network)
    {
        var asked = Asked(attribute);
        var isHwc = network.Layout == VolumeLayout.Hwc;
        var flattened = FlattenedVolumes.Of(network);
        var shapes = network.Nodes.SelectMany(node => node.Layer.Parameters(node.Input)).Select(parameter => parameter.Dimensions.ToArray());
        var first = flattened.Count > 0 ? flattened[0].Name : null;
        if (OrderMark.RefuseUnmarked(file.Mark, asked == Marked, isHwc, first, shapes) is { } reason)
            return reason;
        return OrderMark.Moves(file.Mark, asked == PyTorch, asked == Declared, isHwc)
            && flattened.FirstOrDefault(parameter => parameter.Rows.Count + parameter.Columns.Count == 0) is { } fixedOrder
            ? OrderMark.CannotMove(fixedOrder.Name, isHwc)
            : null;
    }

    private static int Asked(LayerDeclaration attribute) => attribute.Find("Order")?.Value is int member ? member : Marked;
}
