using System;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class FreezingTests
{
    public static TheoryData<string> Optimizers => ["sgd", "rmsprop", "adam", "adamw"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Frozen_weights_keep_their_bits_whatever_momentum_and_decay_do(string name)
    {
        var (inputs, labels) = Draw();
        var network = PixelClassifier.CreateDrawn(3);
        using var trainer = new Trainer<PixelClassifier>(network, Create(name), threads: 2);
        for (var step = 0; step < 3; step++)
            trainer.Step(inputs, labels);

        trainer.Freeze("conv1.bias");
        Assert.Equal(["conv1.bias"], trainer.FrozenParameters);
        var before = network.Weights.ToArray();
        for (var step = 0; step < 3; step++)
            trainer.Step(inputs, labels);
        var bias = PixelClassifier.BiasOffset..PixelClassifier.MeanOffset;
        Assert.Equal(before[bias], network.Weights[bias]);
        Assert.NotEqual(before[..3], network.Weights[..3].ToArray());
        Assert.NotEqual(before[PixelClassifier.MeanOffset], network.Weights[PixelClassifier.MeanOffset]);

        trainer.Freeze("conv1");
        Assert.Equal(["conv1.weight", "conv1.bias"], trainer.FrozenParameters);
        before = network.Weights.ToArray();
        trainer.Step(inputs, labels);
        Assert.Equal(before[..PixelClassifier.TrainableLength], network.Weights[..PixelClassifier.TrainableLength]);

        trainer.Unfreeze("conv1.");
        Assert.Empty(trainer.FrozenParameters);
        trainer.Step(inputs, labels);
        Assert.NotEqual(before[..3], network.Weights[..3].ToArray());
        Assert.NotEqual(before[PixelClassifier.BiasOffset], network.Weights[PixelClassifier.BiasOffset]);
    }

    [Fact]
    public void What_is_trained_moves_as_if_nothing_were_frozen_and_frozen_gradients_do_not_count_in_the_norm()
    {
        var (inputs, labels) = Draw();
        var (free, partly) = (PixelClassifier.CreateDrawn(3), PixelClassifier.CreateDrawn(3));
        using var first = new Trainer<PixelClassifier>(free, new Adam());
        using var second = new Trainer<PixelClassifier>(partly, new Adam());
        second.Freeze("conv1.bias");
        first.Step(inputs, labels);
        second.Step(inputs, labels);
        Assert.Equal(free.Weights[..PixelClassifier.BiasOffset], partly.Weights[..PixelClassifier.BiasOffset]);

        double Norm(params string[] frozen)
        {
            using var trainer = new Trainer<PixelClassifier>(PixelClassifier.CreateDrawn(3), new Sgd(0)) { MaxGradientNorm = 1e6f };
            trainer.Freeze(frozen);
            trainer.Step(inputs, labels);
            return trainer.GradientNorm;
        }

        Assert.Equal(Norm(), Math.Sqrt(Math.Pow(Norm("conv1.weight"), 2) + Math.Pow(Norm("conv1.bias"), 2)), 1e-9);
        Assert.Equal(0, Norm("conv1"));
    }

    [Fact]
    public void The_backward_pass_is_told_the_lowest_layer_that_is_trained()
    {
        var (inputs, labels) = Draw();
        using var trainer = new Trainer<PixelClassifier>(new PixelClassifier(), new Sgd(0.1f));
        int Lowest()
        {
            trainer.Step(inputs, labels);
            return PixelClassifier.LastLowest;
        }

        Assert.Equal(0, Lowest());
        trainer.Freeze("conv1.bias");
        Assert.Equal(1, Lowest());
        trainer.Freeze("conv1.weight");
        Assert.Equal(int.MaxValue, Lowest());
        trainer.Unfreeze("conv1.bias");
        Assert.Equal(2, Lowest());
        trainer.Unfreeze("conv1");
        Assert.Equal(0, Lowest());
    }

    [Theory]
    [InlineData("conv")]
    [InlineData("conv10")]
    [InlineData("conv1.w")]
    [InlineData("bn1")]
    public void A_name_that_is_no_whole_part_of_a_parameter_is_refused_and_changes_nothing(string name)
    {
        using var trainer = new Trainer<PixelClassifier>(new PixelClassifier(), new Sgd(0.1f));
        var exception = Assert.Throws<ArgumentException>("layers", () => trainer.Freeze("conv1", name));
        Assert.StartsWith(
            $"PixelClassifier has no parameters of the name {name}; the first is conv1.weight.",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Empty(trainer.FrozenParameters);
    }

    private static (float[] Inputs, int[] Labels) Draw()
    {
        var (inputs, labels) = PixelClassifier.Draw(5, 4);
        return (inputs, Array.ConvertAll(labels, label => (int)label));
    }

    private static Optimizer Create(string name) => name switch
    {
        "sgd" => new Sgd(0.1f, 0.9f, nesterov: true, weightDecay: 0.1f),
        "rmsprop" => new RmsProp(0.01f, momentum: 0.9f, weightDecay: 0.1f),
        "adam" => new Adam(0.01f, weightDecay: 0.1f),
        _ => new AdamW(0.01f, weightDecay: 0.1f),
    };
}
