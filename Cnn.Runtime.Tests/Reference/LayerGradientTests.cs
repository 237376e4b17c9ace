using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Reference.Tests;

using static Cnn.Reference.ReferenceLayer;

/// <summary>Every layer of a graph against finite differences, over random shapes and settings.</summary>
public sealed class LayerGradientTests
{
    /// <summary>
    /// Above the 1e-5 of practice, so that a group of nearly equal elements does not bend faster than the difference can see.
    /// </summary>
    private const double Epsilon = 0.1;

    private static readonly Gen<VolumeShape> GenShape =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[1, 4], (channels, height, width) => new VolumeShape(channels, height, width));

    private static readonly Gen<Window> GenWindow =
        from kernel in Gen.Int[1, 3].Array[2]
        from stride in Gen.Int[1, 3].Array[2]
        from dilation in Gen.Int[1, 2].Array[2]
        from padding in Gen.Int[0, 2].Array[4]
        from ceil in Gen.Bool
        select new Window(kernel[0], kernel[1], 1, padding[0], padding[1], padding[2], padding[3])
        {
            StrideHeight = stride[0],
            StrideWidth = stride[1],
            DilationHeight = dilation[0],
            DilationWidth = dilation[1],
            CeilMode = ceil,
        };

    [Fact]
    public void The_gradients_of_a_convolution_are_its_finite_differences()
    {
        var cases =
            from groups in Gen.Int[1, 3]
            from channels in Gen.Int[1, 2]
            from filters in Gen.Int[1, 2]
            from shape in GenShape
            from window in GenWindow
            from bias in Gen.Bool
            let plain = window with { CeilMode = false }
            let input = new VolumeShape(groups * channels, shape.Height, shape.Width)
            where Fits(plain, input)
            select ((ReferenceLayer)new Conv(groups * filters, plain, groups, bias), input);
        Check(cases);
    }

    [Fact]
    public void The_gradients_of_a_depthwise_convolution_are_its_finite_differences()
    {
        var cases =
            from shape in GenShape
            from window in GenWindow
            from multiplier in Gen.Int[1, 2]
            let plain = window with { CeilMode = false }
            where Fits(plain, shape)
            select ((ReferenceLayer)new DepthwiseConv(plain, multiplier), shape);
        Check(cases);
    }

    [Fact]
    public void The_gradients_of_a_transposed_convolution_are_its_finite_differences()
    {
        var cases =
            from groups in Gen.Int[1, 3]
            from channels in Gen.Int[1, 2]
            from filters in Gen.Int[1, 2]
            from size in Gen.Int[2, 4].Array[2]
            from window in GenWindow
            from bias in Gen.Bool
            from below in Gen.Int[0, Math.Max(window.StrideHeight, window.DilationHeight) - 1]
            from after in Gen.Int[0, Math.Max(window.StrideWidth, window.DilationWidth) - 1]
            let extent = window with { KernelHeight = window.KernelHeight + 2, KernelWidth = window.KernelWidth + 3 }
            let layer = (ReferenceLayer)new ConvTranspose(groups * filters, extent, below, after, groups, bias)
            let input = new VolumeShape(groups * channels, size[0], size[1])
            where Fits(layer, input)
            select (layer, input);
        Check(cases);
    }

    [Fact]
    public void The_gradient_of_a_pooling_is_its_finite_difference()
    {
        var cases =
            from shape in GenShape
            from window in GenWindow
            from kind in Gen.Int[0, 2]
            from adaptive in Gen.Int[1, 5].Array[2]
            let layer = (ReferenceLayer)(kind switch
            {
                0 => new AvgPool(window),
                1 => new AvgPool(window, CountIncludePad: false),
                _ => new AdaptiveAvgPool(adaptive[0], adaptive[1]),
            })
            where Fits(layer, shape)
            select (layer, shape);
        Check(cases);
        Check(GenShape.Select(shape => ((ReferenceLayer)new GlobalAvgPool(), shape)));
    }

    [Fact]
    public void The_gradient_of_a_maximum_is_its_finite_difference()
    {
        var cases =
            from shape in GenShape
            from window in GenWindow
            from isGlobal in Gen.Bool
            let layer = isGlobal ? (ReferenceLayer)new GlobalMaxPool() : new MaxPool(window)
            where isGlobal || (Fits(window, shape) && HasInput(window, shape))
            select (layer, shape);
        Check(cases, values: Distinct);
    }

    [Fact]
    public void The_gradients_of_a_normalisation_are_its_finite_differences()
    {
        var cases =
            from groups in Gen.Int[1, 3]
            from shape in GenShape
            from kind in Gen.Int[0, 3]
            from affine in Gen.Bool
            let input = shape with { Channels = shape.Channels * groups }
            let layer = (ReferenceLayer)(kind switch
            {
                0 => new LayerNorm(Epsilon, affine),
                1 => new LayerNorm(Epsilon, affine, WholeSample: true),
                2 => new GroupNorm(groups, Epsilon, affine),
                _ => new InstanceNorm(Epsilon, affine),
            })
            select (layer, input);
        Check(cases);
    }

    [Fact]
    public void The_gradients_of_batch_normalisation_are_its_finite_differences_through_the_statistics()
    {
        var cases =
            from shape in GenShape
            from affine in Gen.Bool
            select ((ReferenceLayer)new BatchNorm(Epsilon, Affine: affine), shape);
        Check(cases, samples: 3);
    }

    [Fact]
    public void The_gradient_of_an_activation_is_its_finite_difference()
    {
        ReferenceLayer[] layers =
        [
            new Relu6(), new Elu(), new Elu(0.4), new Selu(), new Gelu(), new Gelu(Approximate: true), new Silu(), new Mish(),
            new HardSwish(), new HardSigmoid(), new Softplus(), new Softplus(2), new Clip(-1, 3), new PRelu(), new PRelu(PerChannel: true),
        ];
        Check(
            from layer in Gen.Int[0, layers.Length - 1]
            from shape in GenShape
            select (layers[layer], shape),
            values: AwayFromKinks,
            iterations: 200);
    }

    [Fact]
    public void The_gradient_of_a_softmax_over_channels_is_its_finite_difference() => Check(
        from isLog in Gen.Bool
        from shape in GenShape
        select (isLog ? (ReferenceLayer)new LogSoftmax() : new Softmax(), shape));

    [Fact]
    public void The_gradients_of_a_join_are_its_finite_differences()
    {
        var cases =
            from shape in GenShape
            from count in Gen.Int[1, 3]
            from isGate in Gen.Bool.Array[count]
            from channels in Gen.Int[1, 4].Array[count]
            from kind in Gen.Int[0, 2]
            from seed in Gen.Int[0, 1_000_000]
            select (shape, isGate, channels, kind, seed);
        cases.ForAll(
            c =>
            {
                var random = new Random(c.seed);
                ReferenceLayer layer = c.kind == 0 ? new Add() : c.kind == 1 ? new Multiply() : new Concat();
                var inputs = c.isGate.Select((isGate, k) => layer switch
                {
                    Concat => c.shape with { Channels = c.channels[k] },
                    Multiply when isGate => c.shape with { Height = 1, Width = 1 },
                    _ => c.shape,
                });
                new LayerPass(layer, [.. inputs.Select(shape => (Volume[])[Uniform(random, shape), Uniform(random, shape)])])
                    .CheckDifferences(random);
            },
            cases: 60);
    }

    [Fact]
    public void The_gradient_of_a_layer_that_moves_elements_is_its_finite_difference()
    {
        var cases =
            from shape in GenShape
            from factors in Gen.Int[1, 3].Array[2]
            from sides in Gen.Int[0, 2].Array[4]
            from padding in Gen.Enum<ReferencePadding>()
            from upsampling in Gen.Enum<ReferenceUpsampling>()
            from kind in Gen.Int[0, 4]
            let layer = (ReferenceLayer)(kind switch
            {
                0 => new Upsample(factors[0], factors[1], upsampling),
                1 => new PixelShuffle(factors[0]),
                2 => new Pad(sides[0], sides[1], sides[2], sides[3], padding, 0.5),
                3 => new Crop(sides[0], sides[1], sides[2], sides[3]),
                _ => new Reshape(shape.Channels, shape.Height, shape.Width),
            })
            let input = kind == 1 ? shape with { Channels = factors[0] * factors[0] * Math.Min(shape.Channels, 2) } : shape
            where Fits(layer, input)
            select (layer, input);
        Check(cases, iterations: 200);
    }

    [Fact]
    public void The_gradient_of_spatial_dropout_is_its_finite_difference() =>
        Gen.Select(GenShape, Gen.Int[0, 1_000_000]).ForAll(
            (shape, seed) =>
            {
                var random = new Random(seed);
                bool[][] masks = [[.. Enumerable.Range(0, shape.Channels).Select(_ => random.Next(2) == 0)]];
                new LayerPass(new SpatialDropout(0.4), [[Uniform(random, shape)]], masks: masks).CheckDifferences(random);
            },
            cases: 30);

    private static void Check(
        Gen<(ReferenceLayer Layer, VolumeShape Input)> cases,
        int samples = 1,
        Func<Random, VolumeShape, Volume>? values = null,
        int iterations = 60) =>
        Gen.Select(cases, Gen.Bool, Gen.Int[0, 1_000_000]).ForAll(
            (c, isHwc, seed) =>
            {
                var random = new Random(seed);
                var inputs = Enumerable.Range(0, samples).Select(_ => (values ?? Uniform)(random, c.Input)).ToArray();
                new LayerPass(c.Layer, [inputs], isHwc).CheckDifferences(random);
            },
            cases: iterations);

    private static bool Fits(Window window, VolumeShape input) => Fits(new AvgPool(window), input);

    private static bool Fits(ReferenceLayer layer, VolumeShape input)
    {
        try
        {
            layer.Outputs([input]);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether every window holds an element of the input.</summary>
    private static bool HasInput(Window window, VolumeShape input)
    {
        var ones = new Volume(1, input.Height, input.Width);
        ones.Values.AsSpan().Fill(1);
        return AveragePooling.Forward(ones, window).Values.All(value => value > 0);
    }

    private static Volume Uniform(Random random, VolumeShape shape) => Filled(shape, () => (random.NextDouble() * 2) - 1);

    /// <summary>Values far further apart than the step of the difference, which keeps the winners where they are.</summary>
    private static Volume Distinct(Random random, VolumeShape shape)
    {
        var values = Enumerable.Range(0, shape.Length).Select(i => 0.01 * i).ToArray();
        random.Shuffle(values);
        return new Volume(shape.Channels, shape.Height, shape.Width, values);
    }

    /// <summary>Values from -8 to 8 that keep 0.05 away from the whole numbers, where the piecewise functions have their kinks.</summary>
    private static Volume AwayFromKinks(Random random, VolumeShape shape) =>
        Filled(shape, () => random.Next(-8, 8) + 0.05 + (0.9 * random.NextDouble()));

    private static Volume Filled(VolumeShape shape, Func<double> next)
    {
        var volume = new Volume(shape);
        for (var i = 0; i < volume.Values.Length; i++)
            volume.Values[i] = next();
        return volume;
    }
}
