namespace Cnn.Generator.Statements;

/// <summary>The type of a local.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Lanes">The floats of a vector; 1 for anything else.</param>
internal readonly record struct LocalType(LocalKind Kind, int Lanes = 1)
{
    public static readonly LocalType Integer = new(LocalKind.Integer);

    public static readonly LocalType Constant = new(LocalKind.Constant);

    public static readonly LocalType Native = new(LocalKind.Native);

    public static readonly LocalType Float = new(LocalKind.Float);

    /// <summary>A vector of floats.</summary>
    public static LocalType Vector(int lanes) => new(LocalKind.Vector, lanes);
}

/// <summary>The kind of a local.</summary>
internal enum LocalKind
{
    /// <summary>An integer of 32 bits.</summary>
    Integer,

    /// <summary>An integer of 32 bits that does not change.</summary>
    Constant,

    /// <summary>An integer as wide as an address.</summary>
    Native,

    /// <summary>A float.</summary>
    Float,

    /// <summary>A vector of floats.</summary>
    Vector,
}
