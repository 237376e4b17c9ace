namespace Cnn;

/// <summary>
/// In training, zeroes each element with probability <see cref="Rate"/> and scales the others by 1 / (1 - rate); nothing at inference.
/// </summary>
/// <param name="rate">The probability, in [0, 1).</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>Gets the probability with which an element is zeroed.</summary>
    public double Rate { get; } = rate;
}

/// <summary>
/// In training, zeroes each channel of a sample as a whole with probability <see cref="Rate"/> and scales the others by 1 / (1 - rate);
/// nothing at inference (Tompson et al., 2015). PyTorch's Dropout2d.
/// </summary>
/// <param name="rate">The probability, in [0, 1).</param>
public sealed class SpatialDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>Gets the probability with which a channel is zeroed.</summary>
    public double Rate { get; } = rate;
}
