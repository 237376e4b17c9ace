using System.Globalization;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling;

/// <summary>The sentence that describes a node, in the documentation as in front of its call.</summary>
internal static class Sentences
{
    public static string Of(Node node)
    {
        var text = $"{node.Name}: {What(node)}";
        if (node.Pool is { Layer: PoolLayer { IsMax: true } })
            text += ", 2x2 max pooling" + Then(node);
        else if (node.Pool is not null)
            text += Then(node) + ", 2x2 average pooling";
        else
            text += Then(node);
        return $"{text}, {node.Input} -> {node.Output}";
    }

    private static string Then(Node node) => node.Activation is null ? "" : ", " + node.Activation.Kind;

    private static string What(Node node) => node.Layer switch
    {
        ConvLayer conv => $"{conv.KernelHeight}x{conv.KernelWidth} convolution{Hyper(conv.Stride, 1, conv.Padding)}",
        PoolLayer pool => $"{pool.Size}x{pool.Size} {(pool.IsMax ? "max" : "average")} pooling{Hyper(pool.Stride, pool.Size, pool.Padding)}",
        DenseLayer => "dense",
        _ => node.Layer.Kind,
    };

    private static string Hyper(int stride, int usual, PaddingSpec padding)
    {
        var text = stride == usual ? "" : " with stride " + stride.ToString(CultureInfo.InvariantCulture);
        var zeros = padding.IsSame ? "padding Same" : padding.Amount == 0 ? "" : "padding " + padding.Amount.ToString(CultureInfo.InvariantCulture);
        if (zeros.Length == 0)
            return text;
        return text + (text.Length == 0 ? " with " : " and ") + zeros;
    }
}
