using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>An activation by itself.</summary>
internal sealed record ActivationKernel(ActivationLayer Layer, TensorLayout Source, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Reads("source", Source), Parameter.Writes("target", Target).InPlace()];

    public override bool HasWidths => false;

    public override string Reason => "element by element";

    public override bool CanShare => true;

    public override void Build(KernelBody body, VectorWidth width, int part) => JointRuns.Emit(
        body,
        ["source", "target"],
        [Source, Target],
        (r, n) => new Call($"Elementwise.{Layer.Function}", [$"ref {r[0]}", $"ref {r[1]}", n, .. Epilogue.Numbers(Layer)]),
        IsShared);
}

/// <summary>The backward pass of an activation, from its output or its input, in place on the gradient.</summary>
internal sealed record ActivationGradientKernel(ActivationLayer Layer, TensorLayout Known, TensorLayout Gradient) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Reads("source", Known), Parameter.Accumulates("target", Gradient)];

    public override bool HasWidths => false;

    public override string Reason => "element by element, in place";

    public override void Build(KernelBody body, VectorWidth width, int part) => JointRuns.Emit(
        body,
        ["source", "target"],
        [Known, Gradient],
        (r, n) => new Call($"Elementwise.{Layer.Function}Backward", [$"ref {r[0]}", $"ref {r[1]}", n, .. Epilogue.Numbers(Layer)]));
}

/// <summary>An activation, forward or backward, over the rows of a whole batch, padding included.</summary>
internal sealed record BatchActivationKernel(ActivationLayer Layer, int Pitch, bool IsBackward) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Region.Run(Pitch)).Each(Pitch),
        (IsBackward ? Parameter.Accumulates("target", Region.Run(Pitch)) : Parameter.Writes("target", Region.Run(Pitch)).InPlace()).Each(Pitch),
        Parameter.Count,
    ];

    public override bool HasWidths => false;

    public override string Reason => "element by element over the batch";

    public override void Build(KernelBody body, VectorWidth width, int part) => body.Add(
        new Call(
            $"Elementwise.{Layer.Function}{(IsBackward ? "Backward" : "")}",
            ["ref source", "ref target", $"count * {Pitch}", .. Epilogue.Numbers(Layer)]));
}

/// <summary>Dropout of one sample, forward into a buffer of its own or backward in place; both draw the same mask.</summary>
internal sealed record DropoutKernel(DropoutLayer Layer, int Length, int Index, bool IsBackward) : Kernel
{
    protected override EquatableArray<Parameter> State() => IsBackward
        ? [Parameter.Accumulates("target", Region.Run(Length)), .. Parameter.Random]
        : [Parameter.Reads("source", Region.Run(Length)), Parameter.Writes("target", Region.Run(Length)), .. Parameter.Random];

    public override bool HasWidths => false;

    public override string Reason =>
        IsBackward ? "the mask of the forward pass, drawn again" : "the mask is drawn from seed, layer, sample and element";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        if (!IsBackward)
            body.Call("Blocks.Copy", "ref source", "ref target", Length);
        body.Add(new Call(
            $"Dropout.{(IsBackward ? "Backward" : "Forward")}", ["ref target", Length, Text.Literal(Layer.Rate), "seed", Index, "sample"]));
    }
}

/// <summary>Copies the rows of a batch between buffers of different pitch.</summary>
internal sealed record CopyRowsKernel(int Length, int SourcePitch, int TargetPitch) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Region.Run(Length)).Each(SourcePitch),
        Parameter.Writes("target", Region.Run(Length)).Each(TargetPitch),
        Parameter.Count,
    ];

    public override bool HasWidths => false;

    public override string Reason => "rows padded to whole vectors";

    public override void Build(KernelBody body, VectorWidth width, int part) =>
        body.Call("Blocks.CopyRows", "ref source", SourcePitch, "ref target", TargetPitch, Length, "count");
}

/// <summary>Transposes a dense layer's weights for the backward pass. Once a step.</summary>
internal sealed record TransposeWeightsKernel(DensePacking Packing) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Weights("source", Region.Run(Packing.Inputs * Packing.Pitch)),
        Parameter.Writes("target", Region.Run(Packing.Inputs).Repeated(Packing.Outputs, DensePacking.Padded(Packing.Inputs))),
    ];

    public override bool HasWidths => false;

    public override string Reason => "transposes the weights for the backward pass";

    public override void Build(KernelBody body, VectorWidth width, int part) => body.Call(
        "Blocks.Transpose", "ref source", Packing.Pitch, Packing.Inputs, Packing.Outputs, "ref target", DensePacking.Padded(Packing.Inputs));
}
