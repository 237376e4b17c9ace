using Cnn.Generator.Graph;

namespace Cnn.Generator.Schedules;

/// <summary>A direct convolution across channels, as far as its schedule depends on it.</summary>
/// <param name="Geometry">The convolution.</param>
/// <param name="SourceOrder">The order in which the source lies.</param>
/// <param name="IsPooled">Whether 2x2 pixels are pooled into one.</param>
internal sealed record ChannelProblem(ConvGeometry Geometry, VolumeLayout SourceOrder, bool IsPooled)
{
    /// <summary>Gets the floats of the source from one tap of an innermost run to the next.</summary>
    public int TapStride { get; init; } = 1;

    /// <summary>Gets how often the weights are read in all, each time others that follow the ones before.</summary>
    public int Repetitions { get; init; } = 1;

    /// <summary>Gets a value indicating whether speed is worth a longer text.</summary>
    public bool IsHot { get; init; }

    /// <summary>Gets a value indicating whether threads share it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Gets a value indicating whether another volume is added to the result.</summary>
    public bool HasResidual { get; init; }
}
