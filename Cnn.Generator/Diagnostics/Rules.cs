global using Rule = Microsoft.CodeAnalysis.DiagnosticDescriptor;

using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of the compiler. An id is never used again for something else. Errors are not configurable: a network that has one
/// does not work, whatever a project says about its severity.
/// </summary>
internal static partial class Rules
{
    /// <summary>Where the pages stand, relative to the root of the repository.</summary>
    public const string Pages = "docs/diagnostics/";

    private const string Category = "Cnn";

    // The class.
    public static readonly DiagnosticDescriptor NotPartial = new(
        "CNN0001",
        "A network must be partial",
        "{0} declares a network but is not partial, so its members cannot be generated; write 'partial {1} {0}'",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0001.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        "CNN0002",
        "A type that contains a network must be partial",
        "{0} contains the network {1} but is not partial, so the members of {1} cannot be generated; write 'partial {2} {0}'",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0002.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnsupportedType = new(
        "CNN0003",
        "This form of class cannot be a network",
        "{0} cannot be a network because it {1}; {2}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0003.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MemberTaken = new(
        "CNN0004",
        "A member has the name of a generated one",
        "{0} declares {1}, but the compiler generates a member of that name for every network; rename or remove it",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0004.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    // The chain of attributes.
    public static readonly DiagnosticDescriptor MissingInput = new(
        "CNN0010",
        "A network needs an input",
        "{0} has layers but no input, so that no shape is known; put [Input(height, width, channels)] before {1}, "
            + "use it in a network as [Block(typeof({0}))], or make it abstract where others are to use it",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0010.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor SecondInput = new(
        "CNN0011",
        "A network has one input",
        "{0} is one input too many, for {1} already has {2}; remove one of them",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0011.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LayersOnTwoParts = new(
        "CNN0012",
        "All layers stand on one part of the class",
        "{0} stands on another part of {1} than {2}, and C# gives the parts of a class no order; put the input and all layers on one part",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0012.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NothingAfterInput = new(
        "CNN0013",
        "A network needs a layer",
        "{0} has no layer after {1}; add at least one, such as [Flatten, Dense(10)]",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0013.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LayerBeforeInput = new(
        "CNN0014",
        "The input comes first",
        "{0} stands before {1}, but layers are read in the order in which they are written; move {1} to the front",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0014.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    // The arguments.
    public static readonly DiagnosticDescriptor SizeNotPositive = new(
        "CNN0020",
        "A size must be at least 1",
        "{0}: {1} is {2}, but must be at least 1",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0020.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NegativePadding = new(
        "CNN0021",
        "A padding must be at least 0",
        "{0}: the padding is {1}, but must be at least 0; to keep the size, write Padding = Padding.Same",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0021.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor RateOutOfRange = new(
        "CNN0022",
        "A dropout rate must lie in [0, 1)",
        "{0}: the rate is {1}, but must be at least 0 and less than 1; it is the share of elements that training sets to zero, often 0.5",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0022.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor SlopeOutOfRange = new(
        "CNN0023",
        "A slope must lie in [0, 1)",
        "{0}: the slope is {1}, but must be at least 0 and less than 1; the usual one is 0.01",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0023.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownLayout = new(
        "CNN0024",
        "The layout must be Hwc or Chw",
        "{0}: {1} is no layout; write Layout.Hwc (channels innermost) or Layout.Chw (channels outermost)",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0024.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownNumerics = new(
        "CNN0025",
        "The numerics must be Precise or Fast",
        "{0}: {1} is none of the numerics; write Numerics.Precise (within 1e-5 of the largest output) or Numerics.Fast (within 1e-4)",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0025.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    // The shapes.
    public static readonly DiagnosticDescriptor KernelDoesNotFit = new(
        "CNN0030",
        "A kernel must fit its padded input",
        "{0}: a {1} does not fit {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0030.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ChannelMismatch = new(
        "CNN0031",
        "Other channels arrive than InChannels promises",
        "{0} expects {1}, but {2} gives {3}: {4}; write InChannels = {5} or leave it out",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0031.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor PoolPaddingTooLarge = new(
        "CNN0032",
        "A pooling's padding must not be more than half its window",
        "{0}: a padding of {1} is more than half of the {2} window (2 * {1} > {3}); {4}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0032.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor VectorExpected = new(
        "CNN0033",
        "This layer needs a vector",
        "{0} needs a vector, but {1} gives {2}, a volume; put [Flatten] before it",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0033.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor VolumeExpected = new(
        "CNN0034",
        "This layer needs a volume",
        "{0} needs a volume (height x width x channels), but {1} gives a vector of {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0034.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor SoftmaxNotLast = new(
        "CNN0035",
        "Softmax must be the last layer",
        "{0} must be the last layer, but {1} follows; move it to the end or remove it",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0035.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ActivationTooLarge = new(
        "CNN0036",
        "An activation is too large",
        "{0} makes {1} of {2} elements, but the largest array of floats that fits in 2 GiB has {3}; {4}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0036.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TooManyParameters = new(
        "CNN0037",
        "A network has too many parameters",
        "{0} brings the network to {1} parameters, but the largest array of floats that fits in 2 GiB has {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0037.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NetworkTooLarge = new(
        "CNN0038",
        "A network is too large",
        "{0} is too large: laid out for its kernels, its weights or its working memory have more than {1} floats; "
        + "make its largest layers smaller",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0038.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    // Hints.
    public static readonly DiagnosticDescriptor UnreadInput = new(
        "CNN0050",
        "A stride leaves a part of the input unread",
        "{0} leaves {1} of {2} unread: {3}",
        Category,
        DiagnosticSeverity.Info,
        true,
        helpLinkUri: Pages + "CNN0050.md");

    public static readonly DiagnosticDescriptor UnevenSamePadding = new(
        "CNN0051",
        "Padding.Same pads unevenly",
        "{0} pads unevenly, with {1}, as TensorFlow does; a framework that pads alike on all sides gives other numbers",
        Category,
        DiagnosticSeverity.Info,
        true,
        helpLinkUri: Pages + "CNN0051.md");

    public static readonly DiagnosticDescriptor ArenaAboveStackLimit = new(
        "CNN0052",
        "The arena is too large for the stack",
        "{0} needs an arena of {1} bytes, more than the {2} that are taken from the stack; it gets a "
            + "workspace that is allocated once and kept",
        Category,
        DiagnosticSeverity.Info,
        true,
        helpLinkUri: Pages + "CNN0052.md");

    public static readonly DiagnosticDescriptor NotOptimized = new(
        "CNN0053",
        "The project is built without optimisation",
        "{0} is compiled without optimisation, which makes its kernels about 6 times slower; build with '-c Release' to measure or to ship",
        Category,
        DiagnosticSeverity.Info,
        true,
        helpLinkUri: Pages + "CNN0053.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    // The compiler itself.
    public static readonly DiagnosticDescriptor InternalError = new(
        "CNN0900",
        "The network compiler failed",
        "The network compiler failed on {0}, and it is not your fault; please report this message: {1}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0900.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial, ContainerNotPartial, UnsupportedType, MemberTaken,
        .. OfClasses,
        MissingInput, SecondInput, LayersOnTwoParts, NothingAfterInput, LayerBeforeInput,
        SizeNotPositive, NegativePadding, RateOutOfRange, SlopeOutOfRange, UnknownLayout, UnknownNumerics,
        KernelDoesNotFit, ChannelMismatch, PoolPaddingTooLarge, VectorExpected, VolumeExpected, SoftmaxNotLast,
        ActivationTooLarge, TooManyParameters, NetworkTooLarge,
        UnreadInput, UnevenSamePadding, ArenaAboveStackLimit, NotOptimized,
        .. Graph,
        .. Layers,
        .. Advice,
        .. Weights,
        .. Budget,
        InternalError,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(rule => rule.Id);

    /// <summary>Gets the rules that the analyzer reports; errors come from the generator, so that they exist with analyzers off.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Hints => [.. All.Where(rule => rule.DefaultSeverity != DiagnosticSeverity.Error)];

    public static DiagnosticDescriptor Get(string id) => ById[id];
}
