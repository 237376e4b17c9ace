using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cnn;

/// <summary>The exceptions of <see cref="NetworkRunner"/>, out of the way of its code.</summary>
internal static class RunnerErrors
{
    [DoesNotReturn]
    public static void ThrowLength<TNetwork>(string what, int expected, int actual, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        var verb = what.EndsWith('s') ? "hold" : "holds";
        throw Error($"{what} of {typeof(TNetwork).Name} {verb} {expected} floats; the span has {actual}.", parameter);
    }

    [DoesNotReturn]
    public static void ThrowBytes<TNetwork>(int expected, int actual, string parameter)
        where TNetwork : class, INetwork<TNetwork> =>
        throw Error($"The input of {typeof(TNetwork).Name} holds {expected} bytes; the span has {actual}.", parameter);

    [DoesNotReturn]
    public static void ThrowWorkspace<TNetwork>(int expected, int actual, string parameter)
        where TNetwork : class, INetwork<TNetwork> =>
        throw Error($"{typeof(TNetwork).Name} needs a workspace of {expected} bytes; this one has {actual}.", parameter);

    [DoesNotReturn]
    public static void ThrowMultiple<TNetwork>(int inputLength, int actual, string parameter)
        where TNetwork : class, INetwork<TNetwork> =>
        throw Error(
            $"An input of {typeof(TNetwork).Name} holds {inputLength} floats; the span has {actual}, which is no multiple of it.",
            parameter);

    [DoesNotReturn]
    public static void ThrowBatch<TNetwork>(int count, int outputLength, int actual, string parameter)
        where TNetwork : class, INetwork<TNetwork> =>
        throw Error(
            $"{count} outputs of {typeof(TNetwork).Name} hold {(long)count * outputLength} floats; the span has {actual}.",
            parameter);

    [DoesNotReturn]
    public static void ThrowOverlap(string what, string parameter) =>
        throw new ArgumentException($"The {what} must not overlap the input: the network reads its input while it writes.", parameter);

    private static ArgumentException Error(FormattableString message, string parameter) =>
        new(message.ToString(CultureInfo.InvariantCulture), parameter);
}
