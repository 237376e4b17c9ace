using System;
using System.Linq;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class FitAugmentationTests
{
    [Fact]
    public void Samples_are_changed_the_same_way_whatever_the_threads_and_batches_and_anew_in_each_epoch()
    {
        double[] Losses(int threads = 1, int batchSize = 7, int seed = 3, bool changed = true)
        {
            using var trainer = new Trainer<SoftmaxRegression>(SoftmaxRegression.CreatePatterned(), new Sgd(0), threads: threads);
            var augment = new Augmentation(new ImageShape(1, 5, 1), ImageTransform.Shift(0, 2), ImageTransform.Noise(0.5f));
            var results = trainer.Fit(Clusters.MakeDataset(40, 6), 2, batchSize, seed: seed, augment: changed ? augment : null);
            return [.. results.Select(result => result.Loss)];
        }

        var first = Losses();
        Near(first, Losses(threads: 3));
        Near(first, Losses(batchSize: 40));
        Near(first, Losses(threads: 2, batchSize: 11));
        Assert.Equal(first, Losses());

        // Noise changes a mean of 40 losses by some hundredths; without it, epochs of a rate of 0 are alike.
        Assert.True(Math.Abs(first[0] - first[1]) > 1e-4);
        Assert.True(Math.Abs(first[0] - Losses(seed: 4)[0]) > 1e-4);
        var plain = Losses(changed: false);
        Assert.Equal(plain[0], plain[1], 1e-12);
        Assert.True(Math.Abs(first[0] - plain[0]) > 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Label_maps_move_with_their_images(int threads)
    {
        var network = PixelClassifier.CreateDrawn(1);
        using var trainer = new Trainer<PixelClassifier>(network, new Adam(0.05f), new CrossEntropy(ignoreLabel: 9), threads);
        var augment = new Augmentation(
            new ImageShape(4, 4, 2), ImageTransform.FlipHorizontally(), ImageTransform.FlipVertically(), ImageTransform.Shift(2))
        {
            FillLabel = 9,
        };
        var results = trainer.Fit(PixelClassifier.MakeDataset(60, 1), 15, 8, PixelClassifier.MakeDataset(40, 2), augment: augment);

        // Labels that did not move along would leave a third of the pixels right.
        Assert.InRange(results[^1].Validation!.Accuracy, 0.95, 1);
        Assert.InRange(results[^1].Accuracy, 0.95, 1);
    }

    [Fact]
    public void An_augmentation_that_does_not_fit_is_refused()
    {
        using var trainer = new Trainer<PixelClassifier>(new PixelClassifier(), new Sgd(0.1f));
        var data = PixelClassifier.MakeDataset(4, 1);
        var shift = ImageTransform.Shift(1);
        Refused("The inputs of PixelClassifier hold 32 floats; ", new Augmentation(new ImageShape(4, 4, 1), shift));
        Refused("Label maps of 16 pixels cannot move with images of 4 x 2.", new Augmentation(new ImageShape(4, 2, 4), shift));
        Refused("The fill label is 3; labels are 0 to 2", new Augmentation(new ImageShape(4, 4, 2), shift) { FillLabel = 3 });

        // Noise moves nothing.
        trainer.Fit(data, 1, 4, augment: new Augmentation(new ImageShape(4, 2, 4), ImageTransform.Noise(1)) { FillLabel = 3 });

        void Refused(string message, Augmentation augmentation)
        {
            var exception = Assert.Throws<ArgumentException>("augment", () => trainer.Fit(data, 1, 4, augment: augmentation));
            Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(3, 2, 2, false, "3 x 2 x 2, pixel by pixel (HWC)")]
    [InlineData(2, 3, 2, true, "2 x 3 x 2, channel by channel (CHW)")]
    [InlineData(2, 2, 3, false, "2 x 2 x 3, pixel by pixel (HWC)")]
    [InlineData(1, 12, 1, false, "1 x 12 x 1, pixel by pixel (HWC)")]
    public void An_augmentation_of_images_that_lie_otherwise_than_the_networks_is_refused(
        int height, int width, int channels, bool isPlanar, string shape)
    {
        var network = NormalizedNetwork.Create();
        using var trainer = new Trainer<NormalizedNetwork>(network, new Sgd(0.1f), new MeanSquaredError());
        var (inputs, targets) = NormalizedNetwork.Draw(4, 1);
        var data = Dataset.FromTargets(inputs, targets, NormalizedNetwork.Inputs, 1);
        var augment = new Augmentation(new ImageShape(height, width, channels, isPlanar), ImageTransform.Noise(0.1f));
        var before = network.Weights.ToArray();
        var exception = Assert.Throws<ArgumentException>("augment", () => trainer.Fit(data, 1, 4, augment: augment));
        Assert.StartsWith(
            $"The images of NormalizedNetwork are 2 x 3 x 2, pixel by pixel (HWC); those of the augmentation {shape}.",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Equal(before, network.Weights);

        trainer.Fit(data, 1, 4, augment: new Augmentation(new ImageShape(2, 3, 2), ImageTransform.FlipVertically()));
        Assert.NotEqual(before, network.Weights.ToArray());
    }

    [Fact]
    public void Images_of_one_channel_or_one_pixel_lie_alike_in_both_orders()
    {
        Assert.True(new ImageShape(3, 4, 1).LiesAs(new ImageShape(3, 4, 1, IsPlanar: true)));
        Assert.True(new ImageShape(1, 1, 5, IsPlanar: true).LiesAs(new ImageShape(1, 1, 5)));
        Assert.False(new ImageShape(1, 2, 5, IsPlanar: true).LiesAs(new ImageShape(1, 2, 5)));
    }

    // The sums are over the same numbers in another order.
    private static void Near(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }
}
