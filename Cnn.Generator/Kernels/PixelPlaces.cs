using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Where the pixels of a tile lie in a volume.</summary>
/// <param name="Tile">The tile.</param>
/// <param name="Width">Columns of the grid.</param>
/// <param name="Y">The index of the rectangle's first row; nothing where it is 0.</param>
/// <param name="X">The index of the rectangle's first column.</param>
/// <param name="P">The index of the run's first pixel.</param>
internal readonly record struct PixelPlaces(PixelTile Tile, int Width, string Y, string X, string P)
{
    /// <summary>References of a line.</summary>
    private const int Declarators = 3;

    /// <summary>The pixels into which two rows of pairs are pooled.</summary>
    public PixelPlaces Pooled() => this with
    {
        Tile = new PixelTile(1, Tile.Columns / 2),
        Y = Half(Y),
        X = Half(X),
    };

    /// <summary>Declares references to pixels, and gives for each the one to start from and the distance.</summary>
    /// <param name="body">Where to declare them.</param>
    /// <param name="name">The name of the reference, before a number where there are several.</param>
    /// <param name="origin">The volume's first pixel.</param>
    /// <param name="view">How the pixels of the grid lie.</param>
    /// <param name="most">The most references, where the distances between pixels are known.</param>
    /// <param name="constant">What is added to all distances.</param>
    /// <param name="terms">What else is.</param>
    public IReadOnlyList<(string Reference, int Offset)> Refer(
        KernelBody body,
        string name,
        string origin,
        TensorView view,
        int most,
        int constant = 0,
        params (string Index, int Stride)[] terms)
    {
        if (Tile.IsRun && P.Length > 0 && view.Row != Width * view.Pixel)
            return ReferApart(body, name, origin, view, constant, terms);
        var columns = Tile.IsRun ? Width : Tile.Columns;
        var distances = Enumerable.Range(0, Tile.Pixels).Select(p => (p / columns * view.Row) + (p % columns * view.Pixel)).ToList();
        var shared = (distances.Count + most - 1) / most;
        var count = (distances.Count + shared - 1) / shared;
        var first = Kernel.PlaceOf(origin, constant, [.. terms, (Y, view.Row), (X, view.Pixel), (P, view.Pixel)]);
        if (count == 1)
        {
            body.Refer(name, first);
            return [.. distances.Select(distance => (name, distance))];
        }

        Declare(body, name, [.. Enumerable.Range(0, count).Select(r => r == 0 ? first : new Place(name + "0", distances[r * shared]))]);
        return [.. distances.Select((distance, p) => (name + Text.Number(p / shared), distance - distances[p / shared * shared]))];
    }

    /// <summary>A run's pixels in a volume with something between its rows.</summary>
    private IReadOnlyList<(string Reference, int Offset)> ReferApart(
        KernelBody body, string name, string origin, TensorView view, int constant, (string Index, int Stride)[] terms)
    {
        var (first, width, gap) = (P, Text.Number(Width), view.Row - (Width * view.Pixel));
        var pixels = Enumerable.Range(0, Tile.Pixels).Select(k => k == 0 ? first : $"({first} + {Text.Number(k)})");
        Declare(body, name, [.. pixels.Select(pixel =>
            Kernel.PlaceOf(origin, constant, [.. terms, (pixel, view.Pixel), ($"{pixel} / {width}", gap)]))]);
        return [.. Enumerable.Range(0, Tile.Pixels).Select(k => (name + Text.Number(k), 0))];
    }

    private static void Declare(KernelBody body, string name, IReadOnlyList<Place> places)
    {
        for (var first = 0; first < places.Count; first += Declarators)
            body.Add(new ReferenceDeclaration([.. places.Skip(first).Take(Declarators).Select((place, number) => (name + Text.Number(first + number), place))]));
    }

    /// <summary>An index of pixels as one of pooled pixels.</summary>
    private static string Half(string index) => index.Length == 0 ? index : $"({index} / 2)";
}
