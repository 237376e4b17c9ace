using System;
using System.Linq;
using Xunit;

namespace Cnn.Tests.Data;

public sealed class MapDatasetTests
{
    [Fact]
    public void Every_sample_has_its_input_and_a_label_for_each_pixel()
    {
        byte[] labels = [0, 1, 2, 2, 1, 0];
        float[] inputs = [1, 2, 3, 4];
        Dataset[] all =
        [
            Dataset.FromMaps(inputs, labels, 2, 3, 3),
            Dataset.FromMaps(inputs, Array.ConvertAll(labels, label => (int)label), 2, 3, 3),
            Dataset.FromMaps([1, 2, 3, 4], labels, 2, 3, 3, scale: 1),
        ];
        foreach (var data in all)
        {
            Assert.Equal((2, 2, 3, 0, 3), (data.Count, data.InputLength, data.Classes, data.TargetLength, data.Pixels));
            var (input, map) = (new float[2], new int[3]);
            data.CopyInput(1, input);
            data.CopyLabels(1, map);
            Assert.Equal([3, 4], input);
            Assert.Equal([2, 1, 0], map);
            data.Slice(1, 1).CopyLabels(0, map);
            Assert.Equal([2, 1, 0], map);
            Assert.Equal(3, data.Slice(0, 1).Pixels);

            Assert.Throws<InvalidOperationException>(() => data.Label(0));
            Assert.Throws<ArgumentOutOfRangeException>("index", () => data.CopyLabels(2, map));
            var exception = Assert.Throws<ArgumentException>("destination", () => data.CopyLabels(0, new int[2]));
            Assert.StartsWith("The destination must hold exactly 3 labels; it holds 2.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_are_scaled_by_1_255_unless_another_scale_is_given()
    {
        byte[] images = [.. Enumerable.Range(0, 40).Select(i => (byte)(i * 6))];
        var data = Dataset.FromMaps(images, new byte[2], 20, 1, 2);
        var input = new float[20];
        data.CopyInput(1, input);
        Assert.Equal(images[20..].Select(pixel => pixel * (1f / 255)), input);
        Assert.Throws<ArgumentException>("scale", () => Dataset.FromMaps(images, new byte[2], 20, 1, 2, float.NaN));
    }

    [Fact]
    public void A_single_label_can_be_copied_as_a_map_of_one()
    {
        var label = new int[1];
        Dataset.FromArrays([1, 2], [0, 1], 1, 2).CopyLabels(1, label);
        Assert.Equal(1, label[0]);
        Assert.Equal(1, Dataset.FromMaps([1f, 2], new byte[] { 0, 1 }, 1, 1, 2).Label(1));
        Assert.Throws<InvalidOperationException>(() => Dataset.FromTargets([1], [1], 1, 1).CopyLabels(0, label));
    }

    [Fact]
    public void An_ignored_label_need_not_be_a_class_and_any_other_must()
    {
        var (inputs, map) = (new float[2], new int[2]);
        Dataset.FromMaps(inputs, new byte[] { 0, 255, 1, 1 }, 1, 2, 2, ignoreLabel: 255).CopyLabels(0, map);
        Assert.Equal([0, 255], map);
        Dataset.FromMaps(inputs, new[] { 0, -100, 1, 1 }, 1, 2, 2, ignoreLabel: -100).CopyLabels(0, map);
        Assert.Equal([0, -100], map);
        var exception = Assert.Throws<ArgumentException>("labels", () => Dataset.FromMaps(inputs, new byte[] { 0, 1, 1, 2 }, 1, 2, 2));
        Assert.StartsWith(
            "Pixel 1 of sample 1 has the label 2; with 2 classes labels are 0 to 1.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>("labels", () => Dataset.FromMaps(new float[2], new byte[3], 1, 2, 2));
        Assert.Throws<ArgumentException>("labels", () => Dataset.FromMaps(new float[2], new byte[2], 1, 2, 2));
        Assert.Throws<ArgumentException>("inputs", () => Dataset.FromMaps(new float[3], new byte[2], 2, 1, 2));
        Assert.Throws<ArgumentException>("pixels", () => Dataset.FromMaps(new float[2], new byte[2], 1, 0, 2));
        Assert.Throws<ArgumentException>("classes", () => Dataset.FromMaps(new float[2], new byte[2], 1, 1, 0));
        Assert.Throws<ArgumentNullException>("labels", () => Dataset.FromMaps(new float[2], (byte[])null!, 1, 1, 1));
        Assert.Throws<ArgumentNullException>("inputs", () => Dataset.FromMaps((float[])null!, new byte[2], 1, 1, 1));
    }
}
