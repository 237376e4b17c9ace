using System;
using System.Linq;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>Every worked number of the lecture "Convolutional Neural Networks".</summary>
public sealed class LectureTests
{
    private static readonly double[] BinaryImage =
    [
        1, 0, 0, 0, 0, 1,
        0, 1, 0, 0, 1, 0,
        0, 0, 1, 1, 0, 0,
        1, 0, 0, 0, 1, 0,
        0, 1, 0, 0, 1, 0,
        0, 0, 1, 0, 1, 0,
    ];

    private static readonly double[] Filter1 =
    [
        1, -1, -1,
        -1, 1, -1,
        -1, -1, 1,
    ];

    private static readonly double[] Filter2 =
    [
        -1, 1, -1,
        -1, 1, -1,
        -1, 1, -1,
    ];

    [Fact]
    public void The_vertical_edge_filter_gives_the_sixteen_numbers_of_the_lecture()
    {
        double[] image =
        [
            3, 0, 1, 2, 7, 4,
            1, 5, 8, 9, 3, 1,
            2, 7, 2, 5, 1, 3,
            0, 1, 3, 1, 7, 8,
            4, 2, 1, 6, 2, 8,
            2, 4, 5, 2, 3, 9,
        ];
        double[] filter =
        [
            1, 0, -1,
            1, 0, -1,
            1, 0, -1,
        ];
        double[] expected =
        [
            -5, -4, 0, 8,
            -10, -2, 2, 3,
            0, -2, -4, -7,
            -3, -2, -3, -16,
        ];

        Assert.Equal(expected, Convolve(image, filter).Values);
    }

    [Fact]
    public void The_first_dot_product_of_filter_1_is_3_and_the_next_is_minus_1()
    {
        var output = Convolve(BinaryImage, Filter1);

        Assert.Equal(3, output[0, 0, 0]);
        Assert.Equal(-1, output[0, 0, 1]);
    }

    [Fact]
    public void Both_filters_over_the_binary_image_form_two_4x4_images()
    {
        // Counted on the image: twice the ones under the filter's +1s, less all ones of the window.
        double[] expected1 =
        [
            3, -1, -3, -1,
            -3, 1, 0, -3,
            -3, -3, 0, 1,
            3, -2, -2, -1,
        ];
        double[] expected2 =
        [
            -1, -1, -1, -1,
            -1, -1, -2, 1,
            -1, -1, -2, 1,
            -1, 0, -4, 3,
        ];

        var output = Convolution.Forward(new Volume(1, 6, 6, BinaryImage), [.. Filter1, .. Filter2], null, 2, new Window(3, 3));

        Assert.Equal("2x4x4", output.ToString());
        Assert.Equal(expected1, output.Values.Take(16));
        Assert.Equal(expected2, output.Values.Skip(16));
    }

    [Fact]
    public void Stride_2_visits_every_other_place_and_leaves_the_last_row_and_column_unread()
    {
        var output = Convolve(BinaryImage, Filter1, stride: 2);

        Assert.Equal("1x2x2", output.ToString());
        Assert.Equal([3, -3, -3, 0], output.Values);
    }

