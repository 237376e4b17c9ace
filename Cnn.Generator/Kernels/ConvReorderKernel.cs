using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Copies a convolution's weights into the order in which the kernels of its backward pass read them: taps turned by 180 degrees, input
/// and output channels exchanged, phase by phase. Once a step.
/// </summary>
/// <param name="Direct">The order of the convolution.</param>
/// <param name="Transposed">The order of the transposed convolution with the same taps.</param>
/// <param name="IsForward">Whether the transposed order is the target.</param>
internal sealed record ConvReorderKernel(ConvWeights Direct, ConvWeights Transposed, bool IsForward) : Kernel
{
    public override EquatableArray<Parameter> Parameters =>
    [
        Parameter.Weights("source", Region.Run((IsForward ? Direct : Transposed).Length)),
        Parameter.Writes("target", Region.Run((IsForward ? Transposed : Direct).Length)),
    ];

    public override bool HasWidths => false;

    public override string Reason => "turns the kernel by 180 degrees for the backward pass";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        foreach (var direct in Direct.Phases[0].Packing.Segments)
        {
            foreach (var phase in Transposed.Phases.Where(phase => !phase.Phase.IsEmpty))
            {
                foreach (var transposed in phase.Packing.Segments)
                    EmitSegment(writer, direct, phase, transposed);
            }
        }
    }

    private void EmitSegment(CodeWriter writer, ConvSegment direct, PhaseWeights phase, ConvSegment transposed)
    {
        var (rows, columns) = (phase.Phase.Rows, phase.Phase.Columns);
        var first = direct.Offset + (transposed.First * direct.Channel) + (rows.First * direct.Row) + (columns.First * direct.Column);
        var other = phase.Offset + transposed.Offset + (direct.First * transposed.Channel);
        var axes = new[]
        {
            (Direct.Task.Groups, Direct.GroupStride, Transposed.GroupStride),
            (direct.Blocks, direct.BlockStride, direct.Lanes * transposed.Channel),
            (direct.Lanes, 1, transposed.Channel),
            (rows.Count, rows.Step * direct.Row, transposed.Row),
            (columns.Count, columns.Step * direct.Column, transposed.Column),
            (transposed.Blocks, transposed.Lanes * direct.Channel, transposed.BlockStride),
            (transposed.Lanes, direct.Channel, 1),
        };
        var loops = axes.Where(axis => axis.Item1 > 1)
            .SelectMany(axis => IsForward ? new[] { axis.Item1, axis.Item2, axis.Item3 } : [axis.Item1, axis.Item3, axis.Item2])
            .Select(number => Text.Number(number));
        var (source, target) = IsForward ? (first, other) : (other, first);
        writer.Line($"StridedCopy.Run({At("source", source)}, {At("target", target)}, [{string.Join(", ", loops)}]);");
    }
}
