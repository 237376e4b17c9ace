using System;

namespace Cnn.Tests.Training;

/// <summary>Losses of single vectors, called as if there were no pixels.</summary>
internal static class LossCalls
{
    public static double Gradient(this Loss loss, float[] logits, int label, bool softmax, float scale, float[] gradient) =>
        loss.Gradient(logits, new[] { label }, Form(logits, softmax), scale, gradient).Loss;

    public static double Gradient(this Loss loss, float[] logits, float[] target, bool softmax, float scale, float[] gradient) =>
        loss.Gradient(logits, target.AsSpan(), Form(logits, softmax), scale, gradient).Loss;

    public static double Measure(this Loss loss, float[] output, int label, bool softmax) =>
        loss.Measure(output, new[] { label }, Form(output, softmax)).Loss;

    public static double Measure(this Loss loss, float[] output, float[] target, bool softmax) =>
        loss.Measure(output, target.AsSpan(), Form(output, softmax)).Loss;

    private static OutputForm Form(float[] row, bool softmax) => new(1, row.Length, false, softmax);
}
