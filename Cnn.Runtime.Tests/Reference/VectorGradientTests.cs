using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>Dense layers, activations and losses against finite differences.</summary>
public sealed class VectorGradientTests
{
    /// <summary>Numbers at least 0.01 from zero, where the piecewise linear activations have their kink.</summary>
    private static readonly Gen<double> GenAwayFromZero =
        from magnitude in Gen.Double[0.01, 3]
        from negative in Gen.Bool
        select negative ? -magnitude : magnitude;

    private static readonly Gen<double> GenAny = Gen.Double[-3, 3];

    [Fact]
    public void The_gradients_of_a_dense_layer_are_its_finite_differences()
    {
        var cases =
            from inputs in Gen.Int[1, 6]
            from units in Gen.Int[1, 6]
            from x in GenAny.Array[inputs]
            from w in GenAny.Array[units * inputs]
            from b in GenAny.Array[units]
            from g in GenAny.Array[units]
            select (x, w, b, g);

        cases.ForAll(c =>
        {
            var (x, w, b, g) = c;
            var dw = new double[w.Length];
            var db = new double[b.Length];
            var dx = Dense.Backward(x, w, g, dw, db);

            double Loss() => FiniteDifference.Dot(Dense.Forward(x, w, b, b.Length), g);
            FiniteDifference.Check(dx, x, Loss, "dL/dx");
            FiniteDifference.Check(dw, w, Loss, "dL/dw");
            FiniteDifference.Check(db, b, Loss, "dL/db");
        });
    }

    [Fact]
    public void The_gradient_of_relu_is_its_finite_difference() =>
        CheckActivation(GenAwayFromZero, Relu.Forward, Relu.Backward);

    [Fact]
    public void The_gradient_of_leaky_relu_is_its_finite_difference() =>
        CheckActivation(GenAwayFromZero, x => LeakyRelu.Forward(x, 0.2), (x, g) => LeakyRelu.Backward(x, g, 0.2));

    [Fact]
    public void The_gradient_of_the_sigmoid_is_its_finite_difference() =>
        CheckActivation(GenAny, Sigmoid.Forward, Sigmoid.Backward);

    [Fact]
    public void The_gradient_of_the_hyperbolic_tangent_is_its_finite_difference() =>
        CheckActivation(GenAny, Tanh.Forward, Tanh.Backward);

    [Fact]
    public void The_gradient_of_softmax_is_its_finite_difference() =>
        CheckActivation(GenAny, Softmax.Forward, Softmax.Backward);

    [Fact]
    public void The_gradient_of_dropout_is_its_finite_difference()
    {
        var cases =
            from length in Gen.Int[1, 9]
            from keep in Gen.Bool.Array[length]
            from rate in Gen.Double[0, 0.9]
            from x in GenAny.Array[length]
            from g in GenAny.Array[length]
            select (keep, rate, x, g);

        cases.ForAll(c => FiniteDifference.Check(
            Dropout.Backward(c.g, c.keep, c.rate),
            c.x,
            () => FiniteDifference.Dot(Dropout.Forward(c.x, c.keep, c.rate), c.g),
            "dL/dx"));
    }

    [Fact]
    public void The_gradient_of_the_cross_entropy_is_its_finite_difference_for_labels_and_for_distributions()
    {
        var cases =
            from length in Gen.Int[1, 9]
            from label in Gen.Int[0, length - 1]
            from target in Gen.Double[0, 1].Array[length]
            from x in GenAny.Array[length]
            select (label, target, x);

        cases.ForAll(c =>
        {
            FiniteDifference.Check(CrossEntropy.Backward(c.x, c.label), c.x, () => CrossEntropy.Forward(c.x, c.label), "label");
            FiniteDifference.Check(CrossEntropy.Backward(c.x, c.target), c.x, () => CrossEntropy.Forward(c.x, c.target), "distribution");
        });
    }

    [Fact]
    public void The_gradient_of_the_mean_squared_error_is_its_finite_difference()
    {
        var cases =
            from length in Gen.Int[1, 9]
            from target in GenAny.Array[length]
            from x in GenAny.Array[length]
            select (target, x);

        cases.ForAll(c => FiniteDifference.Check(
            MeanSquaredError.Backward(c.x, c.target), c.x, () => MeanSquaredError.Forward(c.x, c.target), "dL/dx"));
    }

