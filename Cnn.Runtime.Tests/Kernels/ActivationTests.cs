using System;
using System.Linq;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

public sealed class ActivationTests
{
    private const float Alpha = 0.7f;
    private const float Beta = 2f;
    private const float Threshold = 5f;

    [Fact]
    public void Every_activation_of_every_length()
    {
        CheckMap(Elementwise.Relu6, x => Math.Clamp(x, 0, 6), 0);
        CheckMap((ref s, ref t, n) => Elementwise.Clip(ref s, ref t, n, -1.5f, 2.5f), x => Math.Clamp(x, -1.5, 2.5), 0);
        CheckMap(Elementwise.HardSigmoid, Exact.HardSigmoid, 2e-7);
        CheckMap(Elementwise.HardSwish, Exact.HardSwish, 5e-7);
        CheckMap((ref s, ref t, n) => Elementwise.Elu(ref s, ref t, n, Alpha), x => Exact.Elu(x, Alpha), 1e-7);
        CheckMap(Elementwise.Selu, Exact.Selu, 5e-7);
        CheckMap(Elementwise.Gelu, Exact.Gelu, 5e-7);
        CheckMap(Elementwise.GeluTanh, Exact.GeluTanh, 5e-7);
        CheckMap(Elementwise.Silu, Exact.Silu, 5e-7);
        CheckMap(Elementwise.Mish, Exact.Mish, 5e-7);
        CheckMap(
            (ref s, ref t, n) => Elementwise.Softplus(ref s, ref t, n, Beta, Threshold), x => Exact.Softplus(x, Beta, Threshold), 5e-7);
        CheckMap((ref s, ref t, n) => Elementwise.PRelu(ref s, ref t, n, ref Slope(0.3f)), x => x > 0 ? x : 0.3f * x, 2e-7);
    }

    [Fact]
    public void Every_derivative_from_the_output_of_every_length()
    {
        CheckFromOutput(Elementwise.Relu6, Elementwise.Relu6Backward, x => x > 0 && x < 6 ? 1 : 0);
        CheckFromOutput(Elementwise.HardSigmoid, Elementwise.HardSigmoidBackward, x => x > -3 && x < 3 ? 1.0 / 6 : 0);
        CheckFromOutput(
            (ref s, ref t, n) => Elementwise.Elu(ref s, ref t, n, Alpha),
            (ref y, ref g, n) => Elementwise.EluBackward(ref y, ref g, n, Alpha),
            x => Exact.EluSlope(x, Alpha));
        CheckFromOutput(Elementwise.Selu, Elementwise.SeluBackward, Exact.SeluSlope);
    }

    [Fact]
    public void Every_derivative_from_the_input_of_every_length()
    {
        CheckUpdate(
            (ref x, ref g, n) => Elementwise.ClipBackward(ref x, ref g, n, -1.5f, 2.5f), (x, g) => x >= -1.5 && x <= 2.5 ? g : 0, 0);
        CheckUpdate(Elementwise.HardSwishBackward, (x, g) => g * Exact.HardSwishSlope(x), 1e-6);
        CheckUpdate(Elementwise.GeluBackward, (x, g) => g * Exact.GeluSlope(x), 2e-6);
        CheckUpdate(Elementwise.GeluTanhBackward, (x, g) => g * Exact.GeluTanhSlope(x), 2e-6);
        CheckUpdate(Elementwise.SiluBackward, (x, g) => g * Exact.SiluSlope(x), 2e-6);
        CheckUpdate(Elementwise.MishBackward, (x, g) => g * Exact.MishSlope(x), 2e-6);
        CheckUpdate(
            (ref x, ref g, n) => Elementwise.SoftplusBackward(ref x, ref g, n, Beta, Threshold),
            (x, g) => g * Exact.SoftplusSlope(x, Beta, Threshold),
            2e-6);
    }

