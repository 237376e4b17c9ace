using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>Walks several buffers of the same volume and order by the longest runs that are contiguous in all.</summary>
internal static class JointRuns
{
    /// <param name="writer">Receives the loops.</param>
    /// <param name="names">The references.</param>
    /// <param name="layouts">As many layouts, all of one order.</param>
    /// <param name="call">Prints the call on a run of so many elements, given one reference each.</param>
    public static void Emit(CodeWriter writer, string[] names, TensorLayout[] layouts, Func<string[], int, string> call)
    {
        if (Array.TrueForAll(layouts, layout => layout.IsDense))
        {
            writer.Line(call(names, layouts[0].Length));
            return;
        }

        var planar = layouts[0].Order == VolumeLayout.Chw;
        var volume = layouts[0].Volume;
        var step = planar ? 1 : volume.Channels;
        var whole = Array.TrueForAll(layouts, layout => layout.Pixel == step);
        using (writer.Block($"for (int c = 0; c < {(planar ? volume.Channels : 1)}; c++)"))
        using (writer.Block($"for (int y = 0; y < {volume.Height}; y++)"))
        using (writer.Block($"for (int x = 0; x < {(whole ? 1 : volume.Width)}; x++)"))
        {
            var moved = new string[names.Length];
            for (var i = 0; i < names.Length; i++)
            {
                moved[i] = "r" + Text.Number(i);
                var layout = layouts[i];
                writer.Line($"ref float {moved[i]} = ref Add(ref {names[i]}, {layout.Origin} + (c * {layout.Channel}) + (y * {layout.Row}) + (x * {layout.Pixel}));");
            }

            writer.Line(call(moved, whole ? volume.Width * step : step));
        }
    }
}

/// <summary>target = left + right; the target may be one of them.</summary>
internal sealed record AddKernel(TensorLayout Left, TensorLayout Right, TensorLayout Target) : Kernel
{
    public override string Signature => "ref float left, ref float right, ref float target";

    public override bool HasWidths => false;

    public override string Reason => "element by element";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part) => JointRuns.Emit(
        writer,
        ["left", "right", "target"],
        [Left, Right, Target],
        (r, n) => $"{Library}Runs.Add(ref {r[0]}, ref {r[1]}, ref {r[2]}, {n});");
}

/// <summary>target += source.</summary>
internal sealed record AddToKernel(TensorLayout Source, TensorLayout Target) : Kernel
{
    public override string Signature => "ref float source, ref float target";

    public override bool HasWidths => false;

    public override string Reason => "element by element";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part) => JointRuns.Emit(
        writer,
        ["source", "target"],
        [Source, Target],
        (r, n) => $"{Library}Runs.AddTo(ref {r[1]}, ref {r[0]}, {n});");
}
