using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class SegmentationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_network_with_a_label_for_each_pixel_learns_and_is_judged_by_pixels(int threads)
    {
        var network = PixelClassifier.CreateDrawn(1);
        using var trainer = new Trainer<PixelClassifier>(network, new Adam(0.05f), new CrossEntropy(0.01f), threads);
        var test = PixelClassifier.MakeDataset(40, 2);
        var before = trainer.Evaluate(test);
        var results = trainer.Fit(PixelClassifier.MakeDataset(60, 1), epochs: 15, batchSize: 8, validation: test);
        var after = results[^1].Validation!;

        Assert.True(after.Loss < before.Loss / 3, $"From {before.Loss} to {after.Loss}.");
        Assert.InRange(after.Accuracy, 0.95, 1);
        Assert.InRange(results[^1].Accuracy, 0.95, 1);
        Assert.Equal(40 * PixelClassifier.Pixels, after.Confusion!.Total);
        Assert.Equal(after.Confusion.Accuracy, after.Accuracy);
        Assert.Equal(after.Confusion.MeanIntersectionOverUnion, after.MeanIntersectionOverUnion);
        Assert.InRange(after.MeanIntersectionOverUnion!.Value, 0.9, 1);
        Assert.Equal(after, trainer.Evaluate(test) with { Confusion = after.Confusion });
    }

    [Fact]
    public void A_step_takes_a_label_for_each_pixel_and_returns_their_mean_loss()
    {
        var (inputs, labels) = PixelClassifier.Draw(3, 4);
        using var trainer = new Trainer<PixelClassifier>(new PixelClassifier(), new Sgd(0), new MeanSquaredError());
        using var other = new Trainer<PixelClassifier>(new PixelClassifier(), new Sgd(0.1f));
        var wide = Array.ConvertAll(labels, label => (int)label);

        // All probabilities are 1/3, but for the share that depends on the seed.
        Assert.Equal(((4.0 / 9) + (2.0 / 9)) / 3, trainer.Step(inputs, wide), 0.05);
        Assert.Equal(Math.Log(3), other.Step(inputs, wide), 0.1);

        var exception = Assert.Throws<ArgumentException>("labels", () => other.Step(inputs, new int[3]));
        Assert.StartsWith("3 inputs of 16 pixels have 48 labels; the span has 3.", exception.Message, StringComparison.Ordinal);
        wide[37] = 3;
        exception = Assert.Throws<ArgumentException>("labels", () => other.Step(inputs, wide));
        Assert.StartsWith(
            "The label of pixel 5 of sample 2 is 3; PixelClassifier has 3 outputs, so labels are 0 to 2.",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Ignored_pixels_teach_nothing_and_the_mean_is_over_the_others()
    {
        // One image whose other half is ignored, against the same labels twice: the gradient is the mean over the labels that count.
        var (inputs, labels) = PixelClassifier.Draw(1, 4);
        inputs.AsSpan(0, 16).CopyTo(inputs.AsSpan(16));
        labels.AsSpan(0, 8).CopyTo(labels.AsSpan(8));
        var whole = Array.ConvertAll(labels, label => (int)label);
        var half = whole.ToArray();
        half.AsSpan(8).Fill(255);

        foreach (var norm in new float?[] { null, 0.01f, 100 })
        {
            var (first, second) = (PixelClassifier.CreateDrawn(1), PixelClassifier.CreateDrawn(1));
            using var trainer = new Trainer<PixelClassifier>(first, new Sgd(1)) { MaxGradientNorm = norm };
            using var ignoring = new Trainer<PixelClassifier>(second, new Sgd(1), new CrossEntropy(ignoreLabel: 255));
            ignoring.MaxGradientNorm = norm;
            Assert.Equal(trainer.Step(inputs, whole), ignoring.Step(inputs, half), 1e-6);
            Support.Agreement.Check(first.Weights, second.Weights, 1e-6, "weights");
            Assert.Equal(trainer.GradientNorm, ignoring.GradientNorm, 1e-6);
        }

        var data = Dataset.FromMaps(inputs, Array.ConvertAll(half, label => (byte)label), 32, 16, 3, ignoreLabel: 255);
        using var judge = new Trainer<PixelClassifier>(PixelClassifier.CreateDrawn(1), new Sgd(1), new CrossEntropy(ignoreLabel: 255));
        Assert.Equal(8, judge.Evaluate(data).Confusion!.Total);
        using var strict = new Trainer<PixelClassifier>(new PixelClassifier(), new Sgd(1));
        var exception = Assert.Throws<ArgumentException>("data", () => strict.Evaluate(data));
        Assert.StartsWith("The label of pixel 8 of sample 0 is 255;", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_maps_of_another_size_are_refused()
    {
        using var trainer = new Trainer<PixelClassifier>(new PixelClassifier(), new Sgd(1));
        var data = Dataset.FromArrays(new float[64], new int[2], 32, 3);
        var exception = Assert.Throws<ArgumentException>("train", () => trainer.Fit(data, 1, 1));
        Assert.StartsWith(
            "PixelClassifier gives 16 pixels of 3 classes; the samples of the data set have 1 labels.",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_cross_entropy_refuses_a_final_softmax_and_targets_that_are_no_probabilities()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new Trainer<PixelClassifier>(new PixelClassifier(), new Sgd(1), new BinaryCrossEntropy()));
        Assert.StartsWith(
            "Binary cross-entropy takes logits, but PixelClassifier ends in a softmax", exception.Message, StringComparison.Ordinal);

        using var trainer = new Trainer<LinearNetwork>(new LinearNetwork(), new Sgd(0.5f), new BinaryCrossEntropy());
        exception = Assert.Throws<ArgumentException>("targets", () => trainer.Step([1f, 2], [0.5f, 1.5f]));
        Assert.StartsWith("Element 1 of the targets is 1.5;", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("data", () => trainer.Evaluate(Dataset.FromTargets([1], [-0.5f], 1, 1)));

        // A yes above zero and a no below can be learned to any degree.
        Assert.Equal(Math.Log(2), trainer.Step([1f, -1], [1f, 0]), 1e-6);
        for (var step = 0; step < 100; step++)
            trainer.Step([1f, -1], [1f, 0]);
        var evaluation = trainer.Evaluate(Dataset.FromTargets([1, -2], [1, 0], 1, 1));
        Assert.Equal(1, evaluation.Accuracy);
        Assert.InRange(evaluation.Loss, 0, 0.05);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Steps_with_label_maps_clipping_and_frozen_layers_allocate_nothing(int threads)
    {
        var (inputs, labels) = PixelClassifier.Draw(8, 3);
        var wide = Array.ConvertAll(labels, label => (int)label);
        wide[5] = 255;
        foreach (var loss in new Loss[] { new CrossEntropy(0.1f, 255), new CrossEntropy(ignoreLabel: 255) })
        {
            using var trainer = new Trainer<PixelClassifier>(new PixelClassifier(), new RmsProp(0.001f, momentum: 0.5f), loss, threads);
            trainer.MaxGradientNorm = 0.5f;
            trainer.Freeze("conv1.bias");
            Allocation.AssertNone(() => trainer.Step(inputs, wide), calls: 30);
        }
    }
}
