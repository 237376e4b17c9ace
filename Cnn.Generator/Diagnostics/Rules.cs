using System.Collections.Immutable;
using System.Linq;

namespace Cnn.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of the compiler. An id is never used again for something else. Errors are not configurable: a network that has one
/// does not work, whatever a project says about its severity.
/// </summary>
internal static partial class Rules
{
    // The class.
    public static readonly Rule NotPartial = new(
        "CNN0001",
        Severity.Error,
        "A network must be partial",
        "{0} declares a network but is not partial, so its members cannot be generated; write 'partial {1} {0}'");

    public static readonly Rule ContainerNotPartial = new(
        "CNN0002",
        Severity.Error,
        "A type that contains a network must be partial",
        "{0} contains the network {1} but is not partial, so the members of {1} cannot be generated; write 'partial {2} {0}'");

    public static readonly Rule UnsupportedType = new(
        "CNN0003",
        Severity.Error,
        "This form of class cannot be a network",
        "{0} cannot be a network because it {1}; {2}");

    public static readonly Rule MemberTaken = new(
        "CNN0004",
        Severity.Error,
        "A member has the name of a generated one",
        "{0} declares {1}, but the compiler generates a member of that name for every network; rename or remove it");

    // The chain of attributes.
    public static readonly Rule MissingInput = new(
        "CNN0010",
        Severity.Error,
        "A network needs an input",
        "{0} has layers but no input, so that no shape is known; put [Input(height, width, channels)] before {1}, "
            + "use it in a network as [Block(typeof({0}))], or make it abstract where others are to use it");

    public static readonly Rule SecondInput = new(
        "CNN0011",
        Severity.Error,
        "A network has one input",
        "{0} is one input too many, for {1} already has {2}; remove one of them");

    public static readonly Rule LayersOnTwoParts = new(
        "CNN0012",
        Severity.Error,
        "All layers stand on one part of the class",
        "{0} stands on another part of {1} than {2}, and C# gives the parts of a class no order; put the input and all layers on one part");

    public static readonly Rule NothingAfterInput = new(
        "CNN0013",
        Severity.Error,
        "A network needs a layer",
        "{0} has no layer after {1}; add at least one, such as [Flatten, Dense(10)]");

    public static readonly Rule LayerBeforeInput = new(
        "CNN0014",
        Severity.Error,
        "The input comes first",
        "{0} stands before {1}, but layers are read in the order in which they are written; move {1} to the front");

    // The arguments.
    public static readonly Rule SizeNotPositive = new(
        "CNN0020",
        Severity.Error,
        "A size must be at least 1",
        "{0}: {1} is {2}, but must be at least 1");

    public static readonly Rule NegativePadding = new(
        "CNN0021",
        Severity.Error,
        "A padding must be at least 0",
        "{0}: the padding is {1}, but must be at least 0; to keep the size, write Padding = Padding.Same");

    public static readonly Rule RateOutOfRange = new(
        "CNN0022",
        Severity.Error,
        "A dropout rate must lie in [0, 1)",
        "{0}: the rate is {1}, but must be at least 0 and less than 1; it is the share of elements that training sets to zero, often 0.5");

    public static readonly Rule SlopeOutOfRange = new(
        "CNN0023",
        Severity.Error,
        "A slope must lie in [0, 1)",
        "{0}: the slope is {1}, but must be at least 0 and less than 1; the usual one is 0.01");

    public static readonly Rule UnknownLayout = new(
        "CNN0024",
        Severity.Error,
        "The layout must be Hwc or Chw",
        "{0}: {1} is no layout; write Layout.Hwc (channels innermost) or Layout.Chw (channels outermost)");

    public static readonly Rule UnknownNumerics = new(
        "CNN0025",
        Severity.Error,
        "The numerics must be Precise or Fast",
        "{0}: {1} is none of the numerics; write Numerics.Precise (within 1e-5 of the largest output) or Numerics.Fast (within 1e-4)");

