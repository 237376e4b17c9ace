using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class TrainerStepTests
{
    [Fact]
    public void A_step_is_gradient_descent_on_the_mean_loss()
    {
        const float Rate = 0.5f;
        var (inputs, labels) = Clusters.Make(4, 1);
        var network = SoftmaxRegression.CreatePatterned();
        var expected = network.Weights.ToArray();
        var gradient = new double[expected.Length];
        var loss = 0.0;
        for (var sample = 0; sample < 4; sample++)
        {
            var logits = new double[SoftmaxRegression.Classes];
            for (var column = 0; column < logits.Length; column++)
            {
                logits[column] = expected[SoftmaxRegression.BiasOffset + column];
                for (var row = 0; row < SoftmaxRegression.Inputs; row++)
                    logits[column] += (double)expected[(row * SoftmaxRegression.Lanes) + column] * inputs[(sample * 5) + row];
            }

            loss += Reference.CrossEntropy.Forward(logits, labels[sample]) / 4;
            var dlogits = Reference.CrossEntropy.Backward(logits, labels[sample]);
            for (var column = 0; column < logits.Length; column++)
            {
                for (var row = 0; row < SoftmaxRegression.Inputs; row++)
                    gradient[(row * SoftmaxRegression.Lanes) + column] += dlogits[column] * inputs[(sample * 5) + row] / 4;
                gradient[SoftmaxRegression.BiasOffset + column] += dlogits[column] / 4;
            }
        }

        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(Rate));
        Assert.Equal(loss, trainer.Step(inputs, labels), 1e-6);
        Agreement.Check(expected.Select((w, i) => w - (Rate * gradient[i])).ToArray(), network.Weights, 1e-6, "weights");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Steps_learn_what_can_be_told_apart_and_leave_the_padding_alone(int threads)
    {
        var (inputs, labels) = Clusters.Make(60, 2);
        var network = new SoftmaxRegression();
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.5f, 0.9f, weightDecay: 1e-4f), threads: threads);
        var first = trainer.Step(inputs, labels);
        Assert.Equal(Math.Log(3), first, 1e-6);
        for (var step = 0; step < 50; step++)
            trainer.Step(inputs, labels);
        Assert.True(trainer.Step(inputs, labels) < 0.05f);
        for (var i = 0; i < network.Weights.Length; i++)
        {
            if (i % SoftmaxRegression.Lanes >= SoftmaxRegression.Classes)
                Assert.Equal(0, BitConverter.SingleToInt32Bits(network.Weights[i]));
        }
    }

    [Fact]
    public void The_same_threads_give_the_same_bits_and_other_threads_nearly_the_same_weights()
    {
        var one = Train(1);
        var two = Train(2);
        Assert.Equal(one, Train(1));
        Assert.Equal(two, Train(2));

        // The order of additions differs.
        Agreement.Check(one, two, 1e-5, "weights");
        Agreement.Check(one, Train(5), 1e-5, "weights");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_allocates_nothing_once_its_batch_size_has_been_seen(int threads)
    {
        var (inputs, labels) = Clusters.Make(32, 3);
        var targets = Clusters.OneHot(labels);
        foreach (var optimizer in new Optimizer[] { new Sgd(0.1f, 0.9f), new RmsProp(), new Adam(), new AdamW() })
        {
            using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), optimizer, threads: threads);
            Allocation.AssertNone(
                () =>
                {
                    trainer.Step(inputs, labels);
                    trainer.Step(inputs.AsSpan(0, 7 * SoftmaxRegression.Inputs), labels.AsSpan(0, 7));
                    trainer.Step(inputs, targets);
                },
                calls: 30);
        }
    }

    [Fact]
    public void Target_vectors_teach_what_their_labels_teach()
    {
        var (inputs, labels) = Clusters.Make(16, 4);
        foreach (var loss in new Loss[] { new CrossEntropy(), new MeanSquaredError() })
        {
            var (byLabel, byTarget) = (SoftmaxRegression.CreatePatterned(), SoftmaxRegression.CreatePatterned());
            using var first = new Trainer<SoftmaxRegression>(byLabel, new Sgd(0.1f), loss);
            using var second = new Trainer<SoftmaxRegression>(byTarget, new Sgd(0.1f), loss);
            for (var step = 0; step < 5; step++)
                Assert.Equal(first.Step(inputs, labels), second.Step(inputs, Clusters.OneHot(labels)), 1e-6);
            Agreement.Check(byLabel.Weights, byTarget.Weights, 1e-6, loss.GetType().Name);
        }
    }

    [Theory]
    [InlineData(0, 0, "inputs", "A batch holds one input or more of 5 floats each; the span has 0.")]
    [InlineData(9, 2, "inputs", "A batch holds one input or more of 5 floats each; the span has 9.")]
    [InlineData(10, 3, "labels", "2 inputs have 2 labels; the span has 3.")]
    public void Spans_of_the_wrong_length_are_refused(int inputs, int labels, string parameter, string message)
    {
        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.1f));
        var exception = Assert.Throws<ArgumentException>(parameter, () => trainer.Step(new float[inputs], new int[labels]));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_of_the_wrong_length_are_refused()
    {
        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.1f));
        var exception = Assert.Throws<ArgumentException>("targets", () => trainer.Step(new float[10], new float[5]));
        Assert.StartsWith("The targets of 2 inputs hold 6 floats; the span has 5.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_label_that_is_no_output_is_refused_and_the_weights_stay(int label)
    {
        var network = SoftmaxRegression.CreatePatterned();
        var before = network.Weights.ToArray();
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.1f));
        var exception = Assert.Throws<ArgumentException>("labels", () => trainer.Step(new float[10], [0, label]));
        Assert.StartsWith(
            $"The label of sample 1 is {label}; SoftmaxRegression has 3 outputs, so labels are 0 to 2.",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Equal(before, network.Weights);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_before_the_weights_change()
    {
        var network = SoftmaxRegression.CreatePatterned();
        var before = network.Weights.ToArray();
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.1f, 0.9f), threads: 2);
        float[] inputs = [0, 0, 0, 0, 0, 1, float.NaN, 0, 0, 0];
        var exception = Assert.Throws<InvalidOperationException>(() => trainer.Step(inputs, [0, 1]));
        Assert.StartsWith("The loss is NaN at step 1, with a learning rate of 0.1.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Lower the learning rate", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Weights);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void Threads_are_1_to_1024(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            "threads",
            () => new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.1f), threads: threads));

    [Fact]
    public void A_disposed_trainer_refuses_to_work()
    {
        var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0.1f));
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Step(new float[5], [0]));
        Assert.Throws<ObjectDisposedException>(() => trainer.Evaluate(Clusters.MakeDataset(3, 1)));
        Assert.Throws<ObjectDisposedException>(() => trainer.Fit(Clusters.MakeDataset(3, 1), 1, 1));
    }

    private static float[] Train(int threads)
    {
        var (inputs, labels) = Clusters.Make(37, 5);
        var network = SoftmaxRegression.CreatePatterned();
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.2f, 0.9f, nesterov: true), threads: threads);
        for (var step = 0; step < 20; step++)
            trainer.Step(inputs, labels);
        return network.Weights.ToArray();
    }
}
