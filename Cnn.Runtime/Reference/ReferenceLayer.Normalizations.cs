using System;
using System.Collections.Generic;

namespace Cnn.Reference;

/// <content>The normalisations.</content>
public abstract partial record ReferenceLayer
{
    private static IEnumerable<ReferenceParameter> ScaleAndShift(string name, bool affine, params int[] shape) => affine
        ? [new(name + ".weight", 1, false, shape), new(name + ".bias", 0, false, shape)]
        : [];

    /// <summary>
    /// <see cref="Reference.BatchNorm"/>: batch statistics in training, running averages at inference. In a chain bn1.weight, bn1.bias,
    /// bn1.running_mean, bn1.running_var and so on.
    /// </summary>
    /// <param name="Epsilon">Added to the variance.</param>
    /// <param name="Momentum">The share of a batch in the running averages.</param>
    /// <param name="Affine">Whether each channel has a weight and a bias.</param>
    public sealed record BatchNorm(double Epsilon = 1e-5, double Momentum = 0.1, bool Affine = true) : ReferenceLayer
    {
        private const string Mean = "running_mean";
        private const string Variance = "running_var";

        internal override string Stem => "bn";

        internal override VolumeShape Outputs(IReadOnlyList<VolumeShape> inputs) => Single(inputs);

        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input) =>
        [
            .. ScaleAndShift(name, Affine, input.Channels),
            new($"{name}.{Mean}", 0, true, input.Channels),
            new($"{name}.{Variance}", 1, true, input.Channels),
        ];

        internal override Volume[] Forward(Volume[][] inputs, ReferenceRun run)
        {
            var (mean, variance) = (run.Tensors[Mean], run.Tensors[Variance]);
            if (!run.IsTraining)
                return Array.ConvertAll(inputs[0], x => Reference.BatchNorm.Forward(x, run.Weight, run.Bias, mean, variance, Epsilon));
            (run.Buffers[Mean], run.Buffers[Variance]) =
                Reference.BatchNorm.Running(mean, variance, Reference.BatchNorm.Statistics(inputs[0]), Momentum);
            return Reference.BatchNorm.ForwardBatch(inputs[0], run.Weight, run.Bias, Epsilon);
        }

        internal override Volume[][] Backward(Volume[][] inputs, Volume[] outputGradients, ReferenceRun run) =>
        [
            Reference.BatchNorm.BackwardBatch(inputs[0], run.Weight, outputGradients, Epsilon, run.WeightGradient, run.BiasGradient),
        ];
    }

    /// <summary><see cref="Reference.LayerNorm"/>; in a chain ln1.weight, ln1.bias and so on.</summary>
    /// <param name="Epsilon">Added to the variance.</param>
    /// <param name="Affine">Whether there are weights and biases.</param>
    /// <param name="WholeSample">Whether the statistics are those of the whole sample rather than of each pixel's channels.</param>
    public sealed record LayerNorm(double Epsilon = 1e-5, bool Affine = true, bool WholeSample = false) : SampleWise
    {
        internal override string Stem => "ln";

        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input) => WholeSample && input.Pixels > 1
            ? ScaleAndShift(name, Affine, input.Channels, input.Height, input.Width)
            : ScaleAndShift(name, Affine, input.Channels);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Reference.LayerNorm.Forward(x, run.Weight, run.Bias, Epsilon, WholeSample);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.LayerNorm.Backward(x, run.Weight, g, Epsilon, run.WeightGradient, run.BiasGradient, WholeSample);
    }

    /// <summary><see cref="Reference.GroupNorm"/>; in a chain gn1.weight, gn1.bias and so on.</summary>
    /// <param name="Groups">Groups, a divisor of the channels.</param>
    /// <param name="Epsilon">Added to the variance.</param>
    /// <param name="Affine">Whether each channel has a weight and a bias.</param>
    public sealed record GroupNorm(int Groups, double Epsilon = 1e-5, bool Affine = true) : SampleWise
    {
        internal override string Stem => "gn";

        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input) =>
            ScaleAndShift(name, Affine, input.Channels);

        private protected override VolumeShape Outputs(VolumeShape input) => Reference.GroupNorm.Outputs(input, Groups);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Reference.GroupNorm.Forward(x, run.Weight, run.Bias, Groups, Epsilon);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.GroupNorm.Backward(x, run.Weight, g, Groups, Epsilon, run.WeightGradient, run.BiasGradient);
    }

    /// <summary><see cref="Reference.InstanceNorm"/>; in a chain in1.weight, in1.bias and so on.</summary>
    /// <param name="Epsilon">Added to the variance.</param>
    /// <param name="Affine">Whether each channel has a weight and a bias.</param>
    public sealed record InstanceNorm(double Epsilon = 1e-5, bool Affine = false) : SampleWise
    {
        internal override string Stem => "in";

        internal override IEnumerable<ReferenceParameter> Tensors(string name, VolumeShape input) =>
            ScaleAndShift(name, Affine, input.Channels);

        private protected override Volume Forward(Volume x, ReferenceRun run, int sample) =>
            Reference.InstanceNorm.Forward(x, run.Weight, run.Bias, Epsilon);

        private protected override Volume Backward(Volume x, Volume g, ReferenceRun run, int sample) =>
            Reference.InstanceNorm.Backward(x, run.Weight, g, Epsilon, run.WeightGradient, run.BiasGradient);
    }
}