    // The shapes.
    public static readonly Rule KernelDoesNotFit = new(
        "CNN0030",
        Severity.Error,
        "A kernel must fit its padded input",
        "{0}: a {1} does not fit {2}; {3}");

    public static readonly Rule ChannelMismatch = new(
        "CNN0031",
        Severity.Error,
        "Other channels arrive than InChannels promises",
        "{0} expects {1}, but {2} gives {3}: {4}; write InChannels = {5} or leave it out");

    public static readonly Rule PoolPaddingTooLarge = new(
        "CNN0032",
        Severity.Error,
        "A pooling's padding must not be more than half its window",
        "{0}: a padding of {1} is more than half of the {2} window (2 * {1} > {3}); {4}");

    public static readonly Rule VectorExpected = new(
        "CNN0033",
        Severity.Error,
        "This layer needs a vector",
        "{0} needs a vector, but {1} gives {2}, a volume; put [Flatten] before it");

    public static readonly Rule VolumeExpected = new(
        "CNN0034",
        Severity.Error,
        "This layer needs a volume",
        "{0} needs a volume (height x width x channels), but {1} gives a vector of {2}; {3}");

    public static readonly Rule SoftmaxNotLast = new(
        "CNN0035",
        Severity.Error,
        "Softmax must be the last layer",
        "{0} must be the last layer, but {1} follows; move it to the end or remove it");

    public static readonly Rule ActivationTooLarge = new(
        "CNN0036",
        Severity.Error,
        "An activation is too large",
        "{0} makes {1} of {2} elements, but the largest array of floats that fits in 2 GiB has {3}; {4}");

    public static readonly Rule TooManyParameters = new(
        "CNN0037",
        Severity.Error,
        "A network has too many parameters",
        "{0} brings the network to {1} parameters, but the largest array of floats that fits in 2 GiB has {2}; {3}");

    public static readonly Rule NetworkTooLarge = new(
        "CNN0038",
        Severity.Error,
        "A network is too large",
        "{0} is too large: laid out for its kernels, its weights or its working memory have more than {1} floats; "
        + "make its largest layers smaller");

    // Hints.
    public static readonly Rule UnreadInput = new(
        "CNN0050",
        Severity.Info,
        "A stride leaves a part of the input unread",
        "{0} leaves {1} of {2} unread: {3}");

    public static readonly Rule UnevenSamePadding = new(
        "CNN0051",
        Severity.Info,
        "Padding.Same pads unevenly",
        "{0} pads unevenly, with {1}, as TensorFlow does; a framework that pads alike on all sides gives other numbers");

    public static readonly Rule ArenaAboveStackLimit = new(
        "CNN0052",
        Severity.Info,
        "The arena is too large for the stack",
        "{0} needs an arena of {1} bytes, more than the {2} that are taken from the stack; it gets a "
            + "workspace that is allocated once and kept");

    public static readonly Rule NotOptimized = new(
        "CNN0053",
        Severity.Info,
        "The project is built without optimisation",
        "{0} is compiled without optimisation, which makes its kernels about 6 times slower; build with '-c Release' to measure or to ship")
    {
        IsOfCompilation = true,
    };

    // The compiler itself.
    public static readonly Rule InternalError = new(
        "CNN0900",
        Severity.Error,
        "The network compiler failed",
        "The network compiler failed on {0}, and it is not your fault; please report this message: {1}");

    public static readonly ImmutableArray<Rule> All =
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

    private static readonly ImmutableDictionary<string, Rule> ById = All.ToImmutableDictionary(rule => rule.Id);

    /// <summary>Gets the rules that the analyzer reports; errors come from the generator, so that they exist with analyzers off.</summary>
    public static ImmutableArray<Rule> Hints => [.. All.Where(rule => rule.Severity != Severity.Error)];

    public static Rule Get(string id) => ById[id];
}
