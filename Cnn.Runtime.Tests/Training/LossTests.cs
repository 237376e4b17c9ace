using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class LossTests
{
    // The error of float arithmetic, relative to the largest element.
    private const double Tolerance = 1e-6;

    private static readonly Gen<(float[] Logits, float[] Target, int Label)> Samples =
        from length in Gen.Int[1, 37]
        from logits in Gen.Float[-20, 20].Array[length]
        from target in Gen.Float[0, 1].Array[length]
        from label in Gen.Int[0, length - 1]
        select (logits, target, label);

    [Fact]
    public void Cross_entropy_agrees_with_its_definition() =>
        Samples.ForAll(sample =>
        {
            var (logits, target) = (Doubles(sample.Logits), Doubles(sample.Target));
            var gradient = new float[logits.Length];
            var loss = new CrossEntropy().Gradient(sample.Logits, sample.Label, softmax: true, 1, gradient);
            Near(Reference.CrossEntropy.Forward(logits, sample.Label), loss);
            NearAll(Reference.CrossEntropy.Backward(logits, sample.Label), gradient, 1);

            loss = new CrossEntropy().Gradient(sample.Logits, sample.Target, softmax: true, 1, gradient);
            Near(Reference.CrossEntropy.Forward(logits, target), loss);
            NearAll(Reference.CrossEntropy.Backward(logits, target), gradient, Math.Max(1, target.Sum()));
        });

    [Fact]
    public void Smoothed_cross_entropy_Huber_and_binary_cross_entropy_agree_with_their_definitions() =>
        Samples.ForAll(sample =>
        {
            var (logits, target) = (Doubles(sample.Logits), Doubles(sample.Target));
            var oneHot = OneHot(logits.Length, sample.Label);
            var gradient = new float[logits.Length];
            const double Smoothing = 0.2f;
            var (smoothed, huber, binary) = (Create("Smoothed"), Create(nameof(Huber)), Create(nameof(BinaryCrossEntropy)));

            var loss = smoothed.Gradient(sample.Logits, sample.Label, true, 1, gradient);
            Near(Reference.CrossEntropy.Forward(logits, sample.Label, Smoothing), loss);
            NearAll(Reference.CrossEntropy.Backward(logits, sample.Label, Smoothing), gradient, 1);
            loss = smoothed.Gradient(sample.Logits, sample.Target, true, 1, gradient);
            Near(Reference.CrossEntropy.Forward(logits, target, Smoothing), loss);
            NearAll(Reference.CrossEntropy.Backward(logits, target, Smoothing), gradient, Math.Max(1, target.Sum()));

            Near(Reference.Huber.Forward(logits, target, 0.6875), huber.Gradient(sample.Logits, sample.Target, false, 1, gradient));
            NearAll(Reference.Huber.Backward(logits, target, 0.6875), gradient, 1);
            Near(Reference.Huber.Forward(logits, oneHot, 0.6875), huber.Gradient(sample.Logits, sample.Label, false, 1, gradient));
            NearAll(Reference.Huber.Backward(logits, oneHot, 0.6875), gradient, 1);

            Near(Reference.BinaryCrossEntropy.Forward(logits, target), binary.Gradient(sample.Logits, sample.Target, false, 1, gradient));
            NearAll(Reference.BinaryCrossEntropy.Backward(logits, target), gradient, 1);
            Near(Reference.BinaryCrossEntropy.Forward(logits, oneHot), binary.Gradient(sample.Logits, sample.Label, false, 1, gradient));
            NearAll(Reference.BinaryCrossEntropy.Backward(logits, oneHot), gradient, 1);
        });

    [Fact]
    public void Mean_squared_error_agrees_with_its_definition() =>
        Samples.ForAll(sample =>
        {
            double[] Error(double[] x, double[] t) => x.Select((value, i) => 2 * (value - t[i]) / x.Length).ToArray();
            var (logits, target) = (Doubles(sample.Logits), Doubles(sample.Target));
            var oneHot = OneHot(logits.Length, sample.Label);
            var gradient = new float[logits.Length];

            var loss = new MeanSquaredError().Gradient(sample.Logits, sample.Target, softmax: false, 1, gradient);
            Near(logits.Select((x, i) => (x - target[i]) * (x - target[i])).Average(), loss);
            Agreement.Check(Error(logits, target), gradient, Tolerance, "gradient of a target");

            loss = new MeanSquaredError().Gradient(sample.Logits, sample.Label, softmax: false, 1, gradient);
            Near(logits.Select((x, i) => (x - oneHot[i]) * (x - oneHot[i])).Average(), loss);
            Agreement.Check(Error(logits, oneHot), gradient, Tolerance, "gradient of a label");
        });

    [Theory]
    [InlineData(nameof(CrossEntropy), true, true)]
    [InlineData(nameof(CrossEntropy), true, false)]
    [InlineData(nameof(CrossEntropy), false, true)]
    [InlineData(nameof(MeanSquaredError), true, true)]
    [InlineData(nameof(MeanSquaredError), true, false)]
    [InlineData(nameof(MeanSquaredError), false, true)]
    [InlineData(nameof(MeanSquaredError), false, false)]
    [InlineData("Smoothed", true, true)]
    [InlineData("Smoothed", true, false)]
    [InlineData(nameof(Huber), true, true)]
    [InlineData(nameof(Huber), true, false)]
    [InlineData(nameof(Huber), false, true)]
    [InlineData(nameof(Huber), false, false)]
    [InlineData(nameof(BinaryCrossEntropy), false, true)]
    [InlineData(nameof(BinaryCrossEntropy), false, false)]
    public void The_gradient_is_what_finite_differences_of_the_loss_give(string name, bool softmax, bool label)
    {
        const float Step = 1f / 64;
        const float Scale = 0.25f;
        var loss = Create(name);
        float[] logits = [0.5f, -1.25f, 2, 0.75f, -0.5f];
        float[] target = [0.125f, 0.5f, 0.25f, 0, 0.125f];
        var scratch = new float[5];
        double Value(float[] x) => label ? loss.Gradient(x, 3, softmax, Scale, scratch) : loss.Gradient(x, target, softmax, Scale, scratch);

        var expected = new double[5];
        for (var i = 0; i < 5; i++)
        {
            var (up, down) = (logits.ToArray(), logits.ToArray());
            up[i] += Step;
            down[i] -= Step;
            expected[i] = (Value(up) - Value(down)) / (2 * Step) * Scale;
        }

        Value(logits);

        // The error of central differences is about the third derivative times step^2 / 6.
        Agreement.Check(expected, scratch, 2e-4, name);
    }

    [Theory]
    [InlineData(1e4f, -1e4f, 0, 0.0)]
    [InlineData(1e4f, -1e4f, 1, 2e4)]
    [InlineData(-1e4f, -1e4f, 1, 0.6931471805599453)]
    [InlineData(1e4f, 1e4f, 0, 0.6931471805599453)]
    [InlineData(-1e4f, -1.0001e4f, 1, 1.3132616875182228)]
    [InlineData(0f, 0f, 1, 0.6931471805599453)]
    public void Cross_entropy_is_exact_for_extreme_and_for_equal_logits(float first, float second, int label, double expected)
    {
        var gradient = new float[2];
        var loss = new CrossEntropy().Gradient([first, second], label, softmax: true, 1, gradient);
        Assert.Equal(expected, loss, 1e-6 * Math.Max(1, expected));
        var p = 1 / (1 + Math.Exp(second - (double)first));
        Assert.Equal(p - (label == 0 ? 1 : 0), gradient[0], 1e-6);
        Assert.Equal((1 - p) - (label == 1 ? 1 : 0), gradient[1], 1e-6);
    }

    [Fact]
    public void A_target_of_zero_on_an_impossible_class_costs_nothing()
    {
        var gradient = new float[2];
        Assert.Equal(0, new CrossEntropy().Gradient([1e4f, -1e4f], [1f, 0], softmax: true, 1, gradient));
        Assert.Equal([0f, 0], gradient);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_logit_that_is_no_number_makes_the_loss_none(float bad)
    {
        var gradient = new float[3];
        Assert.False(double.IsFinite(new CrossEntropy().Gradient([0, bad, 1f], 0, softmax: true, 1, gradient)));
        Assert.False(double.IsFinite(new CrossEntropy().Gradient([0, bad, 1f], [1f, 0, 0], softmax: true, 1, gradient)));
        Assert.False(double.IsFinite(new MeanSquaredError().Gradient([0, bad, 1f], 0, softmax: true, 1, gradient)));
        Assert.False(double.IsFinite(new MeanSquaredError().Gradient([0, bad, 1f], 0, softmax: false, 1, gradient)));
    }

    [Theory]
    [InlineData(nameof(CrossEntropy))]
    [InlineData("Smoothed")]
    [InlineData(nameof(MeanSquaredError))]
    [InlineData(nameof(Huber))]
    public void A_sweep_adds_up_its_rows_and_counts_the_right_ones(string name)
    {
        var loss = Create(name);
        float[] logits = [1, 2, 3, 5, 4, 3, 0, 0, 0];
        int[] labels = [2, 2, 0];
        float[] targets = [0, 0, 1, 0, 0, 1, 1, 0, 0];
        var (expected, actual) = (new float[9], new float[9]);
        var sum = 0.0;
        for (var row = 0; row < 3; row++)
        {
            var gradient = new float[3];
            sum += loss.Gradient(logits[(row * 3)..((row * 3) + 3)], labels[row], softmax: true, 0.5f, gradient);
            gradient.CopyTo(expected, row * 3);
        }

        var form = new OutputForm(1, 3, false, true);
        Assert.Equal(new LossSum(sum, 3, 2, 3), loss.Sweep(logits, labels, form, 0.5f, actual));
        Assert.Equal(expected, actual);

        var byTarget = loss.Sweep(logits, targets, form, 0.5f, actual);
        Assert.Equal(2, byTarget.Correct);
        Near(sum, byTarget.Loss);
        Agreement.Check(expected, actual, Tolerance, "one-hot targets");
    }

    [Theory]
    [InlineData(nameof(CrossEntropy))]
    [InlineData("Smoothed")]
    [InlineData(nameof(MeanSquaredError))]
    [InlineData(nameof(Huber))]
    public void What_is_measured_on_outputs_is_the_loss_of_their_logits(string name)
    {
        var loss = Create(name);
        float[] logits = [0.5f, -1.25f, 2, 0.75f];
        float[] target = [0.125f, 0.5f, 0.25f, 0.125f];
        var scratch = new float[4];
        var outputs = Reference.Softmax.Forward(Doubles(logits)).Select(p => (float)p).ToArray();
        foreach (var softmax in new[] { true, false })
        {
            var output = softmax ? outputs : logits;
            Near(loss.Gradient(logits, 1, softmax, 1, scratch), loss.Measure(output, 1, softmax));
            Near(loss.Gradient(logits, target, softmax, 1, scratch), loss.Measure(output, target, softmax));
        }
    }

    [Fact]
    public void A_probability_of_zero_is_measured_as_the_smallest_normal_float_and_NaN_stays_NaN()
    {
        Assert.Equal(87.3365447, new CrossEntropy().Measure([1f, 0], 1, softmax: true), 1e-6);
        Assert.Equal(double.NaN, new CrossEntropy().Measure([float.NaN, 0], 0, softmax: true));
    }

    private static Loss Create(string name) => name switch
    {
        nameof(CrossEntropy) => new CrossEntropy(),
        "Smoothed" => new CrossEntropy(0.2f),
        nameof(MeanSquaredError) => new MeanSquaredError(),
        nameof(Huber) => new Huber(0.6875f),
        nameof(BinaryCrossEntropy) => new BinaryCrossEntropy(),
        _ => throw new ArgumentException($"There is no loss {name}.", nameof(name)),
    };

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        foreach (var value in new[] { -0.1f, 1.1f, float.NaN })
            Assert.Throws<ArgumentOutOfRangeException>("labelSmoothing", () => new CrossEntropy(value));
        foreach (var value in new[] { 0f, -1, float.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>("delta", () => new Huber(value));
    }

    [Fact]
    public void Binary_cross_entropy_is_exact_for_extreme_logits_and_counts_the_elements_on_the_right_side()
    {
        var gradient = new float[4];
        float[] logits = [1e4f, -1e4f, 1e4f, 0];
        float[] target = [1, 0, 0, 0.25f];
        var sum = new BinaryCrossEntropy().Gradient(logits, target.AsSpan(), new OutputForm(1, 4), 1, gradient);
        Assert.Equal((1e4 + Math.Log(2)) / 4, sum.Loss, 1e-6);
        Assert.Equal([0, 0, 0.25f, 0.0625f], gradient);
        Assert.Equal((3, 4), (sum.Correct, sum.Judged));
        Assert.Equal(sum, new BinaryCrossEntropy().Measure(logits, target.AsSpan(), new OutputForm(1, 4)));
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    // The gradient is a difference of floats of this size, however small it is itself.
    private static void NearAll(double[] expected, float[] actual, double size)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], Tolerance * size);
    }

    /// <summary>The target of a label; of a single output it is the label.</summary>
    private static double[] OneHot(int length, int label) =>
        length == 1 ? [label] : [.. Enumerable.Range(0, length).Select(i => i == label ? 1.0 : 0)];

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 2e-6 * Math.Max(1, Math.Abs(expected)));
}