    [Fact]
    public void Derivatives_at_the_bends_are_those_of_PyTorch()
    {
        AssertSlopes(Elementwise.Relu6, Elementwise.Relu6Backward, (0, 0), (6, 0), (3, 1), (-1, 0), (7, 0));
        AssertSlopes(Elementwise.HardSigmoid, Elementwise.HardSigmoidBackward, (-3, 0), (3, 0), (0, 1f / 6));
        AssertSlopes(
            (ref s, ref t, n) => Elementwise.Elu(ref s, ref t, n, 2),
            (ref y, ref g, n) => Elementwise.EluBackward(ref y, ref g, n, 2),
            (0, 2),
            (float.NegativeInfinity, 0),
            (float.PositiveInfinity, 1));
        AssertSlopes(Elementwise.Selu, Elementwise.SeluBackward, (0, 1.7580993f), (float.NegativeInfinity, 0), (1, 1.050701f));
        AssertSlopes(Identity, Elementwise.HardSwishBackward, (-3, -0.5f), (-3.0000002f, 0), (3, 1), (0, 0.5f));
        AssertSlopes(
            Identity,
            (ref x, ref g, n) => Elementwise.ClipBackward(ref x, ref g, n, -1, 2),
            (-1, 1),
            (2, 1),
            (-1.0000001f, 0),
            (2.0000002f, 0));
        AssertSlopes(
            Identity,
            (ref x, ref g, n) => Elementwise.SoftplusBackward(ref x, ref g, n, 2, 4),
            (2, 0.9820138f),
            (2.0000002f, 1),
            (0, 0.5f));
        AssertSlopes(Identity, (ref x, ref g, n) => Elementwise.PReluBackward(ref x, ref g, n, ref Slope(0.3f), ref Slope(0)), (0, 0.3f));
    }

    [Fact]
    public void A_trained_slope_of_every_length_sums_its_gradient_at_both_widths()
    {
        for (var length = 0; length <= LongestLength; length++)
        {
            foreach (var wide in new[] { true, false })
            {
                var (x, g) = (new GuardedArray(Samples(length, length)), new GuardedArray(Samples(length, 100 + length)));
                var before = g.Values.ToArray();
                ref var slopeGradient = ref Slope(10);
                Elementwise.PReluBackward(ref x.First, ref g.First, length, ref Slope(0.3f), ref slopeGradient, wide);

                var sum = 10.0;
                for (var i = 0; i < length; i++)
                {
                    sum += x.Values[i] > 0 ? 0 : (double)x.Values[i] * before[i];
                    Assert.Equal(x.Values[i] > 0 ? before[i] : 0.3f * before[i], g.Values[i], 1e-6);
                }

                Assert.Equal(sum, slopeGradient, 1e-5);
                x.AssertGuards();
                g.AssertGuards();
            }
        }
    }

    [Fact]
    public void Trained_slopes_of_channels_forward_and_backward()
    {
        for (var channels = 1; channels <= 37; channels++)
        {
            foreach (var wide in new[] { true, false })
            {
                var pixels = 1 + (channels * 7 % 40);
                var (xPitch, gPitch) = (channels + (channels % 3), channels + 2);
                var x = new GuardedArray(Samples(((pixels - 1) * xPitch) + channels, 1));
                var y = new GuardedArray(new float[((pixels - 1) * gPitch) + channels]);
                var g = new GuardedArray(Samples(y.Length, 2));
                var before = g.Values.ToArray();
                var slopes = new GuardedArray(Samples(channels, 3));
                var slopeGradients = new GuardedArray(new float[channels]);
                var sums = new double[channels];

                Elementwise.PReluChannels(ref x.First, xPitch, ref y.First, gPitch, ref slopes.First, channels, pixels);
                Elementwise.PReluChannelsBackward(
                    ref x.First, xPitch, ref g.First, gPitch, ref slopes.First, ref slopeGradients.First, channels, pixels, wide);

                for (var i = 0; i < y.Length; i++)
                {
                    var (pixel, c) = (i / gPitch, i % gPitch);
                    var input = c < channels ? x.Values[(pixel * xPitch) + c] : 0;
                    Assert.Equal(c >= channels ? 0 : input > 0 ? input : input * slopes.Values[c], y.Values[i]);
                    Assert.Equal(c >= channels || input > 0 ? before[i] : before[i] * slopes.Values[c], g.Values[i]);
                    if (c < channels)
                        sums[c] += input > 0 ? 0 : (double)input * before[i];
                }

                for (var c = 0; c < channels; c++)
                    Assert.Equal(sums[c], slopeGradients.Values[c], 3e-5);
                foreach (var array in new[] { x, y, g, slopes, slopeGradients })
                    array.AssertGuards();
            }
        }
    }

