using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Graph;

/// <summary>A tensor of a layer in its canonical (PyTorch) form.</summary>
/// <param name="Suffix"><c>weight</c>, <c>bias</c>, <c>running_mean</c>; the full name is the node's name, a dot and this.</param>
/// <param name="Dimensions">The canonical shape: [out, in / groups, kh, kw], [out, in] or [out].</param>
/// <param name="FanIn">Inputs that feed one output, for the initialiser; 0 for what starts as <see cref="Initial"/>.</param>
/// <param name="FanOut">Outputs that one input feeds.</param>
internal sealed record ParameterSpec(string Suffix, EquatableArray<int> Dimensions, int FanIn, int FanOut)
{
    /// <summary>Gets the number with which every element starts where <see cref="FanIn"/> is 0.</summary>
    public float Initial { get; init; }

    /// <summary>Gets a value indicating whether it is a running average: kept by training and saved, but not trained.</summary>
    public bool IsBuffer { get; init; }

    public int Length
    {
        get
        {
            var length = 1;
            foreach (var dimension in Dimensions)
                length *= dimension;
            return length;
        }
    }

    public long LongLength
    {
        get
        {
            var length = 1L;
            foreach (var dimension in Dimensions)
                length *= dimension;
            return length;
        }
    }

    /// <summary>A tensor that starts as one number everywhere.</summary>
    public static ParameterSpec Constant(string suffix, EquatableArray<int> dimensions, float initial) =>
        new(suffix, dimensions, 0, 0) { Initial = initial };

    /// <summary>A bias, which starts at 0.</summary>
    public static ParameterSpec Bias(int length) => Constant("bias", [length], 0);
}
