using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Kernels;

/// <summary>The weights of one phase, from an offset on within those of a group.</summary>
internal sealed record PhaseWeights(ConvPhase Phase, ConvPacking Packing, int Offset);

/// <summary>
/// The order of a convolution's parameters: for each group the weights of the phases one behind the other, then the bias. Of a
/// depthwise convolution the groups are the innermost axis.
/// </summary>
/// <param name="Task">The convolution.</param>
/// <param name="Phases">The weights of its phases.</param>
/// <param name="BiasOffset">Where the bias of the first group begins, if there is one.</param>
/// <param name="GroupStride">The floats from one group to the next.</param>
/// <param name="Length">The floats of all groups, padding included.</param>
/// <param name="HasBias">Whether there is a bias.</param>
internal sealed record ConvWeights(
    ConvTask Task, EquatableArray<PhaseWeights> Phases, int BiasOffset, int GroupStride, int Length, bool HasBias) : WeightPacking
{
    public override int Length { get; } = Length;

    /// <summary>Lays the weights out as a way of computing reads them.</summary>
    public static ConvWeights Of(ConvTask task, ConvChoice choice, bool hasBias)
    {
        var phases = new List<PhaseWeights>();
        var offset = 0;
        foreach (var phase in task.Phases)
        {
            var packing = choice.Way switch
            {
                ConvWay.Depthwise => ConvPacking.Depthwise(phase.Geometry, task.Groups),
                ConvWay.Width => ConvPacking.ByFilters(phase.Geometry),
                ConvWay.Scatter => ConvPacking.Scattered(phase.Geometry),
                _ => ConvPacking.ByOutputChannel(phase.Geometry, choice.SourceOrder),
            };
            phases.Add(new PhaseWeights(phase, packing, offset));
            offset += packing.Length;
        }

        var isDepthwise = choice.Way == ConvWay.Depthwise;
        var biases = Tiling.RoundUp(isDepthwise ? task.Groups : task.Phases[0].Geometry.OutChannels, 8);
        var length = Tiling.RoundUp(offset + (hasBias ? biases : 0), task.Groups == 1 ? 1 : 8);
        return new ConvWeights(
            task,
            phases.ToEquatableArray(),
            offset,
            isDepthwise ? 1 : length,
            isDepthwise ? length : checked(task.Groups * length),
            hasBias);
    }

    /// <summary>
    /// Of a transposed convolution, whose canonical weight is [in, out / groups, kh, kw], the convolution it transposes has the roles
    /// of input and output the other way round and so the usual [out, in / groups, kh, kw].
    /// </summary>
    public override EquatableArray<PackedBlock> Blocks(ParameterSpec parameter) => (parameter.Suffix == "bias"
        ? Phases[0].Packing.Segments.Select(Bias)
        : from phase in Phases
          where !phase.Phase.IsEmpty
          from segment in phase.Packing.Segments
          select Weights(phase, segment)).ToEquatableArray();

    private PackedBlock Bias(ConvSegment segment) => new(
        segment.First,
        BiasOffset + segment.First,
        [
            new PackedAxis(Task.Groups, Task.Phases[0].Geometry.OutChannels, GroupStride),
            new PackedAxis(segment.Blocks * segment.Lanes, 1, 1),
        ]);

    private PackedBlock Weights(PhaseWeights phase, ConvSegment segment)
    {
        var kernel = Task.Kernel;
        var plane = kernel.KernelHeight * kernel.KernelWidth;
        var (output, input) = Task.IsTransposed ? (plane, kernel.Taps) : (kernel.Taps, plane);
        var (rows, columns) = (phase.Phase.Rows, phase.Phase.Columns);
        return new PackedBlock(
            (segment.First * output) + (rows.First * kernel.KernelWidth) + columns.First,
            phase.Offset + segment.Offset,
            [
                new PackedAxis(Task.Groups, kernel.OutChannels * kernel.Taps, GroupStride),
                new PackedAxis(segment.Blocks, segment.Lanes * output, segment.BlockStride),
                new PackedAxis(segment.Lanes, output, 1),
                new PackedAxis(phase.Phase.Geometry.InChannels, input, segment.Channel),
                new PackedAxis(rows.Count, rows.Step * kernel.KernelWidth, segment.Row),
                new PackedAxis(columns.Count, columns.Step, segment.Column),
            ]);
    }
}
