using System;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Loops over channels a vector at a time. Where they are no multiple of it the last vector overlaps the one before and writes the same
/// values twice; so the body may only assign, or add what it masks.
/// </summary>
internal static class ChannelVectors
{
    public static void Emit(CodeWriter writer, VectorWidth width, int channels, Action<string> body) =>
        Emit(writer, width, channels, adds: false, (channel, _) => body(channel));

    /// <param name="writer">Receives the loops.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="channels">As many as a vector holds, or more.</param>
    /// <param name="adds">Whether the body adds to what is there.</param>
    /// <param name="body">Given the channel and, where it adds and vectors overlap, the mask of those that no other vector computes.</param>
    public static void Emit(CodeWriter writer, VectorWidth width, int channels, bool adds, Action<string, string> body)
    {
        var whole = channels / width.Lanes * width.Lanes;
        if (whole == width.Lanes)
        {
            using (writer.Open())
                body("", "");
        }
        else if (whole > 0)
        {
            using (writer.Block($"for (int c = 0; c < {whole}; c += {width.Lanes})"))
                body("c", "");
        }

        if (channels > whole)
        {
            using (writer.Open())
            {
                var overlap = width.Lanes - (channels - whole);
                writer.Line($"const int c = {channels - width.Lanes};");
                body("c", adds ? $"{width.Type}.GreaterThanOrEqual({width.Type}<int>.Indices, {width.Type}.Create({overlap})).AsSingle()" : "");
            }
        }
    }
}

/// <summary>
/// Loops over the pairs of columns of a planar volume that 2x2 windows of stride 2 bring together, half a vector of outputs a turn.
/// </summary>
internal static class PairTiles
{
    public static void Emit(CodeWriter writer, VectorWidth width, PoolGeometry geometry, bool isShared, Action<string, string, string> body)
    {
        var half = width.Lanes / 2;
        var tiles = (geometry.OutWidth + half - 1) / half;
        using (writer.Block(Turns.For("c", geometry.Input.Channels, isShared)))
        using (writer.Block($"for (int y = 0; y < {geometry.OutHeight}; y++)"))
        using (writer.Block($"for (int tile = 0; tile < {tiles}; tile++)"))
        {
            var regular = $"tile * {half}";
            writer.Line($"int x = {(geometry.OutWidth % half == 0 ? regular : $"tile == {tiles - 1} ? {geometry.OutWidth - half} : {regular}")};");
            body("c", "y", "x");
        }
    }

    /// <summary>The elements of a row, each in two lanes.</summary>
    public static string Twice(VectorWidth width, string reference) => width.Lanes == 8
        ? $"VectorLanes.Twice(Vector128.LoadUnsafe(ref {reference}))"
        : $"VectorLanes.LoadTwice(ref {reference}, 0)";
}
