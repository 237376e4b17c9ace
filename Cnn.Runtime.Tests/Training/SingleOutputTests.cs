using System;
using System.Linq;
using Xunit;

namespace Cnn.Tests.Training;

/// <summary>A network of one output is a yes or no, or a number; no loss pretends to learn what it cannot.</summary>
public sealed class SingleOutputTests
{
    private static readonly float[] Inputs = [-2, 1.5f, -0.5f, 3, 1, -1];
    private static readonly int[] Labels = [0, 1, 0, 1, 1, 0];

    [Fact]
    public void Cross_entropy_refuses_one_output_and_names_the_ways_out()
    {
        var fault = Assert.Throws<ArgumentException>(() => new Trainer<LinearNetwork>(new LinearNetwork(), new Sgd(0.1f)));
        Assert.Contains("BinaryCrossEntropy with the labels 0 and 1, MeanSquaredError for a number", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_cross_entropy_learns_from_the_labels_0_and_1_as_from_target_vectors()
    {
        var (byLabel, byTarget) = (new LinearNetwork(), new LinearNetwork());
        using var first = new Trainer<LinearNetwork>(byLabel, new Sgd(0.5f), new BinaryCrossEntropy());
        using var second = new Trainer<LinearNetwork>(byTarget, new Sgd(0.5f), new BinaryCrossEntropy());
        var labelled = Dataset.FromArrays(Inputs, Labels, 1, 2);
        first.Fit(labelled, 5, 2);
        second.Fit(Dataset.FromTargets(Inputs, [.. Labels.Select(label => (float)label)], 1, 1), 5, 2);
        Assert.True(byLabel.Weights[0] > 0.5f, $"The weight is {byLabel.Weights[0]}.");
        Assert.Equal(byTarget.Weights[0], byLabel.Weights[0]);

        var evaluation = first.Evaluate(labelled);
        Assert.Equal(1, evaluation.Accuracy);
        Assert.Equal((3, 0, 3), (evaluation.Confusion![0, 0], evaluation.Confusion[0, 1], evaluation.Confusion[1, 1]));
        Assert.True(first.Step(Inputs, Labels) > 0);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-1f)]
    [InlineData(0f)]
    public void Accuracy_agrees_with_what_is_predicted(float weight)
    {
        var network = new LinearNetwork();
        network.Weights[0] = weight;
        using var trainer = new Trainer<LinearNetwork>(network, new Sgd(0.5f), new BinaryCrossEntropy());
        var right = Enumerable.Range(0, Inputs.Length).Count(i => NetworkRunner.Predict<LinearNetwork>(network.Weights, [Inputs[i]]) == Labels[i]);
        Assert.Equal(right / 6.0, trainer.Evaluate(Dataset.FromArrays(Inputs, Labels, 1, 2)).Accuracy);
        Assert.Equal(right / 6.0, trainer.Evaluate(Dataset.FromTargets(Inputs, [.. Labels.Select(label => (float)label)], 1, 1)).Accuracy);
        Assert.Equal(weight == 1 ? 6 : weight == 0 ? 3 : 0, right);
    }

    [Fact]
    public void A_number_has_no_accuracy_and_no_labels()
    {
        using var trainer = new Trainer<LinearNetwork>(new LinearNetwork(), new Sgd(0.1f), new MeanSquaredError());
        Assert.True(double.IsNaN(trainer.Evaluate(Dataset.FromTargets(Inputs, Inputs, 1, 1)).Accuracy));
        foreach (var call in new Action[] { () => trainer.Evaluate(Dataset.FromArrays(Inputs, Labels, 1, 2)), () => trainer.Step(Inputs, Labels) })
        {
            var fault = Assert.Throws<ArgumentException>(call);
            Assert.StartsWith("LinearNetwork has one output, and MeanSquaredError compares it with a number", fault.Message, StringComparison.Ordinal);
            Assert.Contains("BinaryCrossEntropy", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void One_output_tells_two_classes_apart_and_no_other_number(int classes)
    {
        using var trainer = new Trainer<LinearNetwork>(new LinearNetwork(), new Sgd(0.1f), new BinaryCrossEntropy());
        var fault = Assert.Throws<ArgumentException>(() => trainer.Evaluate(Dataset.FromArrays([1], [0], 1, classes)));
        Assert.StartsWith($"LinearNetwork has one output, which tells the 2 classes 0 and 1 apart; the data set has {classes}.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("labels are 0 to 1", Assert.Throws<ArgumentException>(() => trainer.Step([1], [2])).Message, StringComparison.Ordinal);
    }
}
