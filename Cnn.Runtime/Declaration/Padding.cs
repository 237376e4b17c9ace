namespace Cnn;

/// <summary>Names for the two common paddings; a padding may also be a number of zeros on every side.</summary>
public static class Padding
{
    /// <summary>No padding.</summary>
    public const int Valid = 0;

    /// <summary>
    /// As many zeros as keep ceil(n / stride) outputs: (f - 1) / 2 on each side at stride 1. If the total is odd, the bottom
    /// and the right get the extra zero.
    /// </summary>
    public const int Same = int.MinValue;
}
