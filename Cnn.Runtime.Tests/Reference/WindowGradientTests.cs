using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>The layers with a window against finite differences, over random shapes, kernels, strides and paddings.</summary>
public sealed class WindowGradientTests
{
    /// <summary>A volume shape and a window that fits it, with up to <c>kernel - 1</c> of padding on each side.</summary>
    private static readonly Gen<(int Channels, int Height, int Width, Window Window)> GenGeometry =
        from channels in Gen.Int[1, 3]
        from kernelHeight in Gen.Int[1, 4]
        from kernelWidth in Gen.Int[1, 4]
        from top in Gen.Int[0, kernelHeight - 1]
        from left in Gen.Int[0, kernelWidth - 1]
        from bottom in Gen.Int[0, kernelHeight - 1]
        from right in Gen.Int[0, kernelWidth - 1]
        from stride in Gen.Int[1, 3]
        from height in Gen.Int[Math.Max(1, kernelHeight - top - bottom), 6]
        from width in Gen.Int[Math.Max(1, kernelWidth - left - right), 6]
        select (channels, height, width, new Window(kernelHeight, kernelWidth, stride, top, left, bottom, right));

    [Fact]
    public void The_gradients_of_a_convolution_are_its_finite_differences()
    {
        var cases =
            from geometry in GenGeometry
            from filters in Gen.Int[1, 3]
            let window = geometry.Window
            let outputs = filters * window.OutputHeight(geometry.Height) * window.OutputWidth(geometry.Width)
            from x in Values(geometry.Channels * geometry.Height * geometry.Width)
            from w in Values(filters * geometry.Channels * window.KernelHeight * window.KernelWidth)
            from b in Values(filters)
            from g in Values(outputs)
            select (geometry, filters, x, w, b, g);

        cases.ForAll(c =>
        {
            var (geometry, filters, x, w, b, g) = c;
            var window = geometry.Window;
            var input = new Volume(geometry.Channels, geometry.Height, geometry.Width, x);
            var output = Convolution.Forward(input, w, b, filters, window);
            var dw = new double[w.Length];
            var db = new double[b.Length];
            var dx = Convolution.Backward(input, w, output.With(g), window, dw, db);

            double Loss() => FiniteDifference.Dot(Convolution.Forward(input, w, b, filters, window).Values, g);
            FiniteDifference.Check(dx.Values, x, Loss, "dL/dx");
            FiniteDifference.Check(dw, w, Loss, "dL/dw");
            FiniteDifference.Check(db, b, Loss, "dL/db");
        });
    }

    [Fact]
    public void The_gradient_of_average_pooling_is_its_finite_difference()
    {
        var cases =
            from geometry in GenGeometry
            let outputs = Outputs(geometry)
            from x in Values(geometry.Channels * geometry.Height * geometry.Width)
            from g in Values(outputs)
            select (geometry, x, g);

        cases.ForAll(c =>
        {
            var (geometry, x, g) = c;
            var input = new Volume(geometry.Channels, geometry.Height, geometry.Width, x);
            var output = AveragePooling.Forward(input, geometry.Window);
            var dx = AveragePooling.Backward(input, output.With(g), geometry.Window);

            FiniteDifference.Check(
                dx.Values, x, () => FiniteDifference.Dot(AveragePooling.Forward(input, geometry.Window).Values, g), "dL/dx");
        });
    }

    [Fact]
    public void The_gradient_of_max_pooling_is_its_finite_difference()
    {
        // Distinct values, far further apart than the step of the difference, keep the winners where they are.
        var cases =
            from geometry in GenGeometry
            let outputs = Outputs(geometry)
            let distinct = Enumerable.Range(0, geometry.Channels * geometry.Height * geometry.Width).Select(i => (0.01 * i) - 0.5)
            from x in Gen.Shuffle(distinct.ToArray())
            from g in Values(outputs)
            select (geometry, x, g);

        cases.ForAll(c =>
        {
            var (geometry, x, g) = c;
            var values = x.ToArray();
            var input = new Volume(geometry.Channels, geometry.Height, geometry.Width, values);
            var output = MaxPooling.Forward(input, geometry.Window);
            var dx = MaxPooling.Backward(input, output.With(g), geometry.Window);

            FiniteDifference.Check(
                dx.Values, values, () => FiniteDifference.Dot(MaxPooling.Forward(input, geometry.Window).Values, g), "dL/dx");
        });
    }

    [Fact]
    public void Parameter_gradients_are_added_to_what_stands_there()
    {
        var input = new Volume(1, 2, 2, [1, 2, 3, 4]);
        var output = new Volume(1, 1, 1, [10]);
        double[] dw = [100, 100, 100, 100];
        double[] db = [100];

        Convolution.Backward(input, new double[4], output, new Window(2, 2), dw, db);

        Assert.Equal([110, 120, 130, 140], dw);
        Assert.Equal([110], db);
    }

    [Fact]
    public void The_first_of_equal_elements_wins_and_padding_never_does()
    {
        var input = new Volume(1, 2, 2, [-1, -1, -1, -1]);
        var window = new Window(2, 2, 1, 1, 1, 1, 1);

        var output = MaxPooling.Forward(input, window);
        var dx = MaxPooling.Backward(input, output.With(Enumerable.Repeat(1.0, 9).ToArray()), window);

        Assert.All(output.Values, value => Assert.Equal(-1, value));
        Assert.Equal([4, 2, 2, 1], dx.Values);
    }

    [Fact]
    public void A_max_pooling_window_of_padding_alone_is_refused()
    {
        var input = new Volume(1, 2, 2);

        var error = Assert.Throws<ArgumentException>(() => MaxPooling.Forward(input, new Window(2, 2, 1, 2, 0, 0, 0)));

        Assert.Contains("padding alone", error.Message);
    }

    [Fact]
    public void Average_pooling_counts_the_padding()
    {
        var output = AveragePooling.Forward(new Volume(1, 2, 2, [4, 8, 12, 16]), new Window(2, 2, 2, 1, 1, 1, 1));

        Assert.Equal([1, 2, 3, 4], output.Values);
    }

    private static int Outputs((int Channels, int Height, int Width, Window Window) geometry) =>
        geometry.Channels * geometry.Window.OutputHeight(geometry.Height) * geometry.Window.OutputWidth(geometry.Width);

    private static Gen<double[]> Values(int length) => Gen.Double[-1, 1].Array[length];
}
