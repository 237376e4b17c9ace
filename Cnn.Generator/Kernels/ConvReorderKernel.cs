using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

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
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Weights("source", () => new Region(Copies().Select(copy => copy.Source).ToEquatableArray())),
        Parameter.Writes("target", () => new Region(Copies().Select(copy => copy.Target).ToEquatableArray())),
    ];

    public override bool HasWidths => false;

    public override string Reason => "turns the kernel by 180 degrees for the backward pass";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        foreach (var (source, target) in Copies())
        {
            var loops = source.Axes.Zip(target.Axes, (from, to) => new[] { from.Count, from.Stride, to.Stride })
                .Where(loop => loop[0] > 1)
                .SelectMany(loop => loop)
                .Select(number => Text.Number(number));
            body.Call("StridedCopy.Run", At("source", source.Offset), At("target", target.Offset), $"[{string.Join(", ", loops)}]");
        }
    }

    /// <summary>The floats that are copied, and where they go.</summary>
    private IEnumerable<(Box Source, Box Target)> Copies() =>
        from direct in Direct.Phases[0].Packing.Segments
        from phase in Transposed.Phases
        where !phase.Phase.IsEmpty
        from transposed in phase.Packing.Segments
        let ends = Copy(direct, phase, transposed)
        select IsForward ? ends : (ends.Other, ends.First);

    private (Box First, Box Other) Copy(ConvSegment direct, PhaseWeights phase, ConvSegment transposed)
    {
        var (rows, columns) = (phase.Phase.Rows, phase.Phase.Columns);
        var first = direct.Offset + (transposed.First * direct.Channel) + (rows.First * direct.Row) + (columns.First * direct.Column);
        var other = phase.Offset + transposed.Offset + (direct.First * transposed.Channel);
        var axes = new (int Count, int First, int Other)[]
        {
            (Direct.Task.Groups, Direct.GroupStride, Transposed.GroupStride),
            (direct.Blocks, direct.BlockStride, direct.Lanes * transposed.Channel),
            (direct.Lanes, 1, transposed.Channel),
            (rows.Count, rows.Step * direct.Row, transposed.Row),
            (columns.Count, columns.Step * direct.Column, transposed.Column),
            (transposed.Blocks, transposed.Lanes * direct.Channel, transposed.BlockStride),
            (transposed.Lanes, direct.Channel, 1),
        };
        return (
            new Box(first, axes.Select(axis => new Axis(axis.Count, axis.First)).ToEquatableArray()),
            new Box(other, axes.Select(axis => new Axis(axis.Count, axis.Other)).ToEquatableArray()));
    }
}
