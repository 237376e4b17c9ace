using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>
/// Vectors as joins read them. One that was flattened still has the layout of its volume; in the declared order its elements follow each
/// other like those of any vector.
/// </summary>
internal static class Vectors
{
    /// <summary>A source: a vector as 1x1xn, a volume as it lies or in the order given.</summary>
    public static Value Read(ForwardContext context, int source, VolumeLayout? order = null)
    {
        var shape = context.Node.Inputs[source];
        if (!shape.IsVector)
            return context.Source(source, order);
        var volume = context.SourceLayout(source).Volume;
        var value = context.DenseSource(source, TensorLayout.Normalise(volume, context.Network.Layout));
        return value with { Layout = TensorLayout.Dense(shape, VolumeLayout.Hwc) };
    }

    /// <summary>What <see cref="Read"/> gave to the forward pass.</summary>
    public static Value Known(BackwardContext context, int source)
    {
        var shape = context.Node.Inputs[source];
        var value = context.Source(source);
        return shape.IsVector ? value with { Layout = TensorLayout.Dense(shape, VolumeLayout.Hwc) } : value;
    }

    /// <summary>A place for the gradient of a source in the layout that <see cref="Known"/> has.</summary>
    public static Value NewGradient(BackwardContext context, int source, VolumeLayout order)
    {
        var natural = TensorLayout.Dense(context.Node.Inputs[source], order);
        var wanted = natural.Volume.IsVector ? natural : context.GradientLayout(source, natural);
        return context.GradientOf(source, wanted);
    }

    /// <summary>Hands a source its gradient in the layout that the source's maker knows.</summary>
    public static void Give(BackwardContext context, int source, Value value, bool isOwn = true)
    {
        var known = context.Source(source).Layout;
        if (context.Node.Inputs[source].IsVector)
            value = value with { Layout = TensorLayout.Dense(known.Volume, known.Order) };
        context.Give(source, value, isOwn);
    }
}
