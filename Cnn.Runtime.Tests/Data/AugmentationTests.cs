using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Tests.Data;

public sealed class AugmentationTests
{
    private static readonly Gen<ImageShape> Shapes =
        from height in Gen.Int[1, 7]
        from width in Gen.Int[1, 7]
        from channels in Gen.Int[1, 4]
        from planar in Gen.Bool
        select new ImageShape(height, width, channels, planar);

    [Fact]
    public void A_shift_moves_every_pixel_and_its_label_by_the_same_numbers() =>
        Gen.Select(Shapes, Gen.Int[0, 9], Gen.Int[0, 9], Gen.Bool, Gen.ULong).ForAll((shape, vertical, horizontal, edge, seed) =>
        {
            var fill = edge ? ImageFill.Edge : ImageFill.Zero;
            var (image, labels) = Number(shape);
            new Augmentation(shape, ImageTransform.Shift(vertical, horizontal, fill)) { FillLabel = -7 }.Apply(image, labels, seed);

            // One of the shifts there are explains all.
            var shifts =
                from down in Enumerable.Range(-vertical, (2 * vertical) + 1)
                from right in Enumerable.Range(-horizontal, (2 * horizontal) + 1)
                where Shifted(shape, down, right, edge).Image.AsSpan().SequenceEqual(image)
                    && Shifted(shape, down, right, edge).Labels.AsSpan().SequenceEqual(labels)
                select (down, right);
            Assert.NotEmpty(shifts);
        });

