using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>A trainable tensor of a layer in its canonical (PyTorch) form.</summary>
/// <param name="Suffix"><c>weight</c> or <c>bias</c>; the full name is the node's name, a dot and this.</param>
/// <param name="Dimensions">The canonical shape: [out, in, kh, kw], [out, in] or [out].</param>
/// <param name="FanIn">Inputs that feed one output, for the initialiser; 0 for a bias, which starts at zero.</param>
/// <param name="FanOut">Outputs that one input feeds.</param>
internal sealed record ParameterSpec(string Suffix, EquatableArray<int> Dimensions, int FanIn, int FanOut)
{
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
}

/// <summary>
/// What one layer computes: an immutable value without place or name. Every layer answers the same questions; the
/// compiler asks nothing else about it.
/// </summary>
internal abstract record Layer
{
    /// <summary>Gets the attribute's name without brackets: <c>Conv</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Gets the stem of the names of its nodes: <c>conv</c> gives <c>conv1</c>, <c>conv2</c>.</summary>
    public abstract string NameStem { get; }

    /// <summary>The shape that leaves when a legal <paramref name="input"/> arrives.</summary>
    public abstract Shape Infer(Shape input);

    /// <summary>The trainable tensors, in the order in which they are stored.</summary>
    public virtual EquatableArray<ParameterSpec> Parameters(Shape input) => [];

    /// <summary>Multiply-adds of one inference, counted as the field does: convolutions and dense layers only, padding included.</summary>
    public virtual long MultiplyAdds(Shape input) => 0;
}