    [Theory]
    [InlineData(6, 3, 4)]
    [InlineData(12, 5, 8)]
    [InlineData(16, 16, 1)]
    public void A_valid_convolution_leaves_n_minus_f_plus_1(int n, int f, int expected)
    {
        Assert.Equal(expected, new Window(f, f).OutputHeight(n));
        Assert.Equal(expected, new Window(f, f).OutputWidth(n));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 2)]
    public void Padding_of_half_the_kernel_keeps_the_size(int f, int p)
    {
        Assert.Equal((f - 1) / 2, p);
        for (var n = 1; n < 40; n++)
            Assert.Equal(n, new Window(f, f, 1, p, p, p, p).OutputHeight(n));
    }

    [Fact]
    public void A_3x3_kernel_at_stride_2_turns_7x7_into_3x3()
    {
        var output = Convolution.Forward(new Volume(1, 7, 7), new double[9], null, 1, new Window(3, 3, 2));

        Assert.Equal("1x3x3", output.ToString());
    }

    [Fact]
    public void Two_filters_over_6x6x3_leave_4x4x2_and_each_element_sums_27_products()
    {
        var ones = new Volume(3, 6, 6, Enumerable.Repeat(1.0, 108).ToArray());
        var weight = Enumerable.Repeat(1.0, 27).Concat(Enumerable.Repeat(2.0, 27)).ToArray();

        var output = Convolution.Forward(ones, weight, null, 2, new Window(3, 3));

        Assert.Equal("2x4x4", output.ToString());
        Assert.All(output.Values.Take(16), value => Assert.Equal(27, value));
        Assert.All(output.Values.Skip(16), value => Assert.Equal(54, value));
    }

    [Fact]
    public void A_neuron_is_the_weighted_sum_of_its_4x4_patch_plus_the_bias_and_then_the_activation()
    {
        var image = new Volume(1, 7, 8, Enumerable.Range(0, 56).Select(i => Math.Sin(i)).ToArray());
        var weight = Enumerable.Range(0, 16).Select(i => Math.Cos(i)).ToArray();
        const int P = 2, Q = 3;
        var sum = 0.25;
        for (var i = 0; i <= 3; i++)
        {
            for (var j = 0; j <= 3; j++)
                sum += weight[(i * 4) + j] * image[0, i + P, j + Q];
        }

        var output = Convolution.Forward(image, weight, [0.25], 1, new Window(4, 4));
        var activated = output.With(Sigmoid.Forward(output.Values));

        Assert.Equal(sum, output[0, P, Q], 12);
        Assert.Equal(1 / (1 + Math.Exp(-sum)), activated[0, P, Q], 12);
    }

    [Fact]
    public void Six_filters_of_5x5x3_over_32x32x3_leave_28x28x6_with_76_parameters_each_and_456_in_all()
    {
        var one = new ReferenceNetwork(32, 32, 3, true, new ReferenceLayer.Conv(1, 5, 5));
        var six = new ReferenceNetwork(32, 32, 3, true, new ReferenceLayer.Conv(6, 5, 5));

        Assert.Equal(75, one["conv1.weight"].Length);
        Assert.Equal(76, Count(one));
        Assert.Equal(456, Count(six));
        Assert.Equal(28 * 28 * 6, six.OutputLength);
    }

    [Fact]
    public void The_parameters_of_a_convolution_do_not_depend_on_the_size_of_the_image()
    {
        var small = new ReferenceNetwork(5, 5, 3, true, new ReferenceLayer.Conv(6, 5, 5));
        var large = new ReferenceNetwork(64, 64, 3, true, new ReferenceLayer.Conv(6, 5, 5));

        Assert.Equal(Count(small), Count(large));
    }

    [Fact]
    public void A_dense_layer_in_place_of_the_convolution_would_need_about_14_million_parameters()
    {
        var dense = new ReferenceNetwork(32, 32, 3, true, new ReferenceLayer.Flatten(), new ReferenceLayer.Dense(28 * 28 * 6));

        Assert.Equal(3072, dense.InputLength);
        Assert.Equal(4704, dense.OutputLength);
        Assert.Equal((4704 * 3072) + 4704, Count(dense));
        Assert.Equal(14, Count(dense) / 1_000_000);
    }

    [Theory]
    [InlineData(28, 2, 2, 14)]
    [InlineData(10, 2, 2, 5)]
    [InlineData(7, 3, 2, 3)]
    public void Pooling_leaves_n_minus_f_over_s_plus_1_and_keeps_the_channels(int n, int f, int s, int expected)
    {
        var input = new Volume(6, n, n);

        Assert.Equal($"6x{expected}x{expected}", MaxPooling.Forward(input, new Window(f, f, s)).ToString());
        Assert.Equal($"6x{expected}x{expected}", AveragePooling.Forward(input, new Window(f, f, s)).ToString());
    }

    [Fact]
    public void The_network_of_the_lecture_has_the_sizes_and_parameters_of_its_table()
    {
        ReferenceLayer[] layers =
        [
            new ReferenceLayer.Conv(6, 5, 5), new ReferenceLayer.MaxPool(2, 2),
            new ReferenceLayer.Conv(16, 5, 5), new ReferenceLayer.MaxPool(2, 2),
            new ReferenceLayer.Flatten(),
            new ReferenceLayer.Dense(120), new ReferenceLayer.Dense(84), new ReferenceLayer.Dense(10), new ReferenceLayer.Softmax(),
        ];

        var sizes = Enumerable.Range(0, layers.Length + 1)
            .Select(count => new ReferenceNetwork(32, 32, 3, true, layers[..count]).OutputLength);
        var parameters = new ReferenceNetwork(32, 32, 3, true, layers).Parameters
            .GroupBy(parameter => parameter.Name.Split('.')[0])
            .Select(layer => (layer.Key, layer.Sum(parameter => parameter.Values.Length)));

        Assert.Equal([3072, 4704, 1176, 1600, 400, 400, 120, 84, 10, 10], sizes);
        Assert.Equal([("conv1", 456), ("conv2", 2416), ("dense1", 48120), ("dense2", 10164), ("dense3", 850)], parameters);
    }

    [Fact]
    public void The_largest_of_each_quarter_survives_max_pooling()
    {
        double[] quarters =
        [
            3, -1, -3, -1,
            -3, 1, 0, -3,
            -3, -3, 0, 1,
            3, -2, -2, -1,
        ];

        Assert.Equal([3, 0, 3, 1], MaxPooling.Forward(new Volume(1, 4, 4, quarters), new Window(2, 2, 2)).Values);
    }

    private static Volume Convolve(double[] image, double[] filter, int stride = 1) =>
        Convolution.Forward(new Volume(1, 6, 6, image), filter, null, 1, new Window(3, 3, stride));

    private static int Count(ReferenceNetwork network) => network.Parameters.Sum(parameter => parameter.Values.Length);
}
