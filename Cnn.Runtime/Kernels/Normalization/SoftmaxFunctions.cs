namespace Cnn.Kernels;

/// <summary>exp(x - p).</summary>
internal readonly partial struct ExponentialTerm : ITerm
{
    public static bool UsesParameter => true;
}

/// <summary>x * (t - p): the gradient t of softmax's output x, p the sum of their products.</summary>
internal readonly partial struct SoftmaxGradient : IChannelFunction
{
    public static int Parameters => 1;

    public static bool ReadsTarget => true;
}

/// <summary>t - exp(x) * p: the gradient t of the output x of the logarithm of softmax, p the sum of the gradient.</summary>
internal readonly partial struct LogSoftmaxGradient : IChannelFunction
{
    public static int Parameters => 1;

    public static bool ReadsTarget => true;
}
