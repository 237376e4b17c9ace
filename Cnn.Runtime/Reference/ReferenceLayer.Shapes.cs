using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Reference;

/// <content>The layers that join, move or drop elements, and the fully connected one.</content>
public abstract partial record ReferenceLayer
{
    /// <summary><see cref="Reference.Add"/>.</summary>
    public sealed record Add : Joining
    {
        internal override VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs) => Reference.Add.Outputs(inputs);

        private protected override Volume Forward(Volume[] x) => Reference.Add.Forward(x);

        private protected override Volume[] Backward(Volume[] x, Volume g) => Reference.Add.Backward(x, g);
    }

    /// <summary><see cref="Reference.Multiply"/>; an input of channels x 1 x 1 is a gate.</summary>
    public sealed record Multiply : Joining
    {
        internal override VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs) => Reference.Multiply.Outputs(inputs);

        private protected override Volume Forward(Volume[] x) => Reference.Multiply.Forward(x);

        private protected override Volume[] Backward(Volume[] x, Volume g) => Reference.Multiply.Backward(x, g);
    }

    /// <summary><see cref="Reference.Concat"/>.</summary>
    public sealed record Concat : Joining
    {
        internal override VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs) => Reference.Concat.Outputs(inputs);

        private protected override Volume Forward(Volume[] x) => Reference.Concat.Forward(x);

        private protected override Volume[] Backward(Volume[] x, Volume g) => Reference.Concat.Backward(x, g);
    }

    /// <summary><see cref="Reference.Dense"/>; in a chain its parameters are dense1.weight, dense1.bias and so on.</summary>
    /// <param name="Units">Outputs.</param>
    /// <param name="Bias">Whether each unit adds a bias.</param>
    public sealed record Dense(int Units, bool Bias = true) : SampleWise
    {
        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input) =>
            WeightAndBias(name, Bias, Units, Units, input.Length);

        private protected override VolumeShape Outputs(VolumeShape input) => input.Pixels == 1
            ? new VolumeShape(Units, 1, 1)
            : throw new ArgumentException($"Dense({Units}) needs a vector and receives the volume {input}; flatten it first.");

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Volume.Vector(Reference.Dense.Forward(x.Values, run.Weight!, run.Bias, Units));

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Volume.Vector(Reference.Dense.Backward(x.Values, run.Weight!, g.Values, run.WeightGradient!, run.BiasGradient));
    }

    /// <summary><see cref="Reference.Flatten"/>, in the network's order.</summary>
    public sealed record Flatten : SampleWise
    {
        private protected override VolumeShape Outputs(VolumeShape input) => new(input.Length, 1, 1);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Volume.Vector(Reference.Flatten.Forward(x, run.IsHwc));

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.Flatten.Backward(x, g.Values, run.IsHwc);
    }

    /// <summary><see cref="Reference.Reshape"/>, in the network's order; a vector has one row and one column.</summary>
    /// <param name="Height">Rows.</param>
    /// <param name="Width">Columns.</param>
    /// <param name="Channels">Channels.</param>
    public sealed record Reshape(int Height, int Width, int Channels) : SampleWise
    {
        private protected override VolumeShape Outputs(VolumeShape input) => input.Length == Height * Width * Channels
            ? new VolumeShape(Channels, Height, Width)
            : throw new ArgumentException($"{input} holds {input.Length} numbers, not those of Reshape({Height}, {Width}, {Channels}).");

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Reference.Reshape.Forward(x, new VolumeShape(Channels, Height, Width), run.IsHwc);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.Reshape.Backward(x, g, run.IsHwc);
    }

    /// <summary><see cref="Reference.Upsample"/>.</summary>
    /// <param name="ScaleHeight">Output rows for each input row.</param>
    /// <param name="ScaleWidth">Output columns for each input column.</param>
    /// <param name="Mode">The interpolation.</param>
    public sealed record Upsample(int ScaleHeight, int ScaleWidth, ReferenceUpsampling Mode = ReferenceUpsampling.Nearest) : SampleWise
    {
        private protected override VolumeShape Outputs(VolumeShape input) => Reference.Upsample.Outputs(input, ScaleHeight, ScaleWidth);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Reference.Upsample.Forward(x, ScaleHeight, ScaleWidth, Mode);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.Upsample.Backward(x, g, ScaleHeight, ScaleWidth, Mode);
    }

    /// <summary><see cref="Reference.PixelShuffle"/>.</summary>
    /// <param name="Factor">The enlargement in both directions.</param>
    public sealed record PixelShuffle(int Factor) : SampleWise
    {
        private protected override VolumeShape Outputs(VolumeShape input) => Reference.PixelShuffle.Outputs(input, Factor);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) => Reference.PixelShuffle.Forward(x, Factor);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.PixelShuffle.Backward(x, g, Factor);
    }

    /// <summary><see cref="Reference.Pad"/>.</summary>
    /// <param name="Top">Rows above.</param>
    /// <param name="Left">Columns before.</param>
    /// <param name="Bottom">Rows below.</param>
    /// <param name="Right">Columns after.</param>
    /// <param name="Mode">The values to put there.</param>
    /// <param name="Value">The constant.</param>
    public sealed record Pad(
        int Top,
        int Left,
        int Bottom,
        int Right,
        ReferencePadding Mode = ReferencePadding.Constant,
        double Value = 0) : SampleWise
    {
        private protected override VolumeShape Outputs(VolumeShape input) => Reference.Pad.Outputs(input, Top, Left, Bottom, Right, Mode);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Reference.Pad.Forward(x, Top, Left, Bottom, Right, Mode, Value);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.Pad.Backward(x, g, Top, Left, Bottom, Right, Mode);
    }

    /// <summary><see cref="Reference.Crop"/>.</summary>
    /// <param name="Top">Rows cut off above.</param>
    /// <param name="Left">Columns cut off before.</param>
    /// <param name="Bottom">Rows cut off below.</param>
    /// <param name="Right">Columns cut off after.</param>
    public sealed record Crop(int Top, int Left, int Bottom, int Right) : SampleWise
    {
        private protected override VolumeShape Outputs(VolumeShape input) => Reference.Crop.Outputs(input, Top, Left, Bottom, Right);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Reference.Crop.Forward(x, Top, Left, Bottom, Right);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.Crop.Backward(x, g, Top, Left, Bottom, Right);
    }

    /// <summary><see cref="Reference.Dropout"/>: nothing at inference, nor in training without a mask.</summary>
    /// <param name="Rate">The probability with which an element is dropped.</param>
    public sealed record Dropout(double Rate) : SampleWise
    {
        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            run.Masks is null ? x : x.With(Reference.Dropout.Forward(x.Values, Keep(x, run, sample), Rate));

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            run.Masks is null ? g : x.With(Reference.Dropout.Backward(g.Values, Keep(x, run, sample), Rate));

        /// <summary>The mask of a sample in the order of the volume.</summary>
        private static bool[] Keep(Volume x, ReferenceRun run, int sample)
        {
            var mask = run.Masks![sample];
            Lengths.Require(mask.Length, x.Values.Length, "A dropout mask");
            var keep = new bool[mask.Length];
            foreach (var (place, element) in Reference.Flatten.Order(x.Channels, x.Height, x.Width, run.IsHwc).Index())
                keep[element] = mask[place];
            return keep;
        }
    }

    /// <summary><see cref="Reference.SpatialDropout"/>: nothing at inference, nor in training without a mask.</summary>
    /// <param name="Rate">The probability with which a channel is dropped.</param>
    public sealed record SpatialDropout(double Rate) : SampleWise
    {
        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            run.Masks is null ? x : Reference.SpatialDropout.Forward(x, run.Masks[sample], Rate);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            run.Masks is null ? g : Reference.SpatialDropout.Backward(g, run.Masks[sample], Rate);
    }
}
