using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class TrainerFitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_learns_and_reports_each_epoch(int threads)
    {
        var network = new SoftmaxRegression();
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.1f, 0.9f), threads: threads);
        var test = Clusters.MakeDataset(300, 7);
        var results = trainer.Fit(Clusters.MakeDataset(201, 6), epochs: 5, batchSize: 16, validation: test, Schedule.Cosine(0));

        Assert.Equal([1, 2, 3, 4, 5], results.Select(result => result.Epoch));
        Assert.True(results[4].Loss < results[0].Loss / 4, $"From {results[0].Loss} to {results[4].Loss}.");
        Assert.Equal(1, results[4].Accuracy);
        Assert.Equal(1, results[4].Validation!.Accuracy);
        Assert.All(results, result => Assert.True(result.Seconds > 0));
        Assert.Equal(trainer.Evaluate(test).Loss, results[4].Validation!.Loss);
    }

    [Fact]
    public void Progress_tells_every_step_the_short_last_batch_included()
    {
        var reports = new Reports();
        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.5f));
        var results = trainer.Fit(
            Clusters.MakeDataset(50, 6),
            epochs: 3,
            batchSize: 20,
            schedule: Schedule.Step(1, 0.5f),
            progress: reports);

        Assert.Equal(
            [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3)],
            reports.Select(report => (report.Epoch, report.Step)));
        Assert.All(reports, report => Assert.Equal((3, 3), (report.Epochs, report.StepsPerEpoch)));
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.125f, 0.125f, 0.125f], reports.Select(report => report.LearningRate));
        Assert.All(reports, report => Assert.True(report.SamplesPerSecond > 0));
        Assert.Equal(Math.Log(3), reports[0].Loss, 1e-6);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            Assert.Equal(results[epoch].Loss, reports[(epoch * 3) + 2].Loss);
            Assert.Equal(results[epoch].Accuracy, reports[(epoch * 3) + 2].Accuracy);
        }
    }

    [Fact]
    public void An_epoch_takes_every_sample_once_in_an_order_that_the_seed_gives()
    {
        int[] Order(int seed, int epochs)
        {
            var data = new Recorder(Clusters.MakeDataset(50, 6));
            using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.1f));
            trainer.Fit(data, epochs, batchSize: 16, seed: seed);
            return data.Read.ToArray();
        }

        var read = Order(1, 2);
        Assert.Equal(Enumerable.Range(0, 50), read[..50].Order());
        Assert.Equal(Enumerable.Range(0, 50), read[50..].Order());
        Assert.NotEqual(Enumerable.Range(0, 50), read[..50]);
        Assert.NotEqual(read[..50], read[50..]);
        Assert.Equal(read, Order(1, 2));
        Assert.NotEqual(read[..50], Order(2, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_gives_the_same_bits_of_weights(int threads)
    {
        float[] Train(int seed)
        {
            var network = SoftmaxRegression.CreatePatterned();
            using var trainer = new Trainer<SoftmaxRegression>(network, new Adam(0.01f), threads: threads);
            trainer.Fit(Clusters.MakeDataset(77, 6), epochs: 3, batchSize: 8, seed: seed);
            return network.Weights.ToArray();
        }

        Assert.Equal(Train(5), Train(5));
        Assert.NotEqual(Train(5), Train(6));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_all_of_them()
    {
        var reports = new Reports();
        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.1f));
        trainer.Fit(Clusters.MakeDataset(5, 6), epochs: 1, batchSize: int.MaxValue, progress: reports);
        Assert.Equal(1, Assert.Single(reports).StepsPerEpoch);
    }

    [Fact]
    public void Cancelling_stops_before_the_next_step_and_keeps_the_weights_of_the_last()
    {
        using var source = new CancellationTokenSource();
        var network = new SoftmaxRegression();
        var seen = Array.Empty<float>();
        var steps = 0;
        var progress = new Reports(_ =>
        {
            if (++steps == 3)
                source.Cancel();
            seen = network.Weights.ToArray();
        });
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.1f));
        Assert.Throws<OperationCanceledException>(
            () => trainer.Fit(Clusters.MakeDataset(100, 6), 5, 10, progress: progress, cancellationToken: source.Token));
        Assert.Equal(3, steps);
        Assert.Equal(seen, network.Weights);
        Assert.Contains(seen, weight => weight != 0);
    }

    [Fact]
    public void A_loss_that_is_not_finite_says_where_it_arose_and_what_to_do()
    {
        var inputs = new float[30 * SoftmaxRegression.Inputs];
        inputs[^1] = float.NaN;
        var network = new SoftmaxRegression();
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.5f), threads: 2);
        var data = Dataset.FromArrays(inputs, new int[30], SoftmaxRegression.Inputs, SoftmaxRegression.Classes);
        var exception = Assert.Throws<InvalidOperationException>(() => trainer.Fit(data, 2, 10));
        Assert.Matches(
            "^The loss is NaN at epoch 1 of 2, step [123] of 3, with a learning rate of 0.5. .*Lower the learning rate",
            exception.Message);
        Assert.DoesNotContain(float.NaN, network.Weights.ToArray());
    }

    [Fact]
    public void Data_that_do_not_fit_the_network_are_refused()
    {
        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.1f));
        var good = Clusters.MakeDataset(4, 1);
        (Dataset Data, string Message)[] cases =
        [
            (Dataset.FromArrays(new float[8], new int[2], 4, 3), "The inputs of SoftmaxRegression hold 5 floats; those of the data set 4."),
            (Dataset.FromArrays(new float[10], new int[2], 5, 4), "SoftmaxRegression has 3 outputs; the data set has 4 classes."),
            (
                Dataset.FromTargets(new float[10], new float[4], 5, 2),
                "SoftmaxRegression has 3 outputs; the targets of the data set hold 2 floats."),
            (new Mislabelled(), "The label of sample 1 is 3; SoftmaxRegression has 3 outputs, so labels are 0 to 2."),
        ];
        foreach (var (data, message) in cases)
        {
            Refused("train", message, () => trainer.Fit(data, 1, 1));
            Refused("validation", message, () => trainer.Fit(good, 1, 1, data));
            Refused("data", message, () => trainer.Evaluate(data));
        }

        Assert.Throws<ArgumentNullException>("train", () => trainer.Fit(null!, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("epochs", () => trainer.Fit(good, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => trainer.Fit(good, 1, 0));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    public void A_schedule_that_gives_no_usable_factor_is_refused(float factor)
    {
        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.1f));
        var exception = Assert.Throws<InvalidOperationException>(
            () => trainer.Fit(Clusters.MakeDataset(4, 1), 1, 2, schedule: new Fixed(factor)));
        Assert.StartsWith("Fixed gave the factor", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_can_be_fitted()
    {
        // The network is the softmax of a plane, and so are the targets: the loss can reach zero.
        var (inputs, _) = Clusters.Make(60, 8);
        var teacher = SoftmaxRegression.CreatePatterned();
        var targets = new float[60 * SoftmaxRegression.Classes];
        NetworkRunner.ForwardBatch<SoftmaxRegression>(teacher.Weights, inputs, targets, 1);
        var data = Dataset.FromTargets(inputs, targets, SoftmaxRegression.Inputs, SoftmaxRegression.Classes);

        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Adam(0.02f), new MeanSquaredError(), 2);
        var results = trainer.Fit(data, epochs: 60, batchSize: 12, validation: data);
        Assert.True(results[^1].Validation!.Loss < results[0].Validation!.Loss / 100);
        Assert.Null(results[^1].Validation!.Confusion);
    }

    private static void Refused(string parameter, string message, Action call) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(parameter, call).Message, StringComparison.Ordinal);

    private sealed class Reports(Action<TrainingProgress>? action = null) : List<TrainingProgress>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            Add(value);
            action?.Invoke(value);
        }
    }

    private sealed class Fixed(float factor) : Schedule
    {
        public override float Factor(long step, int stepsPerEpoch, long totalSteps) => factor;
    }

    private sealed class Mislabelled() : Dataset(2, SoftmaxRegression.Inputs, SoftmaxRegression.Classes, 0)
    {
        public override void CopyInput(int index, Span<float> destination) => destination.Clear();

        public override int Label(int index) => index * 3;
    }

    private sealed class Recorder(Dataset data) : Dataset(data.Count, data.InputLength, data.Classes, 0)
    {
        public List<int> Read { get; } = [];

        public override void CopyInput(int index, Span<float> destination)
        {
            Read.Add(index);
            data.CopyInput(index, destination);
        }

        public override int Label(int index) => data.Label(index);
    }
}
