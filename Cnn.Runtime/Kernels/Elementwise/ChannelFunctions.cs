namespace Cnn.Kernels;

/// <summary>x * p.</summary>
internal readonly partial struct ScaleFunction : IChannelFunction
{
    public static int Parameters => 1;
}

/// <summary>t + x * p.</summary>
internal readonly partial struct ScaleAddFunction : IChannelFunction
{
    public static int Parameters => 1;

    public static bool ReadsTarget => true;
}

/// <summary>x * p + q.</summary>
internal readonly partial struct ScaleShiftFunction : IChannelFunction
{
    public static int Parameters => 2;
}

/// <summary>(x - p) * q + r: the difference first, so that a mean far from zero costs no digits.</summary>
internal readonly partial struct NormalizeFunction : IChannelFunction
{
    public static int Parameters => 3;
}

/// <summary>(t + (x - p) * r + s) * q: the small factor last, since its square may be less than a float holds.</summary>
internal readonly partial struct NormalizeGradient : IChannelFunction
{
    public static int Parameters => 4;

    public static bool ReadsTarget => true;
}

/// <summary>x where it is positive, otherwise p * x.</summary>
internal readonly partial struct PReluFunction : IChannelFunction
{
    public static int Parameters => 1;
}

/// <summary>t where x is positive, otherwise p * t.</summary>
internal readonly partial struct PReluGradient : IChannelFunction
{
    public static int Parameters => 1;

    public static bool ReadsTarget => true;
}
