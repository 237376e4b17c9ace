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

        RequireLabels<TNetwork>(form, loss, parameter);
        if (data.Classes != form.Labels)
        {
            throw new ArgumentException(
                form.Classes == 1
                    ? $"{name} has one output, which tells the 2 classes 0 and 1 apart; the data set has {data.Classes}. "
                        + "Give the last layer an output for each class, and train with CrossEntropy."
                    : $"{name} has {form.Classes} outputs; the data set has {data.Classes} classes.",
                parameter);
        }

        var labels = new int[form.Pixels];
        for (var sample = 0; sample < data.Count; sample++)
        {
            data.CopyLabels(sample, labels);
            RequireLabels<TNetwork>(labels, sample, form, loss, parameter);
        }
    }

    /// <summary>Throws unless the loss can compare a network's output with labels.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void RequireLabels<TNetwork>(in OutputForm form, Loss loss, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (form.Classes == 1 && !loss.TakesSingleLabels(form))
        {
            throw new ArgumentException(
                $"{typeof(TNetwork).Name} has one output, and {loss.GetType().Name} compares it with a number, not with a label. Use BinaryCrossEntropy "
                + "with the labels 0 and 1, or give numbers as target vectors.",
                parameter);
        }
    }

    /// <summary>Throws unless target vectors are as long as the last layer's output, or as all outputs where the loss can judge them together.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void RequireTargetLength<TNetwork>(int length, Loss loss, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        var (all, main) = (TNetwork.OutputLength, TNetwork.MainOutputLength);
        if (length == main || (length == all && loss.IsOfElements))
            return;
        var name = typeof(TNetwork).Name;
        throw new ArgumentException(
            main == all ? $"{name} has {all} outputs; the targets of the data set hold {length} floats."
            : length == all ? $"{loss.GetType().Name} judges the output of the last layer of {name}, {main} floats; the targets hold {length}, those of "
                + $"all outputs. Give the first {main}, or use MeanSquaredError."
            : $"The last layer of {name} has {main} outputs, and all outputs together hold {all} floats; the targets hold {length}.",
            parameter);
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
            if ((uint)labels[i] < (uint)form.Labels || labels[i] == loss.Ignored)
                continue;
            var (sample, pixel) = Math.DivRem(i, form.Pixels);
            var place = form.Pixels > 1 ? $"pixel {pixel} of sample {first + sample}" : $"sample {first + sample}";
            throw new ArgumentException(
                $"The label of {place} is {labels[i]}; {typeof(TNetwork).Name} has {Counted(form.Classes)}, so labels are 0 to {form.Labels - 1}.",
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

        if (TNetwork.InputShape is { } input && !input.LiesAs(shape))
        {
            throw new ArgumentException(
                $"The images of {typeof(TNetwork).Name} are {input.Describe()}; those of the augmentation {shape.Describe()}.",
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

        if ((uint)augmentation.FillLabel >= (uint)form.Labels && augmentation.FillLabel != loss.Ignored)
        {
            throw new ArgumentException(
                $"The fill label is {augmentation.FillLabel}; labels are 0 to {form.Labels - 1}, or the one that the loss ignores.",
                parameter);
        }
    }

    private static string Counted(int outputs) => outputs == 1 ? "one output" : $"{outputs} outputs";

    private static void RequireTargets<TNetwork>(Dataset data, Loss loss, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        RequireTargetLength<TNetwork>(data.TargetLength, loss, parameter);
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
