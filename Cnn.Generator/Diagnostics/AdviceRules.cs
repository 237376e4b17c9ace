using System.Collections.Immutable;

namespace Cnn.Generator.Diagnostics;

/// <content>What is legal and probably not meant.</content>
internal static partial class Rules
{
    public static readonly Rule DenseHoldsMost = new(
        "CNN0054",
        Severity.Info,
        "One dense layer holds almost all parameters",
        "{0} holds {1} of the {2} parameters, for it reads every element of {3}; [GlobalAvgPool] before it would leave {4}");

    public static readonly Rule DeadBias = new(
        "CNN0055",
        Severity.Info,
        "A bias before a normalisation has no effect",
        "{0}: its {1} no effect, for {2} subtracts the mean of every channel; write Bias = false");

    public static readonly Rule SmallReceptiveField = new(
        "CNN0056",
        Severity.Info,
        "The receptive field is small beside the input",
        "{0} pools what depends on no more than {1} of the {2} input at each place, so that nothing larger is ever seen as a whole; "
            + "put more layers, strides or pooling before it");

    public static readonly Rule ActivationTwice = new(
        "CNN0070",
        Severity.Warning,
        "Two activations in a row",
        "{0} follows {1} with no layer between them, so that it {2}; remove one of the two");

    public static readonly Rule DropoutOfOutput = new(
        "CNN0071",
        Severity.Warning,
        "Dropout stands behind the last layer",
        "{0} zeroes outputs of the network in training, for no layer with parameters stands behind it; put it before {1} or remove it");

    public static readonly Rule StrideAboveWindow = new(
        "CNN0072",
        Severity.Warning,
        "A stride is larger than its window",
        "{0} never reads {1} of {2}, for the stride of {3} is larger than the {4}, which spans {5}; {6}");

    public static readonly Rule SoftmaxOfOne = new(
        "CNN0073",
        Severity.Warning,
        "A softmax over one class is constant",
        "{0} is {1} whatever arrives, for {2} has a single class; write [Sigmoid] for a yes or no");

    public static readonly Rule LossAppliesActivation = new(
        "CNN0074",
        Severity.Warning,
        "The loss applies the last activation itself",
        "{0} ends in {1}, {3} ({2}); {4}");

    public static readonly Rule LossOfOneOutput = new(
        "CNN0077",
        Severity.Warning,
        "Cross-entropy learns nothing from one output",
        "{0} has one output{1}, whose softmax is always 1, so that cross-entropy learns nothing; use BinaryCrossEntropy with the labels 0 and 1, "
            + "or MeanSquaredError for a number");

    public static readonly Rule InputOrder = new(
        "CNN0075",
        Severity.Warning,
        "The input may be written channels first",
        "An input of {0} has 3 rows, for the order is height, width, channels; for pictures of {1} write {2}");

    public static readonly Rule ConvOrder = new(
        "CNN0076",
        Severity.Warning,
        "The numbers of a convolution may be in PyTorch's order",
        "{0} has {1} with a {2} kernel, for the order is filters, kernel height, kernel width; for {3} write {4}");

    public static readonly Rule LinearTwice = new(
        "CNN0078",
        Severity.Warning,
        "Two linear layers in a row",
        "{0} follows {1} with no activation between them, so that both together are one linear layer of {2}; put an activation such as [Relu] before it, "
            + "or remove one of the two");

    public static readonly Rule NormalisedTwice = new(
        "CNN0079",
        Severity.Warning,
        "Two normalisations in a row",
        "{0} follows {1}, which has normalised the same already, so that it can only scale and shift once more; remove one of the two");

    public static readonly Rule MomentumOfKeras = new(
        "CNN0085",
        Severity.Warning,
        "The momentum may be in Keras's sense",
        "{0}: a momentum of {1} all but replaces the running averages by those of each batch, for it is the share of the new value, as in PyTorch; "
            + "for Keras's momentum of {1} write Momentum = {2}");

    public static readonly Rule RateAboveOne = new(
        "CNN0086",
        Severity.Warning,
        "A learning rate above 1",
        "A learning rate of {0} is above 1, with which training mostly diverges; usual is {1}");

    public static readonly Rule BatchOfOne = new(
        "CNN0087",
        Severity.Warning,
        "A batch of one sample cannot be normalised",
        "{0} normalises each element of a vector over the batch ({1}), and in a batch of one sample all of them become 0; give batchSize at least 2");

    private static ImmutableArray<Rule> Advice =>
    [
        DenseHoldsMost, DeadBias, SmallReceptiveField,
        ActivationTwice, DropoutOfOutput, StrideAboveWindow, SoftmaxOfOne, LossAppliesActivation, LossOfOneOutput, InputOrder, ConvOrder,
        LinearTwice, NormalisedTwice, MomentumOfKeras, RateAboveOne, BatchOfOne,
    ];
}