    [Fact]
    public void Every_shift_comes_up()
    {
        var shape = new ImageShape(5, 5, 1);
        var augmentation = new Augmentation(shape, ImageTransform.Shift(1, 2));
        var places = Enumerable.Range(0, 1000).Select(seed =>
        {
            var image = new float[25];
            image[12] = 1;
            augmentation.Apply(image, (ulong)seed);
            return Array.IndexOf(image, 1f);
        }).GroupBy(place => place).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(Enumerable.Range(1, 3).SelectMany(y => Enumerable.Range(0, 5).Select(x => (y * 5) + x)), places.Keys.Order());
        Assert.All(places.Values, count => Assert.InRange(count, 30, 110));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flip_swaps_sides_and_two_flips_change_nothing(bool horizontally) =>
        Shapes.ForAll(shape =>
        {
            var transform = horizontally ? ImageTransform.FlipHorizontally(1) : ImageTransform.FlipVertically(1);
            var (image, labels) = Number(shape);
            var (before, labelsBefore) = Number(shape);
            new Augmentation(shape, transform).Apply(image, labels, 1);
            for (var y = 0; y < shape.Height; y++)
            {
                for (var x = 0; x < shape.Width; x++)
                {
                    var (fromY, fromX) = horizontally ? (y, shape.Width - 1 - x) : (shape.Height - 1 - y, x);
                    Assert.Equal(labelsBefore[(fromY * shape.Width) + fromX], labels[(y * shape.Width) + x]);
                    for (var c = 0; c < shape.Channels; c++)
                        Assert.Equal(before[Place(shape, fromY, fromX, c)], image[Place(shape, y, x, c)]);
                }
            }

            new Augmentation(shape, transform).Apply(image, labels, 1);
            Assert.Equal(before, image);
            Assert.Equal(labelsBefore, labels);
        });

    [Fact]
    public void A_flip_happens_as_often_as_asked()
    {
        int Flips(double probability) => Enumerable.Range(0, 2000).Count(seed =>
        {
            float[] image = [1, 2];
            new Augmentation(new ImageShape(1, 2, 1), ImageTransform.FlipHorizontally(probability)).Apply(image, (ulong)seed);
            return image[0] == 2;
        });

        Assert.Equal((0, 2000), (Flips(0), Flips(1)));
        Assert.InRange(Flips(0.25), 420, 580);
    }

    [Fact]
    public void A_turn_is_the_bilinear_interpolation_of_where_pixels_come_from() =>
        Gen.Select(Shapes, Gen.Double[-180, 180], Gen.Bool).ForAll((shape, degrees, edge) =>
        {
            var (image, labels) = Number(shape);
            var (before, labelsBefore) = Number(shape);
            var work = new ImageWork(shape, image, new float[image.Length], labels, new int[labels.Length], -7);
            new RotateTransform(180, edge ? ImageFill.Edge : ImageFill.Zero).Turn(work, degrees);

            var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
            for (var y = 0; y < shape.Height; y++)
            {
                for (var x = 0; x < shape.Width; x++)
                {
                    double dx = x - ((shape.Width - 1) / 2.0), dy = y - ((shape.Height - 1) / 2.0);
                    var fromX = ((shape.Width - 1) / 2.0) + (cosine * dx) + (sine * dy);
                    var fromY = ((shape.Height - 1) / 2.0) - (sine * dx) + (cosine * dy);
                    for (var c = 0; c < shape.Channels; c++)
                    {
                        var expected = 0.0;
                        for (var v = -2; v < shape.Height + 8; v++)
                        {
                            for (var u = -2; u < shape.Width + 8; u++)
                            {
                                var weight = Math.Max(0, 1 - Math.Abs(fromX - u)) * Math.Max(0, 1 - Math.Abs(fromY - v));
                                expected += weight * At(shape, before, v, u, c, edge);
                            }
                        }

                        if (IsNear(shape, fromX, fromY))
                            Assert.Equal(expected, image[Place(shape, y, x, c)], 1e-3);
                    }
                }
            }

            Assert.All(labels, label => Assert.True(label == -7 ? !edge : labelsBefore.Contains(label)));
        });

    [Fact]
    public void A_quarter_turn_moves_right_to_bottom_and_labels_with_it()
    {
        var shape = new ImageShape(3, 3, 1);
        var (image, labels) = Number(shape);
        var work = new ImageWork(shape, image, new float[9], labels, new int[9], -7);
        new RotateTransform(180, ImageFill.Edge).Turn(work, 90);
        float[] expected = [7, 4, 1, 8, 5, 2, 9, 6, 3];
        Agreement.Check(expected, image, 1e-5, "image");
        Assert.Equal(expected.Select(value => (int)value), labels);
    }

    [Fact]
    public void A_turn_of_no_degrees_changes_nothing() =>
        Gen.Select(Shapes, Gen.ULong).ForAll((shape, seed) =>
        {
            var (image, labels) = Number(shape);
            new Augmentation(shape, ImageTransform.Rotate(0)).Apply(image, labels, seed);
            var (before, labelsBefore) = Number(shape);
            Assert.Equal(before, image);
            Assert.Equal(labelsBefore, labels);
        });

    [Fact]
    public void Noise_is_normal_and_leaves_labels_alone()
    {
        const int Count = 20_001;
        var shape = new ImageShape(1, Count, 1);
        var image = new float[Count];
        var labels = Enumerable.Range(0, Count).ToArray();
        new Augmentation(shape, ImageTransform.Noise(0.5f)).Apply(image, labels, 3);
        Assert.Equal(Enumerable.Range(0, Count), labels);

        // Five standard errors each; of a normal distribution 68.27 % lie within one deviation and 95.45 % within two.
        Assert.Equal(0, image.Average(), 0.018);
        Assert.Equal(0.25, image.Average(value => (double)value * value), 0.0125);
        Assert.Equal(0.6827, image.Count(value => Math.Abs(value) < 0.5f) / (double)Count, 0.0165);
        Assert.Equal(0.9545, image.Count(value => Math.Abs(value) < 1) / (double)Count, 0.0075);
        Assert.Equal(0, image.Zip(image.Skip(1), (a, b) => (double)a * b).Average(), 0.009);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_another_others_and_nothing_is_allocated()
    {
        foreach (var planar in new[] { false, true })
        {
            var shape = new ImageShape(9, 7, 3, planar);
            var augmentation = new Augmentation(
                shape,
                ImageTransform.Shift(2, ImageFill.Edge),
                ImageTransform.FlipVertically(),
                ImageTransform.Rotate(20),
                ImageTransform.Noise(0.1f));
            var (first, labels) = Number(shape);
            var (second, secondLabels) = Number(shape);
            augmentation.Apply(first, labels, 5);
            augmentation.Apply(second, secondLabels, 5);
            Assert.Equal(first, second);
            Assert.Equal(labels, secondLabels);
            Allocation.AssertNone(() => augmentation.Apply(second, secondLabels, 5));

            (second, _) = Number(shape);
            augmentation.Apply(second, 6);
            Assert.NotEqual(first, second);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var shape = new ImageShape(2, 2, 3);
        var augmentation = new Augmentation(shape);
        Assert.Throws<ArgumentException>("image", () => augmentation.Apply(new float[11], 1));
        Assert.Throws<ArgumentException>("labels", () => augmentation.Apply(new float[12], new int[12], 1));
        Assert.Throws<ArgumentException>("shape", () => new Augmentation(new ImageShape(0, 2, 3)));
        Assert.Throws<ArgumentException>("shape", () => new Augmentation(new ImageShape(1 << 16, 1 << 16, 3)));
        Assert.Throws<ArgumentNullException>("transforms", () => new Augmentation(shape, [null!]));
        Assert.Throws<ArgumentOutOfRangeException>("vertical", () => ImageTransform.Shift(-1));
        Assert.Throws<ArgumentOutOfRangeException>("horizontal", () => ImageTransform.Shift(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => ImageTransform.FlipHorizontally(1.5));
        Assert.Throws<ArgumentOutOfRangeException>("degrees", () => ImageTransform.Rotate(181));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => ImageTransform.Noise(float.NaN));
    }

    /// <summary>An image of 1, 2, 3 ... by rows, columns and channels whatever the order, and labels of 1, 2, 3 ...</summary>
    private static (float[] Image, int[] Labels) Number(ImageShape shape)
    {
        var image = new float[shape.Length];
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                for (var c = 0; c < shape.Channels; c++)
                    image[Place(shape, y, x, c)] = (((y * shape.Width) + x) * shape.Channels) + c + 1;
            }
        }

        return (image, Enumerable.Range(1, shape.Pixels).ToArray());
    }

    private static (float[] Image, int[] Labels) Shifted(ImageShape shape, int down, int right, bool edge)
    {
        var (before, labelsBefore) = Number(shape);
        var (image, labels) = (new float[before.Length], new int[labelsBefore.Length]);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                for (var c = 0; c < shape.Channels; c++)
                    image[Place(shape, y, x, c)] = At(shape, before, y - down, x - right, c, edge);
                var one = shape with { Channels = 1, IsPlanar = false };
                var inside = edge || ((uint)(y - down) < (uint)shape.Height && (uint)(x - right) < (uint)shape.Width);
                labels[(y * shape.Width) + x] = inside
                    ? (int)At(one, Array.ConvertAll(labelsBefore, label => (float)label), y - down, x - right, 0, edge)
                    : -7;
            }
        }

        return (image, labels);
    }

    private static float At(ImageShape shape, float[] image, int y, int x, int channel, bool edge)
    {
        if (edge)
            (y, x) = (Math.Clamp(y, 0, shape.Height - 1), Math.Clamp(x, 0, shape.Width - 1));
        return (uint)y < (uint)shape.Height && (uint)x < (uint)shape.Width ? image[Place(shape, y, x, channel)] : 0;
    }

    private static int Place(ImageShape shape, int y, int x, int channel) => shape.IsPlanar
        ? (((channel * shape.Height) + y) * shape.Width) + x
        : (((y * shape.Width) + x) * shape.Channels) + channel;

    /// <summary>Whether the loops of the test reach all four neighbours.</summary>
    private static bool IsNear(ImageShape shape, double x, double y) =>
        x > -2 && y > -2 && x < shape.Width + 6 && y < shape.Height + 6;
}
