using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Kernels;

/// <summary>Walks two buffers of the same volume and order by the longest runs that are contiguous in both.</summary>
internal static class ElementRuns
{
    public static void Emit(CodeWriter writer, TensorLayout source, TensorLayout target, Func<string, string, int, string> call)
    {
        if (source.IsDense && target.IsDense)
        {
            writer.Line(call("source", "target", source.Length));
            return;
        }

        var planar = source.Order == VolumeLayout.Chw;
        var volume = source.Volume;
        var step = planar ? 1 : volume.Channels;
        var whole = source.Pixel == step && target.Pixel == step;
        using (writer.Block($"for (int c = 0; c < {(planar ? volume.Channels : 1)}; c++)"))
        using (writer.Block($"for (int y = 0; y < {volume.Height}; y++)"))
        using (writer.Block($"for (int x = 0; x < {(whole ? 1 : volume.Width)}; x++)"))
        {
            writer.Line($"ref float s = ref Add(ref source, {source.Origin} + (c * {source.Channel}) + (y * {source.Row}) + (x * {source.Pixel}));");
            writer.Line($"ref float t = ref Add(ref target, {target.Origin} + (c * {target.Channel}) + (y * {target.Row}) + (x * {target.Pixel}));");
            writer.Line(call("s", "t", whole ? volume.Width * step : step));
        }
    }
}

/// <summary>An activation by itself.</summary>
internal sealed record ActivationKernel(ActivationLayer Layer, TensorLayout Source, TensorLayout Target) : Kernel
{
    public override string Signature => "ref float source, ref float target";

    public override bool HasWidths => false;

    public override string Reason => "element by element";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part) =>
        ElementRuns.Emit(
            writer, Source, Target, (s, t, n) => $"{Library}Elementwise.{Layer.Function}(ref {s}, ref {t}, {n}{Epilogue.Numbers(Layer)});");
}

/// <summary>The backward pass of an activation, from its output or its input, in place on the gradient.</summary>
internal sealed record ActivationGradientKernel(ActivationLayer Layer, TensorLayout Known, TensorLayout Gradient) : Kernel
{
    public override string Signature => "ref float source, ref float target";

    public override bool HasWidths => false;

    public override string Reason => "element by element, in place";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part) => ElementRuns.Emit(
        writer,
        Known,
        Gradient,
        (s, t, n) => $"{Library}Elementwise.{Layer.Function}Backward(ref {s}, ref {t}, {n}{Epilogue.Numbers(Layer)});");
}

/// <summary>An activation, forward or backward, over the rows of a whole batch, padding included.</summary>
internal sealed record BatchActivationKernel(ActivationLayer Layer, int Pitch, bool IsBackward) : Kernel
{
    public override string Signature => "ref float source, ref float target, int count";

    public override bool HasWidths => false;

    public override string Reason => "element by element over the batch";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part) => writer.Line(
        $"{Library}Elementwise.{Layer.Function}{(IsBackward ? "Backward" : "")}(ref source, ref target, count * {Pitch}{Epilogue.Numbers(Layer)});");
}

/// <summary>Dropout of one sample, forward into a buffer of its own or backward in place; both draw the same mask.</summary>
internal sealed record DropoutKernel(DropoutLayer Layer, int Length, int Index, bool IsBackward) : Kernel
{
    public override string Signature => IsBackward
        ? "ref float target, ulong seed, int sample"
        : "ref float source, ref float target, ulong seed, int sample";

    public override bool HasWidths => false;

    public override string Reason =>
        IsBackward ? "the mask of the forward pass, drawn again" : "the mask is drawn from seed, layer, sample and element";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        if (!IsBackward)
            writer.Line($"{Library}Blocks.Copy(ref source, ref target, {Length});");
        writer.Line($"{Library}Dropout.{(IsBackward ? "Backward" : "Forward")}(ref target, {Length}, {Epilogue.Float(Layer.Rate)}, seed, {Index}, sample);");
    }
}

/// <summary>Copies the rows of a batch between buffers of different pitch.</summary>
internal sealed record CopyRowsKernel(int Length, int SourcePitch, int TargetPitch) : Kernel
{
    public override string Signature => "ref float source, ref float target, int count";

    public override bool HasWidths => false;

    public override string Reason => "rows padded to whole vectors";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part) =>
        writer.Line($"{Library}Blocks.CopyRows(ref source, {SourcePitch}, ref target, {TargetPitch}, {Length}, count);");
}

/// <summary>Transposes a dense layer's weights for the backward pass. Once a step.</summary>
internal sealed record TransposeWeightsKernel(DensePacking Packing) : Kernel
{
    public override string Signature => "ref float source, ref float target";

    public override bool HasWidths => false;

    public override string Reason => "transposes the weights for the backward pass";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part) => writer.Line(
        $"{Library}Blocks.Transpose(ref source, {Packing.Pitch}, {Packing.Inputs}, {Packing.Outputs}, ref target, {Tiling.RoundUp(Packing.Inputs, 8)});");
}
