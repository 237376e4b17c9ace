using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <content>The arguments and the shapes of single layers.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor NumberOutOfRange = new(
        "CNN0040",
        "A number must lie in its range",
        "{0}: {1} is {2}, but must be {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0040.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnevenGroups = new(
        "CNN0041",
        "Groups must divide the channels",
        "{0}: {1} do not divide {2}, for {3}; the next smaller number that does is {4}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0041.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BoundsReversed = new(
        "CNN0042",
        "The least output must be below the largest",
        "{0}: the least output {1} is not below the largest, {2}; write the smaller one first",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0042.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownMode = new(
        "CNN0043",
        "A mode must be one of the named ones",
        "{0}: {1} is no way of {2}; write {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0043.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor OutputPaddingTooLarge = new(
        "CNN0044",
        "An output padding must be less than the stride or the dilation",
        "{0}: an output padding of {1} is neither less than the stride of {2} nor than the dilation of {3}; {4}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0044.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NothingLeft = new(
        "CNN0045",
        "Padding or cropping must leave something",
        "{0} leaves nothing of the {1}, for {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0045.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ElementsDiffer = new(
        "CNN0046",
        "Another shape must have as many elements",
        "{0}: {1} has {2} elements, but {3} has {4}; write a shape of as many",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0046.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MirrorTooSmall = new(
        "CNN0047",
        "A mirror image must be smaller than the volume",
        "{0}: a mirror image of {1} does not fit {2}, which has {3} of which the outermost is not repeated; {4}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0047.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ShapesDiffer = new(
        "CNN0048",
        "Shapes that are joined must match",
        "{0}: {1} and {2}, named \"{3}\", do not match, for {4}{5}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0048.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NothingToJoin = new(
        "CNN0049",
        "A join needs a name",
        "{0} joins nothing; write the Name of another layer in it",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0049.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor SameWithoutMeaning = new(
        "CNN0080",
        "A transposed convolution has no Padding.Same",
        "{0}: Padding.Same is defined by the input of a convolution and has no meaning for a transposed one; write a number, "
            + "which is taken away from every side of the output",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0080.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WithoutEffect = new(
        "CNN0081",
        "A property must have an effect",
        "{0}: {1} has no effect, for {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0081.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor EmptyWindow = new(
        "CNN0082",
        "A window must read something of its input",
        "{0}: a window that starts {1} before the input steps over all of its {2} with a dilation of {3}, so that it pools "
            + "nothing; the largest dilation is {4}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0082.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NothingToNormalize = new(
        "CNN0083",
        "A normalisation needs more than one element",
        "{0} has nothing to normalise in {1}, so that every element would become its bias; remove it or put it where more arrives",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0083.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnevenShuffle = new(
        "CNN0084",
        "The square of the factor must divide the channels",
        "{0}: {1} does not divide the {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0084.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static ImmutableArray<DiagnosticDescriptor> Layers =>
    [
        NumberOutOfRange, UnevenGroups, BoundsReversed, UnknownMode, OutputPaddingTooLarge,
        NothingLeft, ElementsDiffer, MirrorTooSmall, ShapesDiffer, NothingToJoin,
        SameWithoutMeaning, WithoutEffect, EmptyWindow, NothingToNormalize, UnevenShuffle,
    ];
}
