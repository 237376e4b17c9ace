namespace Cnn.Generator.Graph;

internal static class SizeLimits
{
    /// <summary>The most floats whose bytes an int counts: no activation and no network's weights may have more.</summary>
    public const int LargestArray = int.MaxValue / sizeof(float);
}
