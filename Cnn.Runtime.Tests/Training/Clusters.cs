using System.Linq;

namespace Cnn.Tests.Training;

/// <summary>A toy problem for <see cref="SoftmaxRegression"/>: three clouds of points that planes keep apart.</summary>
internal static class Clusters
{
    public static (float[] Inputs, int[] Labels) Make(int count, ulong seed)
    {
        var rng = new Rng(seed);
        var inputs = new float[count * SoftmaxRegression.Inputs];
        var labels = new int[count];
        for (var sample = 0; sample < count; sample++)
        {
            labels[sample] = rng.NextInt(SoftmaxRegression.Classes);
            for (var i = 0; i < SoftmaxRegression.Inputs; i++)
                inputs[(sample * SoftmaxRegression.Inputs) + i] = (i == labels[sample] ? 2 : 0) + rng.NextFloat() - 0.5f;
        }

        return (inputs, labels);
    }

    public static Dataset MakeDataset(int count, ulong seed)
    {
        var (inputs, labels) = Make(count, seed);
        return Dataset.FromArrays(inputs, labels, SoftmaxRegression.Inputs, SoftmaxRegression.Classes);
    }

    public static float[] OneHot(int[] labels) =>
        labels.SelectMany(label => Enumerable.Range(0, SoftmaxRegression.Classes).Select(i => i == label ? 1f : 0)).ToArray();
}
