namespace Cnn;

/// <summary>The base of the normalisations: y = (x - mean) / sqrt(variance + epsilon) * weight + bias.</summary>
public abstract class NormalizationAttribute : LayerAttribute
{
    private protected NormalizationAttribute(bool affine)
    {
        Affine = affine;
    }

    /// <summary>Gets or sets what is added to the variance before the root, greater than 0. The default is 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>
    /// Gets or sets a value indicating whether a trainable <c>weight</c> (initially 1) and <c>bias</c> (initially 0) follow. The default
    /// is true, but false for <see cref="InstanceNormAttribute"/>.
    /// </summary>
    public bool Affine { get; set; }
}

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, 2015): y = (x - mean) / sqrt(variance + epsilon) * weight + bias, for each channel of a volume
/// or each element of a vector. Training takes mean and (biased) variance over the batch and all pixels and moves the running averages
/// <c>running_mean</c> and <c>running_var</c> (unbiased) towards them; inference uses the running averages, folded into the convolution
/// or dense layer before it. Shapes are unchanged. Parameters: weight, bias and the two running averages, [c] each. PyTorch's BatchNorm2d
/// and BatchNorm1d.
/// </summary>
public sealed class BatchNormAttribute() : NormalizationAttribute(affine: true)
{
    /// <summary>
    /// Gets or sets how far each training step moves the running averages towards those of its batch, in [0, 1]: running = (1 - momentum)
    /// * running + momentum * batch. The default is 0.1, PyTorch's; Keras's momentum is 1 minus this.
    /// </summary>
    public double Momentum { get; set; } = 0.1;
}

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton, 2016): over the elements of a vector, or over the channels of each pixel of a volume.
/// Shapes are unchanged. Parameters: weight and bias, one each for every element of the vector or every channel; with
/// <see cref="WholeSample"/> for every element of the volume, [c, h, w]. PyTorch's LayerNorm.
/// </summary>
public sealed class LayerNormAttribute() : NormalizationAttribute(affine: true)
{
    /// <summary>Gets or sets a value indicating whether all elements of a volume are normalised together. The default is false.</summary>
    public bool WholeSample { get; set; }
}

/// <summary>
/// Group normalisation (Wu and He, 2018): over all pixels and the channels of each of <see cref="Groups"/> groups, sample by sample.
/// Shapes are unchanged. Parameters: weight and bias, [c] each. PyTorch's GroupNorm.
/// </summary>
/// <param name="groups">The groups of neighbouring channels, at least 1; divides the channels.</param>
public sealed class GroupNormAttribute(int groups) : NormalizationAttribute(affine: true)
{
    /// <summary>Gets the number of groups.</summary>
    public int Groups { get; } = groups;
}

/// <summary>
/// Instance normalisation (Ulyanov, Vedaldi and Lempitsky, 2016): over all pixels of each channel, sample by sample, in training and
/// inference alike. Shapes are unchanged. Parameters, only where <see cref="NormalizationAttribute.Affine"/> is set: weight and bias,
/// [c] each. PyTorch's InstanceNorm2d.
/// </summary>
public sealed class InstanceNormAttribute() : NormalizationAttribute(affine: false);
