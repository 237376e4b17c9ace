namespace Cnn.Kernels;

/// <summary>
/// What is summed over a run or over the pixels of a channel: of an element x, its fellow y and the parameter p of the channel.
/// </summary>
internal partial interface ITerm
{
    static virtual bool UsesFellow => false;

    static virtual bool UsesParameter => false;

    static virtual bool HasSecond => false;
}

/// <summary>x * y.</summary>
internal readonly partial struct ProductTerm : ITerm
{
    public static bool UsesFellow => true;
}

/// <summary>x - p.</summary>
internal readonly partial struct DifferenceTerm : ITerm
{
    public static bool UsesParameter => true;
}

/// <summary>(x - p)^2.</summary>
internal readonly partial struct SquaredDifferenceTerm : ITerm
{
    public static bool UsesParameter => true;
}

/// <summary>
/// y and y * (x - p): the sums of a normalisation's backward pass, x its input, y the gradient of its output, p the mean.
/// </summary>
internal readonly partial struct GradientTerm : ITerm
{
    public static bool UsesFellow => true;

    public static bool UsesParameter => true;

    public static bool HasSecond => true;
}

/// <summary>
/// x * y where x is not positive, otherwise 0: the gradient of a trained slope, x the input, y the gradient of the output.
/// </summary>
internal readonly partial struct SlopeTerm : ITerm
{
    public static bool UsesFellow => true;
}
