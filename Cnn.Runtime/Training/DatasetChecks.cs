using System;

namespace Cnn;

/// <summary>Whether data fit a network and its loss.</summary>
internal static class DatasetChecks
{
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static void Require<TNetwork>(Dataset data, Loss loss, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(data, parameter);
        var name = typeof(TNetwork).Name;
        var form = OutputForm.Of<TNetwork>();
        if (data.InputLength != TNetwork.InputLength)
        {
            throw new ArgumentException(
                $"The inputs of {name} hold {TNetwork.InputLength} floats; those of the data set {data.InputLength}.",
                parameter);
        }

        if (data.Classes == 0)
        {
            RequireTargets<TNetwork>(data, loss, parameter);
            return;
        }

        if (data.Pixels != form.Pixels)
        {
            throw new ArgumentException(
                $"{name} gives {form.Pixels} pixels of {form.Classes} classes; the samples of the data set have {data.Pixels} labels.",
                parameter);
        }

        if (data.Classes != form.Classes)
            throw new ArgumentException($"{name} has {form.Classes} outputs; the data set has {data.Classes} classes.", parameter);

        var labels = new int[form.Pixels];
        for (var sample = 0; sample < data.Count; sample++)
        {
            data.CopyLabels(sample, labels);
            RequireLabels<TNetwork>(labels, sample, form, loss, parameter);
        }
    }

    /// <summary>Throws unless every label is a class, or one that the loss passes over.</summary>
    /// <param name="labels">Labels of samples, one after the other.</param>
    /// <param name="first">The number of the first sample.</param>
    /// <param name="form">The network's output.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="parameter">The caller's parameter.</param>
    /// <exception cref="ArgumentException">A label is neither.</exception>
    public static void RequireLabels<TNetwork>(ReadOnlySpan<int> labels, int first, in OutputForm form, Loss loss, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] < (uint)form.Classes || labels[i] == loss.Ignored)
                continue;
            var (sample, pixel) = Math.DivRem(i, form.Pixels);
            var place = form.Pixels > 1 ? $"pixel {pixel} of sample {first + sample}" : $"sample {first + sample}";
            throw new ArgumentException(
                $"The label of {place} is {labels[i]}; {typeof(TNetwork).Name} has {form.Classes} outputs, " +
                $"so labels are 0 to {form.Classes - 1}.",
                parameter);
        }
    }

    /// <summary>Throws unless an augmentation fits the network.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void RequireAugmentation<TNetwork>(Augmentation? augmentation, Dataset data, Loss loss, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (augmentation is null)
            return;
        var shape = augmentation.Shape;
        var form = OutputForm.Of<TNetwork>();
        if (shape.Length != TNetwork.InputLength)
        {
            throw new ArgumentException(
                $"The inputs of {typeof(TNetwork).Name} hold {TNetwork.InputLength} floats; {shape} holds {shape.Length}.",
                parameter);
        }

        if (data.Classes == 0 || form.Pixels == 1 || !augmentation.MovesPixels)
            return;
        if (shape.Pixels != form.Pixels)
        {
            throw new ArgumentException(
                $"Label maps of {form.Pixels} pixels cannot move with images of {shape.Height} x {shape.Width}.",
                parameter);
        }

        if ((uint)augmentation.FillLabel >= (uint)form.Classes && augmentation.FillLabel != loss.Ignored)
        {
            throw new ArgumentException(
                $"The fill label is {augmentation.FillLabel}; labels are 0 to {form.Classes - 1}, or the one that the loss ignores.",
                parameter);
        }
    }

    private static void RequireTargets<TNetwork>(Dataset data, Loss loss, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (data.TargetLength != TNetwork.OutputLength)
        {
            throw new ArgumentException(
                $"{typeof(TNetwork).Name} has {TNetwork.OutputLength} outputs; the targets of the data set hold {data.TargetLength} floats.",
                parameter);
        }

        if (!loss.ChecksTargets)
            return;
        var target = new float[data.TargetLength];
        for (var sample = 0; sample < data.Count; sample++)
        {
            data.CopyTarget(sample, target);
            loss.RequireTargets(target, parameter);
        }
    }
}
