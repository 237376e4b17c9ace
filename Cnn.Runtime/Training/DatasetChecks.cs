using System;

namespace Cnn;

/// <summary>Whether data fit a network.</summary>
internal static class DatasetChecks
{
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static void Require<TNetwork>(Dataset data, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(data, parameter);
        var name = typeof(TNetwork).Name;
        if (data.InputLength != TNetwork.InputLength)
        {
            throw new ArgumentException(
                $"The inputs of {name} hold {TNetwork.InputLength} floats; those of the data set {data.InputLength}.",
                parameter);
        }

        if (data.Classes == 0 && data.TargetLength != TNetwork.OutputLength)
        {
            throw new ArgumentException(
                $"{name} has {TNetwork.OutputLength} outputs; the targets of the data set hold {data.TargetLength} floats.",
                parameter);
        }

        if (data.Classes != 0 && data.Classes != TNetwork.OutputLength)
            throw new ArgumentException($"{name} has {TNetwork.OutputLength} outputs; the data set has {data.Classes} classes.", parameter);

        for (var sample = 0; sample < data.Count && data.Classes != 0; sample++)
            RequireLabel<TNetwork>(data.Label(sample), sample, parameter);
    }

    /// <exception cref="ArgumentException">The label is not an index into the outputs.</exception>
    public static void RequireLabel<TNetwork>(int label, int sample, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        if ((uint)label >= (uint)TNetwork.OutputLength)
        {
            throw new ArgumentException(
                $"The label of sample {sample} is {label}; {typeof(TNetwork).Name} has {TNetwork.OutputLength} outputs, " +
                $"so labels are 0 to {TNetwork.OutputLength - 1}.",
                parameter);
        }
    }
}
