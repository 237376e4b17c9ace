using System.Collections.Immutable;

namespace Cnn.Generator.Diagnostics;

/// <content>The arguments and the shapes of single layers.</content>
internal static partial class Rules
{
    public static readonly Rule NumberOutOfRange = new(
        "CNN0040",
        Severity.Error,
        "A number must lie in its range",
        "{0}: {1} is {2}, but must be {3}");

    public static readonly Rule UnevenGroups = new(
        "CNN0041",
        Severity.Error,
        "Groups must divide the channels",
        "{0}: {1} do not divide {2}, for {3}; the next smaller number that does is {4}");

    public static readonly Rule BoundsReversed = new(
        "CNN0042",
        Severity.Error,
        "The least output must be below the largest",
        "{0}: the least output {1} is not below the largest, {2}; write the smaller one first");

    public static readonly Rule UnknownMode = new(
        "CNN0043",
        Severity.Error,
        "A mode must be one of the named ones",
        "{0}: {1} is no way of {2}; write {3}");

    public static readonly Rule OutputPaddingTooLarge = new(
        "CNN0044",
        Severity.Error,
        "An output padding must be less than the stride or the dilation",
        "{0}: an output padding of {1} is neither less than the stride of {2} nor than the dilation of {3}; {4}");

    public static readonly Rule NothingLeft = new(
        "CNN0045",
        Severity.Error,
        "Padding or cropping must leave something",
        "{0} leaves nothing of the {1}, for {2}; {3}");

    public static readonly Rule ElementsDiffer = new(
        "CNN0046",
        Severity.Error,
        "Another shape must have as many elements",
        "{0}: {1} has {2} elements, but {3} has {4}; write a shape of as many");

    public static readonly Rule MirrorTooSmall = new(
        "CNN0047",
        Severity.Error,
        "A mirror image must be smaller than the volume",
        "{0}: a mirror image of {1} does not fit {2}, which has {3} of which the outermost is not repeated; {4}");

    public static readonly Rule ShapesDiffer = new(
        "CNN0048",
        Severity.Error,
        "Shapes that are joined must match",
        "{0}: {1} and {2}, named \"{3}\", do not match, for {4}{5}");

    public static readonly Rule NothingToJoin = new(
        "CNN0049",
        Severity.Error,
        "A join needs a name",
        "{0} joins nothing; write the Name of another layer in it");

    public static readonly Rule SameWithoutMeaning = new(
        "CNN0080",
        Severity.Error,
        "A transposed convolution has no Padding.Same",
        "{0}: Padding.Same is defined by the input of a convolution and has no meaning for a transposed one; write a number, "
            + "which is taken away from every side of the output");

    public static readonly Rule WithoutEffect = new(
        "CNN0081",
        Severity.Error,
        "A property must have an effect",
        "{0}: {1} has no effect, for {2}; {3}");

    public static readonly Rule EmptyWindow = new(
        "CNN0082",
        Severity.Error,
        "A window must read something of its input",
        "{0}: a window that starts {1} before the input steps over all of its {2} with a dilation of {3}, so that it pools "
            + "nothing; the largest dilation is {4}");

    public static readonly Rule NothingToNormalize = new(
        "CNN0083",
        Severity.Error,
        "A normalisation needs more than one element",
        "{0} has nothing to normalise in {1}, so that every element would become its bias; remove it or put it where more arrives");

    public static readonly Rule UnevenShuffle = new(
        "CNN0084",
        Severity.Error,
        "The square of the factor must divide the channels",
        "{0}: {1} does not divide the {2}; {3}");

    private static ImmutableArray<Rule> Layers =>
    [
        NumberOutOfRange, UnevenGroups, BoundsReversed, UnknownMode, OutputPaddingTooLarge,
        NothingLeft, ElementsDiffer, MirrorTooSmall, ShapesDiffer, NothingToJoin,
        SameWithoutMeaning, WithoutEffect, EmptyWindow, NothingToNormalize, UnevenShuffle,
    ];
}
