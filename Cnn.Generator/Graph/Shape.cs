using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Graph;

/// <summary>
/// The shape of one activation: a volume of height x width x channels, or a vector, which keeps its length in
/// <see cref="Channels"/> with height and width of 1.
/// </summary>
internal readonly record struct Shape(int Height, int Width, int Channels, bool IsVector)
{
    public static Shape Volume(int height, int width, int channels) => new(height, width, channels, false);

    public static Shape Vector(int length) => new(1, 1, length, true);

    /// <summary>Gets the number of elements. Callers keep it within int by checking <see cref="LongLength"/> first.</summary>
    public int Length => Height * Width * Channels;

    public long LongLength => (long)Height * Width * Channels;

    /// <summary>As messages write it: <c>28x28x6</c>, or <c>120</c> for a vector.</summary>
    public override string ToString() => IsVector
        ? Text.Number(Channels)
        : $"{Height}x{Width}x{Channels}";
}
