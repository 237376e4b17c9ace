using System;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>A network's output as losses see it: classes at each pixel. A vector is one pixel.</summary>
/// <param name="Pixels">Pixels.</param>
/// <param name="Classes">Values at each.</param>
/// <param name="IsPlanar">Whether they lie plane by plane instead of pixel by pixel.</param>
/// <param name="EndsInSoftmax">Whether the network ends in a softmax over the classes of each pixel.</param>
internal readonly record struct OutputForm(int Pixels, int Classes, bool IsPlanar = false, bool EndsInSoftmax = false)
{
    /// <summary>Gets the floats of one output.</summary>
    public int Length => Pixels * Classes;

    /// <summary>Gets the floats from a class to the next of the same pixel.</summary>
    public int ClassStride => IsPlanar ? Pixels : 1;

    /// <summary>Gets the floats from a pixel to the next.</summary>
    public int PixelStride => IsPlanar ? 1 : Classes;

    /// <summary>The form of a network's output.</summary>
    public static OutputForm Of<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var plan = TNetwork.Training;
        return plan.Classes == 0
            ? new OutputForm(1, TNetwork.OutputLength, false, plan.EndsInSoftmax)
            : new OutputForm(plan.Pixels, plan.Classes, plan.IsPlanar && plan.Pixels > 1, plan.EndsInSoftmax);
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

    /// <summary>The class of a pixel's largest value, the first of several; what is not a number is passed over; 0 if nothing is one.</summary>
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
