using System;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Shapes;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Loops over channels a vector at a time. Where they are no multiple of it the last vector overlaps the one before and writes the same
/// values twice; so the body may only assign, or add what it masks.
/// </summary>
internal static class ChannelVectors
{
    public static void Emit(KernelBody body, VectorWidth width, int channels, Action<string> build) =>
        Emit(body, width, channels, adds: false, (channel, _) => build(channel));

    /// <param name="body">Receives the loops.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="channels">As many as a vector holds, or more.</param>
    /// <param name="adds">Whether the body adds to what is there.</param>
    /// <param name="build">Given the channel and, where it adds and vectors overlap, the mask of those that no other vector computes.</param>
    public static void Emit(KernelBody body, VectorWidth width, int channels, bool adds, Action<string, string> build)
    {
        var whole = channels / width.Lanes * width.Lanes;
        if (whole == width.Lanes)
        {
            using (body.Open())
                build("", "");
        }
        else if (whole > 0)
        {
            using (body.For("c", whole, width.Lanes))
                build("c", "");
        }

        if (channels > whole)
        {
            using (body.Open())
            {
                var overlap = width.Lanes - (channels - whole);
                body.Declare(LocalType.Constant, "c", Text.Number(channels - width.Lanes));
                build("c", adds ? $"{width.Type}.GreaterThanOrEqual({width.Type}<int>.Indices, {width.Type}.Create({overlap})).AsSingle()" : "");
            }
        }
    }
}

/// <summary>
/// Loops over the pairs of columns of a planar volume that 2x2 windows of stride 2 bring together, half a vector of outputs a turn.
/// </summary>
internal static class PairTiles
{
    public static void Emit(KernelBody body, VectorWidth width, PoolGeometry geometry, bool isShared, Action<string, string, string> build)
    {
        var half = width.Lanes / 2;
        var tiles = (geometry.OutWidth + half - 1) / half;
        using (body.For("c", geometry.Input.Channels, isShared))
        using (body.For("y", geometry.OutHeight))
        using (body.For("tile", tiles))
        {
            var regular = $"tile * {half}";
            body.Declare(LocalType.Integer, "x", geometry.OutWidth % half == 0 ? regular : $"tile == {tiles - 1} ? {geometry.OutWidth - half} : {regular}");
            build("c", "y", "x");
        }
    }

    /// <summary>The elements of a row, each in two lanes.</summary>
    public static string Twice(VectorWidth width, string reference) => width.Lanes == 8
        ? $"VectorLanes.Twice(Vector128.LoadUnsafe(ref {reference}))"
        : $"VectorLanes.LoadTwice(ref {reference}, 0)";
}
