using System;
using System.Globalization;
using System.IO;

namespace Cnn;

/// <summary>A file of weights is damaged, or holds the weights of another network. No weight was changed.</summary>
public sealed class WeightsFormatException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file, or a word for the stream.</param>
    /// <param name="reason">The fault, in one sentence without its full stop.</param>
    /// <param name="tensor">The tensor concerned, if one is.</param>
    /// <param name="offset">The byte of the file at which the fault shows, if it does at one.</param>
    /// <param name="innerException">The exception that was caught, if any.</param>
    public WeightsFormatException(string file, string reason, string? tensor = null, long? offset = null, Exception? innerException = null)
        : base(Compose(file, reason, tensor, offset), innerException)
    {
        File = file;
        Reason = reason;
        Tensor = tensor;
        Offset = offset;
    }

    /// <summary>Gets the file, or a word for the stream.</summary>
    public string File { get; }

    /// <summary>Gets what is wrong, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>Gets the tensor concerned, or null.</summary>
    public string? Tensor { get; }

    /// <summary>Gets the byte of the file at which the fault shows, or null.</summary>
    public long? Offset { get; }

    private static string Compose(string file, string reason, string? tensor, long? offset)
    {
        var at = offset is null ? "" : string.Create(CultureInfo.InvariantCulture, $", byte {offset}");
        return tensor is null ? $"{file}{at}: {reason}." : $"{file}{at}, tensor {tensor}: {reason}.";
    }
}
