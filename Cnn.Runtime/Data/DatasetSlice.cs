using System;

namespace Cnn;

/// <summary>Consecutive samples of another data set.</summary>
internal sealed class DatasetSlice(Dataset whole, int start, int count)
    : Dataset(count, whole.InputLength, whole.Classes, whole.TargetLength, whole.Pixels)
{
    public override void CopyInput(int index, Span<float> destination)
    {
        CheckIndex(index);
        whole.CopyInput(start + index, destination);
    }

    public override int Label(int index)
    {
        CheckIndex(index);
        return whole.Label(start + index);
    }

    public override void CopyLabels(int index, Span<int> destination)
    {
        CheckIndex(index);
        whole.CopyLabels(start + index, destination);
    }

    public override void CopyTarget(int index, Span<float> destination)
    {
        CheckIndex(index);
        whole.CopyTarget(start + index, destination);
    }
}
