using System;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>The output of a network's last layer as losses see it: classes at each pixel. A vector is one pixel.</summary>
/// <param name="Pixels">Pixels.</param>
/// <param name="Classes">Values at each.</param>
/// <param name="IsPlanar">Whether they lie plane by plane instead of pixel by pixel.</param>
/// <param name="EndsInSoftmax">Whether the network ends in a softmax over the classes of each pixel.</param>
internal readonly record struct OutputForm(int Pixels, int Classes, bool IsPlanar = false, bool EndsInSoftmax = false)
{
    private readonly int _pitch = 0;

    /// <summary>Gets the floats of the last layer's output.</summary>
    public int Length => Pixels * Classes;

    /// <summary>Gets the stride of the samples in floats: the length of all outputs, of which the last layer's comes first.</summary>
    public int Pitch
    {
        get => _pitch == 0 ? Length : _pitch;
        init => _pitch = value;
    }

    /// <summary>Gets the value above which a single class is chosen: 0 for a logit, 0.5 for a probability.</summary>
    public float Threshold { get; init; }

    /// <summary>Gets the classes that a label can name: one value tells two apart.</summary>
    public int Labels => Classes == 1 ? 2 : Classes;

    /// <summary>Gets the form of the named outputs together, which follow the last layer's.</summary>
    public OutputForm Others => new(1, Pitch - Length);

    /// <summary>Gets the floats from a class to the next of the same pixel.</summary>
    public int ClassStride => IsPlanar ? Pixels : 1;

    /// <summary>Gets the floats from a pixel to the next.</summary>
    public int PixelStride => IsPlanar ? 1 : Classes;

    /// <summary>The form of a network's output.</summary>
    public static OutputForm Of<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var plan = TNetwork.Training;
        var form = plan.Classes == 0
            ? new OutputForm(1, TNetwork.MainOutputLength, false, plan.EndsInSoftmax)
            : new OutputForm(plan.Pixels, plan.Classes, plan.IsPlanar && plan.Pixels > 1, plan.EndsInSoftmax);
        return form with { Pitch = TNetwork.OutputLength, Threshold = TNetwork.Threshold };
    }

    /// <summary>The softmax of each pixel's classes.</summary>
    public void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        ref var from = ref MemoryMarshal.GetReference(logits);
        ref var to = ref MemoryMarshal.GetReference(probabilities);
        if (Pixels == 1)
            Kernels.Softmax.Forward(ref from, ref to, Classes);
        else if (IsPlanar)
            Kernels.Softmax.ForwardPlanes(ref from, Pixels, ref to, Pixels, Classes, Pixels);
        else
            Kernels.Softmax.ForwardChannels(ref from, Classes, ref to, Classes, Classes, Pixels);
    }

    /// <summary>
    /// The class of a pixel's largest value, the first of several; what is not a number is passed over; 0 if nothing is one.
    /// </summary>
    public int Largest(ReadOnlySpan<float> values, int pixel)
    {
        var index = 0;
        var largest = float.NegativeInfinity;
        var place = pixel * PixelStride;
        for (var i = 0; i < Classes; i++, place += ClassStride)
        {
            if (values[place] > largest)
            {
                largest = values[place];
                index = i;
            }
        }

        return index;
    }

    /// <summary>
    /// The class that a pixel's values mean, as <c>Predict</c> has it: of a single one 1 if it is above the threshold, else 0; of several
    /// the place of the largest.
    /// </summary>
    public int Class(ReadOnlySpan<float> values, int pixel) =>
        Classes == 1 ? (values[pixel * PixelStride] > Threshold ? 1 : 0) : Largest(values, pixel);

    /// <summary>The pixels whose largest value has the place of the target's largest.</summary>
    public int CountAgreeing(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var correct = 0;
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            if (Largest(output, pixel) == Largest(target, pixel))
                correct++;
        }

        return correct;
    }
}
