namespace Cnn;

/// <summary>
/// How a training workspace is laid out: <see cref="SharedFloats"/> of scratch, then regions that hold one block a sample for
/// <c>capacity</c> samples each. A region with start r lies at SharedFloats + r * capacity.
/// </summary>
/// <param name="SharedFloats">Floats that do not depend on the number of samples.</param>
/// <param name="SampleFloats">Floats a sample.</param>
/// <param name="LogitsStart">Start of the region of logits, in floats a sample. The region of inputs starts at 0.</param>
/// <param name="LogitsGradientStart">Start of the region of the gradient of the logits.</param>
/// <param name="EndsInSoftmax">Whether the network ends in a softmax, which training leaves to the loss.</param>
public readonly record struct TrainingPlan(
    int SharedFloats,
    int SampleFloats,
    int LogitsStart,
    int LogitsGradientStart,
    bool EndsInSoftmax)
{
    /// <summary>Floats behind the last region that vector loads may touch.</summary>
    private const int Slack = 16;

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