    [Fact]
    public void Both_widths_give_the_same_bits()
    {
        AssertMap(default(Relu6Function));
        AssertMap(new ClipFunction(-1, 2));
        AssertMap(default(HardSigmoidFunction));
        AssertMap(default(HardSwishFunction));
        AssertMap(new EluFunction(Alpha));
        AssertMap(default(SeluFunction));
        AssertMap(default(GeluFunction));
        AssertMap(default(GeluTanhFunction));
        AssertMap(default(SiluFunction));
        AssertMap(default(MishFunction));
        AssertMap(new SoftplusFunction(Beta, Threshold));
        AssertUpdate(default(Relu6Gradient));
        AssertUpdate(new ClipGradient(-1, 2));
        AssertUpdate(default(HardSigmoidGradient));
        AssertUpdate(default(HardSwishGradient));
        AssertUpdate(new EluGradient(Alpha));
        AssertUpdate(default(SeluGradient));
        AssertUpdate(default(GeluGradient));
        AssertUpdate(default(GeluTanhGradient));
        AssertUpdate(default(SiluGradient));
        AssertUpdate(default(MishGradient));
        AssertUpdate(new SoftplusGradient(Beta, Threshold));
    }

    private static ref float Slope(float value) => ref new[] { value }[0];

    private static void Identity(ref float source, ref float target, int length) => Blocks.Copy(ref source, ref target, length);

    /// <summary>gradient *= slope(x), the output y = f(x) given; within 1e-5 of the largest gradient.</summary>
    private static void CheckFromOutput(Map forward, Map backward, Func<double, double> slope)
    {
        for (var length = 0; length <= LongestLength; length++)
        {
            var inputs = Samples(length, length).Select(x => 2 * x).ToArray();
            var gradients = Samples(length, 300 + length);
            var output = new GuardedArray(inputs);
            var gradient = new GuardedArray(gradients);
            forward(ref output.First, ref output.First, length);
            backward(ref output.First, ref gradient.First, length);
            for (var i = 0; i < length; i++)
                Assert.Equal(gradients[i] * slope(inputs[i]), gradient.Values[i], 4e-6);
            output.AssertGuards();
            gradient.AssertGuards();
        }
    }

    private static void AssertSlopes(Map forward, Map backward, params (float X, float Slope)[] expected)
    {
        foreach (var (x, slope) in expected)
        {
            float[] values = [x];
            float[] gradient = [1];
            forward(ref values[0], ref values[0], 1);
            backward(ref values[0], ref gradient[0], 1);
            Assert.True(Math.Abs(slope - gradient[0]) <= 1e-7, $"{gradient[0]} at {x}, expected {slope}");
        }
    }

    private static void AssertMap<TFunction>(TFunction function)
        where TFunction : struct, IElementFunction
    {
        var source = Samples(LongestLength, 5);
        var (wide, narrow) = (new float[LongestLength], new float[LongestLength]);
        ElementMap.Apply(function, ref source[0], ref wide[0], LongestLength, true);
        ElementMap.Apply(function, ref source[0], ref narrow[0], LongestLength, false);
        Assert.Equal(Array.ConvertAll(narrow, BitConverter.SingleToInt32Bits), Array.ConvertAll(wide, BitConverter.SingleToInt32Bits));
    }

    private static void AssertUpdate<TUpdate>(TUpdate update)
        where TUpdate : struct, IElementUpdate
    {
        var source = Samples(LongestLength, 5);
        var (wide, narrow) = (Samples(LongestLength, 6), Samples(LongestLength, 6));
        ElementMap.Update(update, ref source[0], ref wide[0], LongestLength, true);
        ElementMap.Update(update, ref source[0], ref narrow[0], LongestLength, false);
        Assert.Equal(Array.ConvertAll(narrow, BitConverter.SingleToInt32Bits), Array.ConvertAll(wide, BitConverter.SingleToInt32Bits));
    }
}
