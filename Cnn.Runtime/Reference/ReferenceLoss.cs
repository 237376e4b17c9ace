using System;

namespace Cnn.Reference;

/// <summary>The loss that a <see cref="ReferenceNetwork"/> differentiates.</summary>
public abstract record ReferenceLoss
{
    private ReferenceLoss()
    {
    }

    /// <summary>
    /// Gets <see cref="Reference.CrossEntropy"/>, on the logits: what enters a final softmax, or leaves a network without one. It reads
    /// the main output alone, all of whose elements are classes.
    /// </summary>
    public static ReferenceLoss CrossEntropy { get; } = new OnClasses(0, false);

    /// <summary>Gets <see cref="Reference.PixelCrossEntropy"/>, on the logits of the main output, whose channels are classes.</summary>
    public static ReferenceLoss PixelCrossEntropy { get; } = new OnClasses(0, true);

    /// <summary>Gets <see cref="Reference.MeanSquaredError"/>, on what leaves the network, a final softmax included.</summary>
    public static ReferenceLoss MeanSquaredError { get; } =
        new OnElements(nameof(MeanSquaredError), Reference.MeanSquaredError.Forward, Reference.MeanSquaredError.Backward);

    /// <summary>Gets <see cref="Reference.BinaryCrossEntropy"/>, on what leaves the network, as logits.</summary>
    public static ReferenceLoss BinaryCrossEntropy { get; } =
        new OnElements(nameof(BinaryCrossEntropy), Reference.BinaryCrossEntropy.Forward, Reference.BinaryCrossEntropy.Backward);

    /// <summary>Gets a value indicating whether it reads the logits of the main output alone rather than all outputs.</summary>
    internal virtual bool IsOnClasses => false;

    /// <summary>Gets a value indicating whether each pixel has a target, and a label where there are labels.</summary>
    internal virtual bool IsPerPixel => false;

    /// <summary><see cref="CrossEntropy"/>, or <see cref="PixelCrossEntropy"/>, with label smoothing.</summary>
    /// <param name="smoothing">The share of the target that is spread over all classes evenly, in [0, 1].</param>
    /// <param name="perPixel">Whether each pixel has a target.</param>
    public static ReferenceLoss Smoothed(double smoothing, bool perPixel = false) => new OnClasses(smoothing, perPixel);

    /// <summary><see cref="Reference.Huber"/>, on what leaves the network.</summary>
    /// <param name="delta">The distance at which the square turns into a line.</param>
    public static ReferenceLoss Huber(double delta = 1) => new OnElements(
        nameof(Huber),
        (output, target) => Reference.Huber.Forward(output, target, delta),
        (output, target) => Reference.Huber.Backward(output, target, delta));

    /// <summary>The loss of one sample and its gradient.</summary>
    internal abstract (double Loss, double[] Gradient) Differentiate(Volume output, double[] target);

    private sealed record OnClasses(double Smoothing, bool PerPixel) : ReferenceLoss
    {
        internal override bool IsOnClasses => true;

        internal override bool IsPerPixel => PerPixel;

        internal override (double Loss, double[] Gradient) Differentiate(Volume output, double[] target)
        {
            var logits = Classes(output);
            var distribution = logits.With(target);
            return (
                Reference.PixelCrossEntropy.Forward(logits, distribution, Smoothing),
                Reference.PixelCrossEntropy.Backward(logits, distribution, Smoothing).Values);
        }

        private Volume Classes(Volume output) => PerPixel ? output : Volume.Vector(output.Values);
    }

    private sealed record OnElements(
        string Name,
        Func<double[], double[], double> Forward,
        Func<double[], double[], double[]> Backward) : ReferenceLoss
    {
        internal override (double Loss, double[] Gradient) Differentiate(Volume output, double[] target) =>
            (Forward(output.Values, target), Backward(output.Values, target));
    }
}
