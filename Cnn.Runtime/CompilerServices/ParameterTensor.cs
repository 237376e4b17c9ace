using System;
using System.Collections.Generic;

namespace Cnn;

/// <summary>The initial values of a tensor before training.</summary>
public enum Initializer
{
    /// <summary>All zero: the biases.</summary>
    Zeros,

    /// <summary>Uniform in +-sqrt(6 / fanIn): He et al. 2015, for layers that feed a ReLU.</summary>
    He,

    /// <summary>Uniform in +-sqrt(6 / (fanIn + fanOut)): Glorot and Bengio 2010, for all others.</summary>
    Glorot,

    /// <summary>All <see cref="ParameterTensor.Start"/>: the factors of a normalisation, the slopes of a PReLU.</summary>
    Constant,
}

/// <summary>One loop of a <see cref="StridedBlock"/>.</summary>
/// <param name="Count">The number of iterations.</param>
/// <param name="CanonicalStride">The stride in floats in the canonical tensor.</param>
/// <param name="KernelStride">The stride in floats in the kernel's order.</param>
public readonly record struct StridedAxis(int Count, int CanonicalStride, int KernelStride);

/// <summary>A rectangular part of a tensor that lies regularly in both orders: up to five nested loops.</summary>
/// <param name="canonicalOffset">First float within the canonical tensor.</param>
/// <param name="kernelOffset">First float within the network's weights in kernel order.</param>
/// <param name="axes">The loops, outermost first.</param>
public sealed class StridedBlock(int canonicalOffset, int kernelOffset, params StridedAxis[] axes)
{
    private readonly StridedAxis[] _axes = axes;

    /// <summary>Gets the first float within the canonical tensor.</summary>
    public int CanonicalOffset { get; } = canonicalOffset;

    /// <summary>Gets the first float within the network's weights in kernel order.</summary>
    public int KernelOffset { get; } = kernelOffset;

    /// <summary>Gets the loops, outermost first.</summary>
    public IReadOnlyList<StridedAxis> Axes => _axes;

    /// <summary>Copies from the canonical tensor into kernel order.</summary>
    public void Pack(ReadOnlySpan<float> canonical, Span<float> weights) => Pack(canonical, weights, CanonicalOffset, KernelOffset, 0);

    /// <summary>Copies from kernel order into the canonical tensor.</summary>
    public void Unpack(ReadOnlySpan<float> weights, Span<float> canonical) => Unpack(weights, canonical, CanonicalOffset, KernelOffset, 0);

    private void Pack(ReadOnlySpan<float> canonical, Span<float> weights, int from, int to, int depth)
    {
        if (depth == _axes.Length)
        {
            weights[to] = canonical[from];
            return;
        }

        var axis = _axes[depth];
        if (depth == _axes.Length - 1)
        {
            for (var i = 0; i < axis.Count; i++)
                weights[to + (i * axis.KernelStride)] = canonical[from + (i * axis.CanonicalStride)];
            return;
        }

        for (var i = 0; i < axis.Count; i++)
            Pack(canonical, weights, from + (i * axis.CanonicalStride), to + (i * axis.KernelStride), depth + 1);
    }

    private void Unpack(ReadOnlySpan<float> weights, Span<float> canonical, int to, int from, int depth)
    {
        if (depth == _axes.Length)
        {
            canonical[to] = weights[from];
            return;
        }

        var axis = _axes[depth];
        if (depth == _axes.Length - 1)
        {
            for (var i = 0; i < axis.Count; i++)
                canonical[to + (i * axis.CanonicalStride)] = weights[from + (i * axis.KernelStride)];
            return;
        }

        for (var i = 0; i < axis.Count; i++)
            Unpack(weights, canonical, to + (i * axis.CanonicalStride), from + (i * axis.KernelStride), depth + 1);
    }
}

/// <summary>A tensor of a network, trained unless <see cref="IsBuffer"/> says otherwise: its canonical (PyTorch) name and shape, and where the kernels keep it.</summary>
/// <param name="name">The canonical name: <c>conv1.weight</c>.</param>
/// <param name="shape">The canonical shape: [out, in, kh, kw], [out, in] or [out].</param>
/// <param name="initializer">Its initial values.</param>
/// <param name="fanIn">Inputs that feed one output.</param>
/// <param name="fanOut">Outputs that one input feeds.</param>
/// <param name="blocks">The parts that together map every element to its place in kernel order.</param>
public sealed class ParameterTensor(
    string name,
    int[] shape,
    Initializer initializer,
    int fanIn,
    int fanOut,
    params StridedBlock[] blocks)
{
    /// <summary>Gets the canonical name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the canonical shape.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;

    /// <summary>Gets how the tensor starts.</summary>
    public Initializer Initializer { get; } = initializer;

    /// <summary>Gets the number of inputs that feed one output.</summary>
    public int FanIn { get; } = fanIn;

    /// <summary>Gets the number of outputs that one input feeds.</summary>
    public int FanOut { get; } = fanOut;

    /// <summary>Gets the number with which every element starts where <see cref="Initializer"/> is a constant.</summary>
    public float Start { get; init; }

    /// <summary>Gets the number of the layer to which it belongs: a layer reads only what layers of smaller numbers compute.</summary>
    public int Layer { get; init; }

    /// <summary>Gets a value indicating whether training does not change it by its gradient: a running average.</summary>
    public bool IsBuffer { get; init; }

    /// <summary>Gets the number of elements.</summary>
    public int Length { get; } = Product(shape);

    /// <summary>Copies the tensor from its canonical form into a network's weights.</summary>
    /// <exception cref="ArgumentException"><paramref name="canonical"/> is not <see cref="Length"/> long.</exception>
    public void Pack(ReadOnlySpan<float> canonical, Span<float> weights)
    {
        CheckLength(canonical.Length);
        foreach (var block in blocks)
            block.Pack(canonical, weights);
    }

    /// <summary>Copies the tensor from a network's weights (or from gradients, which lie alike) into its canonical form.</summary>
    /// <exception cref="ArgumentException"><paramref name="canonical"/> is not <see cref="Length"/> long.</exception>
    public void Unpack(ReadOnlySpan<float> weights, Span<float> canonical)
    {
        CheckLength(canonical.Length);
        foreach (var block in blocks)
            block.Unpack(weights, canonical);
    }

    private static int Product(int[] shape)
    {
        var product = 1;
        foreach (var dimension in shape)
            product = checked(product * dimension);
        return product;
    }

    private void CheckLength(int length)
    {
        if (length != Length)
            throw new ArgumentException($"{Name} has {Length} elements; the span has {length}.");
    }
}
