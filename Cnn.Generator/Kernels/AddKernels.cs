using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Walks several buffers of the same volume and order by the longest runs that are contiguous in all.</summary>
internal static class JointRuns
{
    /// <param name="body">Receives the loops.</param>
    /// <param name="names">The references.</param>
    /// <param name="layouts">As many layouts, all of one order.</param>
    /// <param name="call">Prints the call on a run of so many elements, given one reference each.</param>
    /// <param name="isShared">Whether threads share the work.</param>
    public static void Emit(
        KernelBody body, string[] names, TensorLayout[] layouts, Func<string[], int, Statement> call, bool isShared = false)
    {
        if (Array.TrueForAll(layouts, layout => layout.IsDense))
        {
            EmitDense(body, names, layouts[0].Length, call, isShared);
            return;
        }

        var planar = layouts[0].Order == VolumeLayout.Chw;
        var volume = layouts[0].Volume;
        var step = planar ? 1 : volume.Channels;
        var whole = Array.TrueForAll(layouts, layout => layout.Pixel == step);
        using (body.For("c", planar ? volume.Channels : 1, isShared && planar))
        using (body.For("y", volume.Height, isShared && !planar))
        using (body.For("x", whole ? 1 : volume.Width))
        {
            var moved = new string[names.Length];
            for (var i = 0; i < names.Length; i++)
            {
                moved[i] = "r" + Text.Number(i);
                var layout = layouts[i];
                body.Refer(moved[i], Kernel.PlaceOf(names[i], layout.Origin, ("c", layout.Channel), ("y", layout.Row), ("x", layout.Pixel)));
            }

            body.Add(call(moved, whole ? volume.Width * step : step));
        }
    }

    /// <summary>One run, which threads share in pieces of whole cache lines.</summary>
    private static void EmitDense(KernelBody body, string[] names, int length, Func<string[], int, Statement> call, bool isShared)
    {
        if (!isShared)
        {
            body.Add(call(names, length));
            return;
        }

        var pieces = CopyThresholds.MostPieces;
        while (length % (pieces * Machine.Usual.LineFloats) != 0 && pieces > 1)
            pieces--;
        using (body.For("piece", pieces, isShared))
        {
            var moved = Array.ConvertAll(names, name => name + "Piece");
            for (var i = 0; i < names.Length; i++)
                body.Refer(moved[i], Kernel.PlaceOf(names[i], 0, ("piece", length / pieces)));
            body.Add(call(moved, length / pieces));
        }
    }
}

/// <summary>target = left + right; the target may be one of them.</summary>
internal sealed record AddKernel(TensorLayout Left, TensorLayout Right, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
        [Parameter.Reads("left", Left), Parameter.Reads("right", Right), Parameter.Writes("target", Target).InPlace()];

    public override bool HasWidths => false;

    public override bool CanShare => true;

    public override string Reason => "element by element";

    public override void Build(KernelBody body, VectorWidth width, int part) => JointRuns.Emit(
        body,
        ["left", "right", "target"],
        [Left, Right, Target],
        (r, n) => new Call("Runs.Add", [$"ref {r[0]}", $"ref {r[1]}", $"ref {r[2]}", n]),
        IsShared);
}

/// <summary>target += source.</summary>
internal sealed record AddToKernel(TensorLayout Source, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Reads("source", Source), Parameter.Accumulates("target", Target)];

    public override bool HasWidths => false;

    public override string Reason => "element by element";

    public override void Build(KernelBody body, VectorWidth width, int part) => JointRuns.Emit(
        body,
        ["source", "target"],
        [Source, Target],
        (r, n) => new Call("Runs.AddTo", [$"ref {r[1]}", $"ref {r[0]}", n]));
}
