using System;

namespace Cnn;

/// <summary>Floats with labels.</summary>
internal sealed class LabelledDataset : Dataset
{
    private readonly float[] _inputs;
    private readonly int[] _labels;

    public LabelledDataset(float[] inputs, int[] labels, int inputLength, int classes)
        : base(CountOf(inputs, labels, inputLength, classes), inputLength, classes, 0)
    {
        for (var index = 0; index < labels.Length; index++)
            DatasetLengths.Label(labels[index], index, classes, nameof(labels));
        (_inputs, _labels) = (inputs, labels);
    }

    public override void CopyInput(int index, Span<float> destination)
    {
        CheckIndex(index);
        CheckDestination(destination, InputLength);
        _inputs.AsSpan(index * InputLength, InputLength).CopyTo(destination);
    }

    public override int Label(int index)
    {
        CheckIndex(index);
        return _labels[index];
    }

    private static int CountOf(float[] inputs, int[] labels, int inputLength, int classes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        if (classes < 1)
            throw new ArgumentException($"Labels need at least one class, not {classes}.", nameof(classes));
        var count = DatasetLengths.Samples(inputs.Length, inputLength, nameof(inputs));
        DatasetLengths.Same(count, labels.Length, "labels", nameof(labels));
        return count;
    }
}
