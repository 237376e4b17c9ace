using System;

namespace Cnn;

/// <summary>What can be asked of one output.</summary>
internal static class Outputs
{
    /// <summary>The index of the largest value, the first of several; what is not a number is passed over; 0 if nothing is one.</summary>
    public static int Largest(ReadOnlySpan<float> values)
    {
        var index = 0;
        var largest = float.NegativeInfinity;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] > largest)
            {
                largest = values[i];
                index = i;
            }
        }

        return index;
    }
}
