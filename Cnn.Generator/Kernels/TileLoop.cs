using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A loop over tiles of one size. Where the size does not divide the length the last tile overlaps the one before it, which writes the
/// same values twice; so the body may only assign, not add. One size of tile is one copy of the code.
/// </summary>
internal static class TileLoop
{
    /// <summary>Opens the loop, or only a scope where it turns once; the index counts elements and is then nothing.</summary>
    public static (KernelBody.Scope Scope, string Index) Open(KernelBody body, string index, int length, int size, bool isShared = false)
    {
        if (length == size)
            return (isShared ? body.Open(new Alone()) : body.Open(), "");
        if (length % size == 0 && !(isShared && size > 1))
            return (size == 1 ? body.For(index, length, isShared) : body.For(index, length, size), index);
        var tile = index + "Tile";
        var scope = body.For(tile, TileCost.Count(length, size), isShared);
        EmitIndex(body, index, tile, length, size);
        return (scope, index);
    }

    /// <summary>Opens the part of the loop that one band of so many tiles is.</summary>
    public static (KernelBody.Scope Scope, string Index) OpenBand(KernelBody body, string index, int length, int size, string band, int perBand)
    {
        var (tile, tiles) = (index + "Tile", TileCost.Count(length, size));
        if (perBand == 1)
        {
            var only = body.Open();
            EmitIndex(body, index, band, length, size);
            return (only, index);
        }

        var end = $"{band} * {perBand} + {perBand}";
        if (tiles % perBand != 0)
            end = $"global::System.Math.Min({end}, {tiles})";
        var scope = body.Open(new Counted(LocalType.Integer, tile, $"{band} * {perBand}", end) { EndName = "behind" });
        EmitIndex(body, index, tile, length, size);
        return (scope, index);
    }

    private static void EmitIndex(KernelBody body, string index, string tile, int length, int size)
    {
        var usual = $"{tile} * {size}";
        body.Declare(LocalType.Integer, index, length % size == 0 ? usual : $"{tile} == {TileCost.Count(length, size) - 1} ? {length - size} : {usual}");
    }
}
