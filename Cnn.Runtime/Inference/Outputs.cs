using System;

namespace Cnn;

/// <summary>Questions about one output.</summary>
internal static class Outputs
{
    /// <summary>
    /// The class that one output means: of a single value 1 if it is above the threshold, else 0 (also where it is not a number); of
    /// several the index of the largest.
    /// </summary>
    public static int Class(ReadOnlySpan<float> values, float threshold) =>
        values.Length == 1 ? (values[0] > threshold ? 1 : 0) : Largest(values);

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
