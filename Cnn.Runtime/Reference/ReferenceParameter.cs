namespace Cnn.Reference;

/// <summary>A trainable tensor of a <see cref="ReferenceNetwork"/> in its canonical (PyTorch) form.</summary>
/// <param name="name">The canonical name: <c>conv1.weight</c>.</param>
/// <param name="shape">[filters, channels, kernelHeight, kernelWidth], [units, inputs] or [outputs].</param>
public sealed class ReferenceParameter(string name, params int[] shape)
{
    /// <summary>Gets the canonical name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the canonical shape.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>Gets the elements in row-major order; zero at first, to be written by the caller.</summary>
    public float[] Values { get; } = new float[Product(shape)];

    private static int Product(int[] shape)
    {
        var product = 1;
        foreach (var dimension in shape)
            product = checked(product * dimension);
        return product;
    }
}
