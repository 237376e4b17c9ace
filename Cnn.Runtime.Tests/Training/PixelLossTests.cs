using System;
using System.Linq;
using Cnn.Reference;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class PixelLossTests
{
    private const double Tolerance = 2e-6;

    private static readonly Gen<(OutputForm Form, float[] Logits, float[] Target, int[] Labels)> Samples =
        from pixels in Gen.Int[2, 21]
        from classes in Gen.Int[1, 11]
        from planar in Gen.Bool
        from logits in Gen.Float[-10, 10].Array[pixels * classes]
        from target in Gen.Float[0, 1].Array[pixels * classes]
        from labels in Gen.Int[0, classes - 1].Array[pixels]
        select (new OutputForm(pixels, classes, planar, true), logits, target, labels);

    [Fact]
    public void Cross_entropy_per_pixel_agrees_with_its_definition_in_both_orders() =>
        Samples.ForAll(sample =>
        {
            foreach (var smoothing in new[] { 0, 0.125f })
            {
                var loss = new CrossEntropy(smoothing);
                var gradient = new float[sample.Logits.Length];
                var logits = ToVolume(sample.Form, sample.Logits);
                var oneHot = PixelCrossEntropy.OneHot(logits.Shape, sample.Labels);

                var sum = loss.Gradient(sample.Logits, sample.Labels, sample.Form, 1, gradient);
                Near(PixelCrossEntropy.Forward(logits, oneHot, smoothing), sum.Mean);
                NearAll(FromVolume(sample.Form, PixelCrossEntropy.Backward(logits, oneHot, smoothing)), gradient);
                Assert.Equal(sample.Form.Pixels, sum.Judged);

                var target = ToVolume(sample.Form, sample.Target);
                sum = loss.Gradient(sample.Logits, sample.Target.AsSpan(), sample.Form, 1, gradient);
                Near(PixelCrossEntropy.Forward(logits, target, smoothing), sum.Mean);
                NearAll(FromVolume(sample.Form, PixelCrossEntropy.Backward(logits, target, smoothing)), gradient);
            }
        });

    [Fact]
    public void What_is_measured_is_the_loss_of_the_logits_and_both_orders_agree() =>
        Samples.ForAll(sample =>
        {
            foreach (var loss in new Loss[] { new CrossEntropy(), new CrossEntropy(0.25f, 0), new MeanSquaredError(), new Huber(0.1f) })
            {
                var scratch = new float[sample.Logits.Length];
                var softmax = FromVolume(sample.Form, Softmax.Forward(ToVolume(sample.Form, sample.Logits)));
                var probabilities = Array.ConvertAll(softmax, p => (float)p);
                var bare = sample.Form with { EndsInSoftmax = false };
                foreach (var (form, output) in new[] { (sample.Form, probabilities), (bare, sample.Logits) })
                {
                    Same(loss.Gradient(sample.Logits, sample.Labels, form, 1, scratch), loss.Measure(output, sample.Labels, form));
                    Same(
                        loss.Gradient(sample.Logits, sample.Target.AsSpan(), form, 1, scratch),
                        loss.Measure(output, sample.Target.AsSpan(), form));
                }
            }
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Errors_through_a_softmax_of_pixels_pass_finite_differences(bool planar)
    {
        const float Step = 1f / 64;
        var form = new OutputForm(3, 2, planar, true);
        float[] logits = [0.5f, -1.25f, 2, 0.75f, -0.5f, 0.25f];
        float[] target = [0.125f, 0.5f, 0.25f, 0, 1, 0.125f];
        foreach (var loss in new Loss[] { new MeanSquaredError(), new Huber(0.5f), new CrossEntropy(0.1f) })
        {
            var gradient = new float[6];
            double Value(float[] x) => loss.Gradient(x, target.AsSpan(), form, 1, gradient).Mean;
            var expected = new double[6];
            for (var i = 0; i < 6; i++)
            {
                var (up, down) = (logits.ToArray(), logits.ToArray());
                up[i] += Step;
                down[i] -= Step;
                expected[i] = (Value(up) - Value(down)) / (2 * Step);
            }

            Value(logits);

            // The error of central differences is about the third derivative times step^2 / 6.
            Agreement.Check(expected, gradient, 5e-4, loss.GetType().Name);
        }
    }

    [Fact]
    public void Ignored_labels_cost_nothing_have_no_gradient_and_do_not_count()
    {
        var form = new OutputForm(4, 3);
        var loss = new CrossEntropy(0.1f, ignoreLabel: 255);
        float[] logits = [1, 2, 3, 3, 1, 2, 0, 1, 0, 5, 5, 6];
        var gradient = Enumerable.Repeat(7f, 12).ToArray();
        var sum = loss.Gradient(logits, new[] { 2, 255, 1, 255 }, form, 1, gradient);

        var kept = new OutputForm(2, 3);
        var expected = new float[6];
        var alone = loss.Gradient([1, 2, 3, 0, 1, 0], new[] { 2, 1 }, kept, 1, expected);
        Assert.Equal(alone with { Ignored = 2 }, sum);
        Assert.Equal(new float[3], gradient[3..6]);
        Assert.Equal(new float[3], gradient[9..]);
        Assert.Equal(2, sum.GradientFactor);
        Assert.Equal(expected, new[] { gradient[..3], gradient[6..9] }.SelectMany(part => part).Select(g => g * sum.GradientFactor));
        Same(sum, loss.Measure(logits, new[] { 2, 255, 1, 255 }, form));

        var none = loss.Gradient(logits, new[] { 255, 255, 255, 255 }, form, 1, gradient);
        Assert.Equal((0.0, 1f), (none.Mean, none.GradientFactor));
        Assert.Equal(new float[12], gradient);
    }

    // Probabilities of up to 1, by targets that add up to 11 at most, in float arithmetic.
    private static void NearAll(double[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], Tolerance);
    }

    private static void Same(LossSum expected, LossSum actual)
    {
        Near(expected.Loss, actual.Loss);
        Assert.Equal(expected with { Loss = 0, Correct = 0 }, actual with { Loss = 0, Correct = 0 });
    }

    private static Volume ToVolume(OutputForm form, float[] values)
    {
        var volume = new Volume(new VolumeShape(form.Classes, 1, form.Pixels));
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            for (var i = 0; i < form.Classes; i++)
                volume.Values[(i * form.Pixels) + pixel] = values[(pixel * form.PixelStride) + (i * form.ClassStride)];
        }

        return volume;
    }

    private static double[] FromVolume(OutputForm form, Volume volume)
    {
        var values = new double[form.Length];
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            for (var i = 0; i < form.Classes; i++)
                values[(pixel * form.PixelStride) + (i * form.ClassStride)] = volume.Values[(i * form.Pixels) + pixel];
        }

        return values;
    }

    private static void Near(double expected, double actual) =>
        Assert.Equal(expected, actual, Tolerance * 2 * Math.Max(1, Math.Abs(expected)));
}
