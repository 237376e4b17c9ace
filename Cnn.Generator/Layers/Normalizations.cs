using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>A layer that computes (x - mean) / sqrt(variance + epsilon) over a part of its input, times weight plus bias.</summary>
internal interface INormalization
{
    double Epsilon { get; }

    /// <summary>Gets a value indicating whether weight and bias follow.</summary>
    bool Affine { get; }
}

/// <summary>What normalisations answer alike.</summary>
internal static class Normalizations
{
    public static double Epsilon(ArgumentReader reader) =>
        reader.Number("Epsilon", "epsilon", 1e-5, "greater than 0 and finite, often 1e-5", epsilon => epsilon > 0);

    /// <summary>weight, which starts at 1, and bias, which starts at 0.</summary>
    public static EquatableArray<ParameterSpec> Affine(EquatableArray<int> dimensions) =>
        [ParameterSpec.Constant("weight", dimensions, 1), ParameterSpec.Constant("bias", dimensions, 0)];

    /// <summary>Reports a mean over a single element, which would leave nothing of it.</summary>
    public static bool CheckCount(long count, string over, LayerCheck check)
    {
        if (count > 1)
            return true;
        check.Report(Rules.NothingToNormalize, "", over);
        return false;
    }

    /// <summary><c> without weight and bias, epsilon 0.001</c>: what differs from the usual.</summary>
    public static string Describe(INormalization layer, bool usuallyAffine = true)
    {
        var affine = layer.Affine == usuallyAffine ? "" : layer.Affine ? " with weight and bias" : " without weight and bias";
        return affine + " with epsilon " + Text.Number(layer.Epsilon);
    }
}
