using System;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

public sealed class ElementwiseTests
{
    private const float Slope = 0.2f;

    private delegate void WidthMap(ref float source, ref float target, int length, bool wide);

    [Fact]
    public void Relu_of_every_length() => CheckMap(Elementwise.Relu, x => Math.Max(x, 0), 0);

    [Fact]
    public void Leaky_relu_of_every_length() => CheckMap(LeakyRelu, x => x > 0 ? x : Slope * x, 1e-7);

    [Fact]
    public void Sigmoid_of_every_length() => CheckMap(Elementwise.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 1e-7);

    [Fact]
    public void Tanh_of_every_length() => CheckMap(Elementwise.Tanh, Math.Tanh, 2e-7);

    [Fact]
    public void Relu_backward_of_every_length() => CheckUpdate(Elementwise.ReluBackward, (y, g) => y > 0 ? g : 0, 0);

    [Fact]
    public void Leaky_relu_backward_of_every_length() => CheckUpdate(LeakyReluBackward, (y, g) => y > 0 ? g : Slope * g, 1e-6);

    [Fact]
    public void Sigmoid_backward_of_every_length() => CheckUpdate(Elementwise.SigmoidBackward, (y, g) => g * y * (1 - y), 1e-5);

    [Fact]
    public void Tanh_backward_of_every_length() => CheckUpdate(Elementwise.TanhBackward, (y, g) => g * (1 - (y * y)), 1e-5);

    [Fact]
    public void The_gradient_is_zero_where_relu_was_not_active()
    {
        float[] output = [0, -0f, float.Epsilon, 1, float.PositiveInfinity];
        float[] gradient = [float.PositiveInfinity, 2, 3, 4, 5];
        Elementwise.ReluBackward(ref output[0], ref gradient[0], output.Length);
        Assert.Equal([0, 0, 3, 4, 5], gradient);
    }

    [Fact]
    public void Not_a_number_passes_through_every_activation()
    {
        foreach (var map in new Map[] { Elementwise.Relu, LeakyRelu, Elementwise.Sigmoid, Elementwise.Tanh })
        {
            for (var position = 0; position < 15; position++)
            {
                var values = Samples(15, 3);
                values[position] = float.NaN;
                map(ref values[0], ref values[0], values.Length);
                Assert.Equal(position, Array.FindIndex(values, float.IsNaN));
                Assert.Equal(position, Array.FindLastIndex(values, float.IsNaN));
            }
        }
    }

    [Fact]
    public void A_result_does_not_depend_on_the_position()
    {
        foreach (var map in new Map[] { Elementwise.Relu, LeakyRelu, Elementwise.Sigmoid, Elementwise.Tanh })
        {
            foreach (var x in Samples(50, 4))
            {
                var values = new float[15];
                Array.Fill(values, x);
                map(ref values[0], ref values[0], values.Length);
                Assert.All(values, y => Assert.Equal(BitConverter.SingleToInt32Bits(values[0]), BitConverter.SingleToInt32Bits(y)));
            }
        }
    }

    [Fact]
    public void Both_widths_give_the_same_bits()
    {
        WidthMap[] maps =
        [
            (ref s, ref t, n, wide) => ElementMap.Apply(default(ReluFunction), ref s, ref t, n, wide),
            (ref s, ref t, n, wide) => ElementMap.Apply(new LeakyReluFunction(Slope), ref s, ref t, n, wide),
            (ref s, ref t, n, wide) => ElementMap.Apply(default(SigmoidFunction), ref s, ref t, n, wide),
            (ref s, ref t, n, wide) => ElementMap.Apply(default(TanhFunction), ref s, ref t, n, wide),
            (ref s, ref t, n, wide) => ElementMap.Update(default(ReluGradient), ref s, ref t, n, wide),
            (ref s, ref t, n, wide) => ElementMap.Update(new LeakyReluGradient(Slope), ref s, ref t, n, wide),
            (ref s, ref t, n, wide) => ElementMap.Update(default(SigmoidGradient), ref s, ref t, n, wide),
            (ref s, ref t, n, wide) => ElementMap.Update(default(TanhGradient), ref s, ref t, n, wide),
        ];
        foreach (var map in maps)
        {
            var source = Samples(LongestLength, 5);
            var wide = Samples(LongestLength, 6);
            var narrow = Samples(LongestLength, 6);
            map(ref source[0], ref wide[0], LongestLength, true);
            map(ref source[0], ref narrow[0], LongestLength, false);
            Assert.Equal(Array.ConvertAll(narrow, BitConverter.SingleToInt32Bits), Array.ConvertAll(wide, BitConverter.SingleToInt32Bits));
        }
    }

    private static void LeakyRelu(ref float source, ref float target, int length) =>
        Elementwise.LeakyRelu(ref source, ref target, length, Slope);

    private static void LeakyReluBackward(ref float output, ref float gradient, int length) =>
        Elementwise.LeakyReluBackward(ref output, ref gradient, length, Slope);
}
