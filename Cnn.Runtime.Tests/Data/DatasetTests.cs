using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void Bytes_become_floats_of_every_length_with_the_same_bits_everywhere()
    {
        for (var length = 1; length <= 40; length++)
        {
            var pixels = Enumerable.Range(0, 3 * length).Select(i => (byte)(i * 37)).ToArray();
            var data = Dataset.FromImages(pixels, [0, 1, 2], length, 3);
            for (var sample = 0; sample < 3; sample++)
            {
                var input = new float[length];
                data.CopyInput(sample, input);
                Assert.Equal(pixels.Skip(sample * length).Take(length).Select(pixel => pixel * (1f / 255)), input);
            }
        }
    }

    [Fact]
    public void Every_byte_is_scaled_as_asked()
    {
        var pixels = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var input = new float[256];
        Dataset.FromImages(pixels, [0], 256, 1, 2f).CopyInput(0, input);
        Assert.Equal(Enumerable.Range(0, 256).Select(i => 2f * i), input);
    }

    [Fact]
    public void Images_keep_their_labels_and_sizes()
    {
        var data = Dataset.FromImages(new byte[12], [9, 0, 255], 4, 256);
        Assert.Equal((3, 4, 256, 0), (data.Count, data.InputLength, data.Classes, data.TargetLength));
        Assert.Equal([9, 0, 255], Enumerable.Range(0, 3).Select(data.Label));
    }

    [Fact]
    public void Arrays_keep_inputs_and_labels()
    {
        var data = Dataset.FromArrays([1, 2, 3, 4, 5, 6], [1, 0, 299], 2, 300);
        Assert.Equal((3, 2, 300, 0), (data.Count, data.InputLength, data.Classes, data.TargetLength));
        Assert.Equal([3f, 4f], Input(data, 1));
        Assert.Equal([1, 0, 299], Enumerable.Range(0, 3).Select(data.Label));
    }

    [Fact]
    public void Targets_are_kept_beside_inputs()
    {
        var data = Targets();
        Assert.Equal((2, 3, 0, 2), (data.Count, data.InputLength, data.Classes, data.TargetLength));
        Assert.Equal([4f, 5f, 6f], Input(data, 1));
        var target = new float[2];
        data.CopyTarget(1, target);
        Assert.Equal([9f, 10f], target);
    }

    [Fact]
    public void Labels_are_not_targets_and_targets_are_not_labels()
    {
        Assert.Contains(
            "target vectors, not labels",
            Assert.Throws<InvalidOperationException>(() => Targets().Label(0)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "labels, not target vectors",
            Assert.Throws<InvalidOperationException>(() => Labelled().CopyTarget(0, new float[1])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_slice_is_a_view_of_its_samples()
    {
        var data = Dataset.FromArrays([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5], 1, 6);
        var slice = data.Slice(1, 4).Slice(2, 2);
        Assert.Equal((2, 1, 6, 0), (slice.Count, slice.InputLength, slice.Classes, slice.TargetLength));
        Assert.Equal([3, 4], Enumerable.Range(0, 2).Select(slice.Label));
        Assert.Equal([4f], Input(slice, 1));

        var target = new float[2];
        Targets().Slice(1, 1).CopyTarget(0, target);
        Assert.Equal([9f, 10f], target);
    }

    [Fact]
    public void A_slice_shows_nothing_outside_itself()
    {
        var slice = Dataset.FromArrays([0, 1, 2, 3], [0, 1, 2, 3], 1, 4).Slice(1, 2);
        foreach (var index in new[] { -1, 2 })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => slice.Label(index));
            Assert.Throws<ArgumentOutOfRangeException>(() => slice.CopyInput(index, new float[1]));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Targets().Slice(0, 1).CopyTarget(1, new float[2]));
    }

    [Theory]
    [InlineData(-1, 1, "start")]
    [InlineData(3, 1, "start")]
    [InlineData(0, 0, "count")]
    [InlineData(0, -1, "count")]
    [InlineData(1, 3, "count")]
    [InlineData(1, int.MaxValue, "count")]
    public void A_slice_beyond_the_samples_is_refused(int start, int count, string parameter) =>
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Labelled().Slice(start, count));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void A_sample_that_does_not_exist_is_refused(int index)
    {
        foreach (var data in new[] { Labelled(), Dataset.FromImages(new byte[6], [0, 1, 2], 2, 3) })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>("index", () => data.Label(index));
            Assert.StartsWith($"The samples are 0 to 2; there is no sample {index}.", exception.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>("index", () => data.CopyInput(index, new float[2]));
        }

        Assert.Throws<ArgumentOutOfRangeException>("index", () => Targets().CopyInput(index, new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => Targets().CopyTarget(index, new float[2]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_destination_of_the_wrong_length_is_refused_with_both_lengths(int length)
    {
        var images = Dataset.FromImages(new byte[6], [0, 1], 3, 3);
        foreach (var copy in new Action<float[]>[]
        {
            destination => images.CopyInput(0, destination),
            destination => images.Slice(1, 1).CopyInput(0, destination),
            destination => Targets().CopyInput(0, destination),
        })
        {
            var exception = Assert.Throws<ArgumentException>("destination", () => copy(new float[length]));
            Assert.StartsWith(
                $"The destination must hold exactly 3 floats; it holds {length}.",
                exception.Message,
                StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>("destination", () => Labelled().CopyInput(0, new float[length]));
        Assert.Throws<ArgumentException>("destination", () => Targets().CopyTarget(0, new float[length]));
    }

    [Fact]
    public void Arrays_that_do_not_fit_each_other_are_refused()
    {
        Refused("pixels", "5 numbers are not whole samples of 2", () => Dataset.FromImages(new byte[5], [0, 1], 2, 3));
        Refused("labels", "There are 3 inputs but 2 labels", () => Dataset.FromImages(new byte[6], [0, 1], 2, 3));
        Refused("labels", "There are 3 inputs but 4 labels", () => Dataset.FromArrays(new float[6], [0, 1, 2, 0], 2, 3));
        Refused("inputs", "7 numbers are not whole samples of 2", () => Dataset.FromArrays(new float[7], [0, 1, 2], 2, 3));
        Refused("targets", "5 numbers are not whole samples of 2", () => Dataset.FromTargets(new float[6], new float[5], 2, 2));
        Refused("targets", "There are 3 inputs but 2 targets", () => Dataset.FromTargets(new float[6], new float[4], 2, 2));
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Refused("pixels", "at least one number, not 0", () => Dataset.FromImages(new byte[6], [0, 1], 0, 3));
        Refused("inputs", "at least one number, not -1", () => Dataset.FromArrays(new float[6], [0, 1], -1, 3));
        Refused("targets", "at least one number, not 0", () => Dataset.FromTargets(new float[6], new float[6], 2, 0));
        Refused("classes", "1 to 256 classes apart, not 0", () => Dataset.FromImages(new byte[2], [0, 1], 1, 0));
        Refused("classes", "1 to 256 classes apart, not 257", () => Dataset.FromImages(new byte[2], [0, 1], 1, 257));
        Refused("classes", "at least one class, not 0", () => Dataset.FromArrays(new float[2], [0, 1], 1, 0));
        Refused("scale", "finite", () => Dataset.FromImages(new byte[2], [0, 1], 1, 2, float.NaN));
        Refused("count", "at least one sample", () => Dataset.FromArrays([], [], 1, 2));
    }

    [Fact]
    public void Labels_out_of_range_are_refused_with_their_sample()
    {
        const string Rule = "with 3 classes labels are 0 to 2";
        Refused("labels", "Sample 1 has the label 3; " + Rule, () => Dataset.FromImages(new byte[2], [0, 3], 1, 3));
        Refused("labels", "Sample 2 has the label -1; " + Rule, () => Dataset.FromArrays(new float[3], [0, 2, -1], 1, 3));
    }

    [Fact]
    public void Missing_arrays_are_refused()
    {
        Assert.Throws<ArgumentNullException>("pixels", () => Dataset.FromImages(null!, [0], 1, 1));
        Assert.Throws<ArgumentNullException>("labels", () => Dataset.FromImages([0], null!, 1, 1));
        Assert.Throws<ArgumentNullException>("inputs", () => Dataset.FromArrays(null!, [0], 1, 1));
        Assert.Throws<ArgumentNullException>("labels", () => Dataset.FromArrays([0], null!, 1, 1));
        Assert.Throws<ArgumentNullException>("inputs", () => Dataset.FromTargets(null!, [0], 1, 1));
        Assert.Throws<ArgumentNullException>("targets", () => Dataset.FromTargets([0], null!, 1, 1));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 3)]
    [InlineData(-1, 3)]
    public void A_data_set_of_ones_own_has_either_classes_or_targets(int classes, int targetLength) =>
        Assert.Throws<ArgumentException>(() => new OwnDataset(classes, targetLength));

    [Fact]
    public void Reading_allocates_nothing()
    {
        Dataset[] labelled = [Dataset.FromImages(new byte[200], [1, 0], 100, 2), Dataset.FromArrays(new float[200], [1, 0], 100, 2)];
        var targets = Dataset.FromTargets(new float[200], new float[200], 100, 100).Slice(1, 1);
        var destination = new float[100];
        Allocation.AssertNone(Read, calls: 1);

        void Read()
        {
            for (var repeat = 0; repeat < 100; repeat++)
            {
                foreach (var data in labelled)
                {
                    data.CopyInput(1, destination);
                    data.Label(1);
                }

                targets.CopyInput(0, destination);
                targets.CopyTarget(0, destination);
            }
        }
    }

    private static Dataset Labelled() => Dataset.FromArrays(new float[6], [0, 1, 2], 2, 3);

    private static Dataset Targets() => Dataset.FromTargets([1, 2, 3, 4, 5, 6], [7, 8, 9, 10], 3, 2);

    private static float[] Input(Dataset data, int index)
    {
        var input = new float[data.InputLength];
        data.CopyInput(index, input);
        return input;
    }

    private static void Refused(string parameter, string reason, Func<Dataset> create) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(parameter, create).Message, StringComparison.Ordinal);

    private sealed class OwnDataset(int classes, int targetLength) : Dataset(1, 1, classes, targetLength)
    {
        public override void CopyInput(int index, Span<float> destination) => destination.Clear();
    }
}
