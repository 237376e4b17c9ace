using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Budgets;

/// <summary>The changes that make a network smaller. Whether one builds and is enough, the search finds out.</summary>
internal static class Changes
{
    /// <summary>Halving both sides leaves a quarter of what follows.</summary>
    private const double LossOfHalving = 0.5;

    /// <summary>A smaller input changes the data too.</summary>
    private const double LossOfOtherData = 0.25;

    private static readonly string[] Strides = ["Stride", "StrideHeight", "StrideWidth"];

    /// <summary>The arguments of a convolution that its depthwise half takes over.</summary>
    private static readonly string[] OfWindow =
    [
        "kernel", "kernelHeight", "kernelWidth", "Stride", "StrideHeight", "StrideWidth", "Padding", "PaddingTop", "PaddingLeft", "PaddingBottom",
        "PaddingRight", "Dilation", "DilationHeight", "DilationWidth", "From",
    ];

    /// <summary>All attributes that are written: on the network, and on each of its blocks once.</summary>
    public static IEnumerable<Site> Sites(NetworkDeclaration declaration)
    {
        var seen = new HashSet<string>();
        return In("", "", declaration.Layers);

        IEnumerable<Site> In(string key, string name, EquatableArray<LayerDeclaration> layers) => layers
            .Select((layer, index) => new Site(key, name, index, layer))
            .Concat(layers.SelectMany(layer => layer.Blocks).Where(block => seen.Add(block.Key)).SelectMany(
                block => In(block.Key, block.Name, block.Layers)));
    }

    /// <summary>The argument that says how many channels or units a layer makes; null if it has none.</summary>
    public static Argument? Width(LayerDeclaration layer) => layer.Kind switch
    {
        "Conv" or "ConvTranspose" => layer.Find("filters"),
        "Dense" => layer.Find("units"),
        _ => null,
    };

    /// <summary>A layer with fewer channels or units.</summary>
    public static Change Narrower(Site site, int width)
    {
        var argument = Width(site.Layer)!;
        return new Change(site, ChangeKind.Narrower, [With(site.Layer, argument.Name, width)], 1 - (width / (double)(int)argument.Value!))
        {
            Remedy = Remedy.Set(argument.Name, width),
            RemedyPlace = Place.Layer(site.Index).At(argument.Name),
        };
    }

    /// <summary>The input with another height, its width in proportion.</summary>
    public static Change Smaller(LayerDeclaration input, int height)
    {
        var (oldHeight, oldWidth) = ((int)input.Find("height")!.Value!, (int)input.Find("width")!.Value!);
        var width = Math.Max(1, (int)Math.Round((double)oldWidth * height / oldHeight));
        var smaller = With(With(input, "height", height), "width", width);
        var share = (double)height / oldHeight;
        return new Change(new Site("", "", Site.OfInput, input), ChangeKind.Input, [smaller], Math.Min(1, 1 - (share * share) + LossOfOtherData));
    }

    /// <summary>
    /// The network or blocks, by key, in which a layer reads one by a name that nobody gave: such names are counted, and mean others where one
    /// is inserted.
    /// </summary>
    public static HashSet<string> CountedScopes(IEnumerable<Site> sites)
    {
        var counted = new HashSet<string>();
        foreach (var scope in sites.GroupBy(site => site.Key))
        {
            var given = new HashSet<string>(scope.Select(site => site.Layer.Find("Name")?.Value).OfType<string>()) { Graph.Network.InputName };
            if (scope.SelectMany(site => site.Layer.Arguments).SelectMany(Read).Any(name => !given.Contains(name)))
                counted.Add(scope.Key);
        }

        return counted;

        IEnumerable<string> Read(Argument argument) => (argument.Name, argument.Value) switch
        {
            ("From" or "of", string name) => [name],
            ("with", EquatableArray<string> names) => names,
            _ => [],
        };
    }

    /// <summary>The changes of one attribute that come in one size.</summary>
    /// <param name="site">The attribute.</param>
    /// <param name="mayInsert">Whether another layer may stand before it.</param>
    public static IEnumerable<Change> Single(Site site, bool mayInsert)
    {
        var layer = site.Layer;
        var isConv = layer.Kind == "Conv";
        if ((isConv || layer.Kind == "DepthwiseConv") && !Has(layer, Strides) && !IsPointwise(layer))
        {
            yield return new Change(site, ChangeKind.Stride, [With(layer, "Stride", 2)], LossOfHalving)
            {
                Remedy = Remedy.Set("Stride", 2),
                RemedyPlace = Place.Layer(site.Index),
            };
        }

        if (!mayInsert)
            yield break;
        if (isConv && !Has(layer, "Groups") && !IsPointwise(layer))
            yield return Separable(site);
        if (Has(layer, "From"))
            yield break;
        if (isConv)
            yield return Before(site, "MaxPool", "2", LossOfHalving);
        if (layer.Kind == "Flatten")
        {
            yield return Before(site, "MaxPool", "2", LossOfHalving);
            yield return Before(site, "GlobalAvgPool", "", 2 * LossOfHalving);
        }
    }

    private static Change Before(Site site, string kind, string size, double loss)
    {
        EquatableArray<Argument> arguments = size.Length == 0 ? [] : [new Argument("size", int.Parse(size, System.Globalization.CultureInfo.InvariantCulture), size, ArgumentForm.Positional)];
        return new Change(site, ChangeKind.Pool, [new LayerDeclaration(kind, arguments, IsBroken: false), site.Layer], loss)
        {
            Remedy = new Remedy(RemedyKind.InsertBefore, kind, size),
            RemedyPlace = Place.Layer(site.Index),
        };
    }

    /// <summary>A depthwise convolution and one of single elements (Howard et al., "MobileNets", 2017).</summary>
    private static Change Separable(Site site)
    {
        var layer = site.Layer;
        var depthwise = new LayerDeclaration(
            "DepthwiseConv", layer.Arguments.Where(argument => OfWindow.Contains(argument.Name)).ToEquatableArray(), IsBroken: false);
        var rest = layer.Arguments.Where(argument => !OfWindow.Contains(argument.Name) && argument.Name != "InChannels").ToList();
        rest.Insert(1, new Argument("kernel", 1, "1", ArgumentForm.Positional));
        var pointwise = layer with { Arguments = rest.ToEquatableArray() };
        return new Change(site, ChangeKind.Separable, [depthwise, pointwise], LossOfHalving);
    }

    private static bool IsPointwise(LayerDeclaration layer) => layer.Find("kernel") is { Value: 1 };

    private static bool Has(LayerDeclaration layer, params string[] names) =>
        names.Any(name => layer.Find(name) is { Form: not ArgumentForm.Default });

    /// <summary>The attribute with an argument of another value, or with one more.</summary>
    private static LayerDeclaration With(LayerDeclaration layer, string name, int value)
    {
        var text = Text.Number(value);
        if (layer.Find(name) is null)
            return layer with { Arguments = layer.Arguments.Append(new Argument(name, value, text, ArgumentForm.Property)).ToEquatableArray() };
        return layer with
        {
            Arguments = layer.Arguments
                .Select(argument => argument.Name == name ? argument with { Value = value, Text = text } : argument)
                .ToEquatableArray(),
        };
    }
}
