using System;

namespace Cnn;

/// <summary>Floats with target vectors.</summary>
internal sealed class TargetDataset(float[] inputs, float[] targets, int inputLength, int targetLength)
    : Dataset(CountOf(inputs, targets, inputLength, targetLength), inputLength, 0, targetLength)
{
    public override void CopyInput(int index, Span<float> destination)
    {
        CheckIndex(index);
        CheckDestination(destination, InputLength);
        inputs.AsSpan(index * InputLength, InputLength).CopyTo(destination);
    }

    public override void CopyTarget(int index, Span<float> destination)
    {
        CheckIndex(index);
        CheckDestination(destination, TargetLength);
        targets.AsSpan(index * TargetLength, TargetLength).CopyTo(destination);
    }

    private static int CountOf(float[] inputs, float[] targets, int inputLength, int targetLength)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var count = DatasetLengths.Samples(inputs.Length, inputLength, nameof(inputs));
        DatasetLengths.Same(count, DatasetLengths.Samples(targets.Length, targetLength, nameof(targets)), "targets", nameof(targets));
        return count;
    }
}
