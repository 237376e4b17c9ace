using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator.Parsing;

/// <summary>Where one thing stands.</summary>
internal sealed record Position(Place Place, string FilePath, TextSpan Span, LinePositionSpan Lines)
{
    public Location ToLocation() => Location.Create(FilePath, Span, Lines);
}

/// <summary>
/// Where the parts of a declaration stand. Kept apart from <see cref="NetworkDeclaration"/>, so that an edit which only
/// moves the text compiles nothing again.
/// </summary>
internal sealed record DeclarationPositions(EquatableArray<Position> Items)
{
    public static DeclarationPositions From(DeclarationLocations locations) => new(locations.Items
        .Select(item => new Position(
            item.Key,
            item.Value.SourceTree?.FilePath ?? "",
            item.Value.SourceSpan,
            item.Value.GetLineSpan().Span))
        .ToEquatableArray());

    /// <inheritdoc cref="DeclarationLocations.Find"/>
    public Location Find(Place place) => FindOne(place) ?? Location.None;

    /// <inheritdoc cref="DeclarationLocations.FindInBlock"/>
    public Location? FindInBlock(Place place) => place.InBlock() is { } written ? FindOne(written) : null;

    private Location? FindOne(Place place)
    {
        foreach (var candidate in DeclarationLocations.Candidates(place))
        {
            foreach (var item in Items)
            {
                if (item.Place == candidate)
                    return item.ToLocation();
            }
        }

        return null;
    }
}

/// <summary>The same with locations in the source, which <c>#pragma</c> and .editorconfig need. Lives no longer than the parse.</summary>
internal sealed class DeclarationLocations
{
    private readonly List<KeyValuePair<Place, Location>> _items = [];

    public IReadOnlyList<KeyValuePair<Place, Location>> Items => _items;

    public void Add(Place place, Location location) => _items.Add(new KeyValuePair<Place, Location>(place, location));

    /// <summary>The location of a place, or of what contains it where it is not written.</summary>
    public Location Find(Place place) => FindOne(place) ?? Location.None;

    /// <summary>Where in a block something is written; null on the network itself, and where the block is in another assembly.</summary>
    public Location? FindInBlock(Place place) => place.InBlock() is { } written ? FindOne(written) : null;

    private Location? FindOne(Place place)
    {
        foreach (var candidate in Candidates(place))
        {
            foreach (var item in _items)
            {
                if (item.Key == candidate)
                    return item.Value;
            }
        }

        return null;
    }

    /// <summary>
    /// An argument, else the list in which it stands, else its attribute, else the class of the network; for the use of what stands
    /// within a block the attribute that uses it.
    /// </summary>
    public static IEnumerable<Place> Candidates(Place place)
    {
        if (place.Kind == PlaceKind.Use)
            place = Place.Layer(place.Index);
        yield return place;
        yield return place.List();
        yield return place.At("");
        if (place.Kind != PlaceKind.OfBlock)
            yield return Place.Type;
    }
}