    [Fact]
    public void The_gradients_of_the_smoothed_cross_entropies_are_their_finite_differences()
    {
        var cases =
            from shape in Gen.Int[1, 4].Array[3]
            let length = shape[0] * shape[1] * shape[2]
            from labels in Gen.Int[0, shape[0] - 1].Array[shape[1] * shape[2]]
            from target in Gen.Double[0, 1].Array[length]
            from smoothing in Gen.Double[0, 1]
            from x in GenAny.Array[length]
            select (shape, labels, target, smoothing, x);

        cases.ForAll(c =>
        {
            var logits = new Volume(c.shape[0], c.shape[1], c.shape[2], c.x);
            foreach (var target in new[] { PixelCrossEntropy.OneHot(logits.Shape, c.labels), logits.With(c.target) })
            {
                FiniteDifference.Check(
                    PixelCrossEntropy.Backward(logits, target, c.smoothing).Values,
                    c.x,
                    () => PixelCrossEntropy.Forward(logits, target, c.smoothing),
                    "per pixel");
            }

            FiniteDifference.Check(
                CrossEntropy.Backward(c.x, c.target, c.smoothing),
                c.x,
                () => CrossEntropy.Forward(c.x, c.target, c.smoothing),
                "per sample");
        });
    }

    [Fact]
    public void The_gradients_of_the_binary_cross_entropy_and_of_the_Huber_loss_are_their_finite_differences()
    {
        // The derivative of the Huber loss bends at a distance of delta; the difference must not reach across.
        var cases =
            from length in Gen.Int[1, 9]
            from target in Gen.Double[0, 1].Array[length]
            from delta in Gen.Double[0.1, 2]
            from x in GenAny.Array[length]
            where x.Zip(target).All(pair => Math.Abs(Math.Abs(pair.First - pair.Second) - delta) > 1e-4)
            select (target, delta, x);

        cases.ForAll(c =>
        {
            FiniteDifference.Check(
                BinaryCrossEntropy.Backward(c.x, c.target), c.x, () => BinaryCrossEntropy.Forward(c.x, c.target), "binary");
            FiniteDifference.Check(
                Huber.Backward(c.x, c.target, c.delta), c.x, () => Huber.Forward(c.x, c.target, c.delta), "Huber");
        });
    }

    [Fact]
    public void The_cross_entropy_of_a_label_is_minus_the_logarithm_of_its_softmax()
    {
        double[] logits = [0.5, -1, 2];

        Assert.Equal(-Math.Log(Softmax.Forward(logits)[2]), CrossEntropy.Forward(logits, 2), 12);
    }

    [Fact]
    public void Softmax_and_cross_entropy_survive_logits_that_would_overflow()
    {
        double[] logits = [1000, 999, -1000];

        Assert.Equal(1, Softmax.Forward(logits).Sum(), 12);
        Assert.Equal(2000 + Math.Log(1 + Math.Exp(-1)), CrossEntropy.Forward(logits, 2), 9);
    }

    [Fact]
    public void Reading_a_volume_in_either_order_and_back_changes_nothing()
    {
        var cases =
            from channels in Gen.Int[1, 4]
            from height in Gen.Int[1, 4]
            from width in Gen.Int[1, 4]
            from hwc in Gen.Bool
            from x in GenAny.Array[channels * height * width]
            select (channels, height, width, hwc, x);

        cases.ForAll(c =>
        {
            var volume = new Volume(c.channels, c.height, c.width, c.x);
            var vector = Flatten.Forward(volume, c.hwc);

            Assert.Equal(c.x, Flatten.Unflatten(vector, c.channels, c.height, c.width, c.hwc).Values);
            for (var y = 0; y < c.height; y++)
            {
                for (var x = 0; x < c.width; x++)
                {
                    for (var k = 0; k < c.channels; k++)
                    {
                        var place = c.hwc ? (((y * c.width) + x) * c.channels) + k : (((k * c.height) + y) * c.width) + x;
                        Assert.Equal(volume[k, y, x], vector[place]);
                    }
                }
            }
        });
    }

    [Fact]
    public void Wrong_lengths_are_refused_with_the_expected_one()
    {
        Assert.Contains("must hold 6", Assert.Throws<ArgumentException>(() => new Volume(1, 2, 3, new double[5])).Message);
        Assert.Contains("must hold 6", Assert.Throws<ArgumentException>(() => Dense.Forward([1, 2, 3], [1], null, 2)).Message);
        Assert.Contains("must hold 2", Assert.Throws<ArgumentException>(() => Tanh.Backward([1, 2], [1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropy.Forward([1, 2], 2));
        Assert.Throws<ArgumentException>(() => new Window(4, 4).OutputHeight(3));
    }

    private static void CheckActivation(Gen<double> elements, Func<double[], double[]> forward, Func<double[], double[], double[]> backward)
    {
        var cases =
            from length in Gen.Int[1, 9]
            from x in elements.Array[length]
            from g in GenAny.Array[length]
            select (x, g);

        cases.ForAll(c => FiniteDifference.Check(
            backward(c.x, c.g), c.x, () => FiniteDifference.Dot(forward(c.x), c.g), "dL/dx"));
    }
}
