namespace Cnn.Generator.Schedules;

/// <summary>A vector type of System.Runtime.Intrinsics for which a kernel is printed.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Lanes">The floats of a vector.</param>
/// <param name="Accumulators">
/// The sums that a tile may keep in registers: with two vectors of weights and one broadcast, 15 of 16 registers, or of 32 what leaves as many
/// weights and a broadcast their room.
/// </param>
internal sealed record VectorWidth(string Type, int Lanes, int Accumulators)
{
    public static readonly VectorWidth V512 = new("Vector512", 16, 24);

    public static readonly VectorWidth V256 = new("Vector256", 8, 12);

    public static readonly VectorWidth V128 = new("Vector128", 4, 12);

    /// <summary>Gets the most vectors of channels whose sums a tile keeps side by side.</summary>
    public int MostVectors => Lanes == V512.Lanes ? 6 : 16 / Lanes;

    /// <summary>Gets the registers of the processors that have them, at least.</summary>
    public int Registers => Lanes == V512.Lanes ? 32 : 16;

    /// <summary>Gets the vectors of half as many lanes.</summary>
    public VectorWidth Half => Lanes == V512.Lanes ? V256 : V128;

    /// <summary>The name: the text of a record would follow <see cref="Half"/> without end.</summary>
    public override string ToString() => Type;

    /// <summary>The widest vectors, up to these, that divide the channels: vectors of half the lanes compute a remainder.</summary>
    public VectorWidth Dividing(int channels) => Lanes > V256.Lanes && channels % Lanes != 0 ? Half : this;
}
