namespace Cnn;

/// <summary>max(x, 0), element by element.</summary>
public sealed class ReluAttribute : LayerAttribute;

/// <summary>min(max(x, 0), 6), element by element (Krizhevsky, 2010). PyTorch's ReLU6.</summary>
public sealed class Relu6Attribute : LayerAttribute;

/// <summary>x for x > 0, otherwise slope * x, element by element.</summary>
/// <param name="slope">The slope below zero, in [0, 1). The default is 0.01, PyTorch's.</param>
public sealed class LeakyReluAttribute(double slope = 0.01) : LayerAttribute
{
    /// <summary>Gets the slope below zero.</summary>
    public double Slope { get; } = slope;
}

/// <summary>
/// x for x > 0, otherwise w * x with a trainable w (He et al., "Delving Deep into Rectifiers", 2015). Parameters: <c>weight</c>, [1] for
/// the whole layer or [c]. PyTorch's PReLU.
/// </summary>
public sealed class PReluAttribute : LayerAttribute
{
    /// <summary>
    /// Gets or sets a value indicating whether each channel of a volume, or each element of a vector, has a slope of its own. The default
    /// is false.
    /// </summary>
    public bool PerChannel { get; set; }

    /// <summary>Gets or sets the slope with which training begins, any finite number. The default is 0.25.</summary>
    public double Init { get; set; } = 0.25;
}

/// <summary>x for x > 0, otherwise alpha * (exp(x) - 1), element by element (Clevert et al., 2016). PyTorch's ELU.</summary>
/// <param name="alpha">Minus the value far below zero, greater than 0 and finite. The default is 1.</param>
public sealed class EluAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>Gets minus the value far below zero.</summary>
    public double Alpha { get; } = alpha;
}

/// <summary>
/// 1.0507... * x for x > 0, otherwise 1.0507... * 1.67326... * (exp(x) - 1), element by element (Klambauer et al., "Self-Normalizing
/// Neural Networks", 2017). PyTorch's SELU.
/// </summary>
public sealed class SeluAttribute : LayerAttribute;

/// <summary>
/// x * Phi(x) with the distribution function of the normal distribution, x / 2 * (1 + erf(x / sqrt(2))), element by element (Hendrycks
/// and Gimpel, 2016). PyTorch's GELU.
/// </summary>
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary>
    /// Gets or sets a value indicating whether to compute x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x * x * x))) instead, PyTorch's
    /// <c>approximate="tanh"</c>. The default is false.
    /// </summary>
    public bool Tanh { get; set; }
}

/// <summary>x / (1 + exp(-x)), element by element; also called swish (Ramachandran et al., 2017). PyTorch's SiLU.</summary>
public sealed class SiluAttribute : LayerAttribute;

/// <summary>x * tanh(ln(1 + exp(x))), element by element (Misra, 2019). PyTorch's Mish.</summary>
public sealed class MishAttribute : LayerAttribute;

/// <summary>x * min(max(x + 3, 0), 6) / 6, element by element (Howard et al., "MobileNetV3", 2019). PyTorch's Hardswish.</summary>
public sealed class HardSwishAttribute : LayerAttribute;

/// <summary>min(max(x + 3, 0), 6) / 6, element by element. PyTorch's Hardsigmoid.</summary>
public sealed class HardSigmoidAttribute : LayerAttribute;

/// <summary>ln(1 + exp(beta * x)) / beta, and x where beta * x is above the threshold, element by element. PyTorch's Softplus.</summary>
public sealed class SoftplusAttribute : LayerAttribute
{
    /// <summary>Gets or sets the sharpness, greater than 0 and finite. The default is 1.</summary>
    public double Beta { get; set; } = 1;

    /// <summary>Gets or sets the value of beta * x above which the output is x, any finite number. The default is 20.</summary>
    public double Threshold { get; set; } = 20;
}

/// <summary>min(max(x, minimum), maximum), element by element. PyTorch's Hardtanh, ONNX's Clip.</summary>
/// <param name="min">The least output, finite and less than <paramref name="max"/>.</param>
/// <param name="max">The largest output, finite.</param>
public sealed class ClipAttribute(double min, double max) : LayerAttribute
{
    /// <summary>Gets the least output.</summary>
    public double Min { get; } = min;

    /// <summary>Gets the largest output.</summary>
    public double Max { get; } = max;
}

/// <summary>1 / (1 + exp(-x)), element by element.</summary>
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>tanh(x), element by element.</summary>
public sealed class TanhAttribute : LayerAttribute;

/// <summary>
/// exp(x[i]) / sum over j of exp(x[j]) over a vector, or over the channels of each pixel of a volume; as the last layer of a classifier
/// it is fused with the cross-entropy in training. PyTorch's Softmax(dim=1).
/// </summary>
public sealed class SoftmaxAttribute : LayerAttribute;

/// <summary>
/// x[i] - ln(sum over j of exp(x[j])) over a vector, or over the channels of each pixel of a volume. PyTorch's LogSoftmax(dim=1).
/// </summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
