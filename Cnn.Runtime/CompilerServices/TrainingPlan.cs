using System.Collections.Generic;

namespace Cnn;

/// <summary>
/// Two numbers per channel that every thread computes from its samples and that are combined over the batch: the mean and the sum of
/// squared differences from it, or two sums of the backward pass.
/// </summary>
/// <param name="Offset">Their offset in a workspace: the first number of every channel, then, from a whole vector on, the second.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="Elements">Elements of a channel in one sample.</param>
/// <param name="RunningMean">The offset of the running means in the weights; -1 for sums.</param>
/// <param name="RunningVariance">The offset of the running variances.</param>
/// <param name="Momentum">The share of the new value in a running average.</param>
public readonly record struct BatchExchange(
    int Offset, int Channels, int Elements, int RunningMean, int RunningVariance, double Momentum)
{
    /// <summary>Gets the floats between the two numbers of a channel.</summary>
    public int Pitch => (Channels + 7) / 8 * 8;
}

/// <summary>
/// The layout of a training workspace: <see cref="SharedFloats"/> of scratch, then regions that hold one block per sample for
/// <c>capacity</c> samples each. A region with start r lies at SharedFloats + r * capacity.
/// </summary>
/// <param name="SharedFloats">Floats that do not depend on the number of samples.</param>
/// <param name="SampleFloats">Floats per sample.</param>
/// <param name="LogitsStart">Start of the region of logits, in floats per sample. The region of inputs starts at 0.</param>
/// <param name="LogitsGradientStart">Start of the region of the gradient of the logits.</param>
/// <param name="EndsInSoftmax">Whether the network ends in a softmax, which training leaves to the loss.</param>
public readonly record struct TrainingPlan(
    int SharedFloats,
    int SampleFloats,
    int LogitsStart,
    int LogitsGradientStart,
    bool EndsInSoftmax)
{
    /// <summary>Floats after the last region that vector loads may touch.</summary>
    private const int Slack = 16;

    /// <summary>Gets the pixels of the output; 1 for a vector.</summary>
    public int Pixels { get; init; } = 1;

    /// <summary>Gets the classes at each pixel: the channels of the output; 0 for the whole length.</summary>
    public int Classes { get; init; } = 0;

    /// <summary>Gets a value indicating whether an output that is a volume lies plane by plane instead of pixel by pixel.</summary>
    public bool IsPlanar { get; init; } = false;

    /// <summary>Gets what stands between the phases of the forward pass.</summary>
    public IReadOnlyList<BatchExchange> ForwardExchanges { get; init; } = [];

    /// <summary>Gets what stands between the phases of the backward pass.</summary>
    public IReadOnlyList<BatchExchange> BackwardExchanges { get; init; } = [];

    /// <summary>The floats of a workspace for <paramref name="capacity"/> samples.</summary>
    /// <exception cref="System.OverflowException">The workspace does not fit an array.</exception>
    public int WorkspaceFloats(int capacity) => checked(SharedFloats + (SampleFloats * capacity) + Slack);

    /// <summary>Offset of the inputs, one after the other, each as long as the network's input.</summary>
    public int Input => SharedFloats;

    /// <summary>Offset of the logits, one sample after the other, each as long as the network's output.</summary>
    public int Logits(int capacity) => SharedFloats + (LogitsStart * capacity);

    /// <summary>Offset of the gradient of the logits, laid out as they are.</summary>
    public int LogitsGradient(int capacity) => SharedFloats + (LogitsGradientStart * capacity);
}
