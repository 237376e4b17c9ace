using System;
using System.Linq;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class EvaluateTests
{
    [Fact]
    public void Accuracy_loss_and_confusion_are_those_of_the_samples()
    {
        const int Count = 300;
        var (inputs, labels) = Clusters.Make(Count, 9);
        var network = SoftmaxRegression.CreatePatterned();
        var outputs = new float[Count * SoftmaxRegression.Classes];
        NetworkRunner.ForwardBatch<SoftmaxRegression>(network.Weights, inputs, outputs, 1);
        var loss = 0.0;
        var counts = new long[9];
        for (var sample = 0; sample < Count; sample++)
        {
            var row = outputs.AsSpan(sample * 3, 3);
            loss -= Math.Log(row[labels[sample]]) / Count;
            counts[(labels[sample] * 3) + row.IndexOf(row.ToArray().Max())]++;
        }

        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.1f));
        var evaluation = trainer.Evaluate(Dataset.FromArrays(inputs, labels, 5, 3));
        Assert.Equal(Count, evaluation.Samples);
        Assert.Equal(loss, evaluation.Loss, 1e-9);
        var confusion = evaluation.Confusion!;
        Assert.Equal(counts, Enumerable.Range(0, 9).Select(i => confusion[i / 3, i % 3]));
        Assert.Equal(Count, confusion.Total);
        Assert.Equal((counts[0] + counts[4] + counts[8]) / (double)Count, evaluation.Accuracy);
        Assert.Equal(confusion.Accuracy, evaluation.Accuracy);
        Assert.InRange(evaluation.Accuracy, 0.05, 0.95);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    public void Threads_do_not_change_the_figures(int count)
    {
        var data = Clusters.MakeDataset(count, 10);
        var network = SoftmaxRegression.CreatePatterned();
        var optimizer = new Sgd(0.1f);
        using var one = new Trainer<SoftmaxRegression>(network, optimizer);
        var expected = one.Evaluate(data);
        foreach (var threads in new[] { 2, 3, 64 })
        {
            using var several = new Trainer<SoftmaxRegression>(network, optimizer, threads: threads);
            var actual = several.Evaluate(data);
            Assert.Equal(expected with { Confusion = null }, actual with { Confusion = null });
            Assert.Equal(expected.Confusion!.ToString(), actual.Confusion!.ToString());
        }
    }

    [Fact]
    public void Evaluating_changes_no_weight()
    {
        var network = SoftmaxRegression.CreatePatterned();
        var before = network.Weights.ToArray();
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.1f), threads: 2);
        trainer.Evaluate(Clusters.MakeDataset(50, 10));
        Assert.Equal(before, network.Weights);
    }

    [Fact]
    public void Target_vectors_are_judged_by_their_largest_element()
    {
        var (inputs, labels) = Clusters.Make(200, 9);
        using var trainer = new Trainer<SoftmaxRegression>(SoftmaxRegression.CreatePatterned(), new Sgd(0.1f));
        var byLabel = trainer.Evaluate(Dataset.FromArrays(inputs, labels, 5, 3));
        var byTarget = trainer.Evaluate(Dataset.FromTargets(inputs, Clusters.OneHot(labels), 5, 3));
        Assert.Equal(byLabel.Accuracy, byTarget.Accuracy);
        Assert.Equal(byLabel.Loss, byTarget.Loss, 1e-12);
        Assert.Null(byTarget.Confusion);
    }
}
