namespace Cnn.Generator.Shapes;

/// <summary>Padding as declared: a number of zeros on each side, or what keeps ceil(n / stride) outputs.</summary>
internal readonly record struct PaddingSpec(bool IsSame, int Top, int Left, int Bottom, int Right)
{
    public static PaddingSpec Same => new(true, 0, 0, 0, 0);

    /// <summary>Gets a value indicating whether all four sides have as many.</summary>
    public bool IsUniform => !IsSame && Top == Left && Top == Bottom && Top == Right;

    /// <summary>Gets the zeros on every side, where it <see cref="IsUniform"/>.</summary>
    public int Amount => Top;

    public static PaddingSpec Of(int amount) => Of(amount, amount, amount, amount);

    public static PaddingSpec Of(int top, int left, int bottom, int right) => new(false, top, left, bottom, right);
}
