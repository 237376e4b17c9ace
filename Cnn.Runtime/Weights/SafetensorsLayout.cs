using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>Checks that the data of a header's entries follow one another to the end of the file, as the format demands.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="start">The byte of the file at which the data begin.</param>
internal sealed class SafetensorsLayout(string file, long start)
{
    /// <summary>The reason to refuse a file with bytes after its last tensor.</summary>
    public const string GoesOn = "the file goes on behind the last tensor";

    /// <summary>Why a file is refused that lacks data.</summary>
    public const string Ends = "the file ends within its data";

    /// <exception cref="WeightsFormatException">An entry does not begin where the one before it ends.</exception>
    public void CheckBegin(string name, SafetensorsEntry entry, long expected)
    {
        if (entry.Begin == expected)
            return;
        var fault = entry.Begin < expected ? "overlap" : "leave a gap behind";
        throw new WeightsFormatException(
            file,
            $"its data_offsets begin at {entry.Begin} and {fault} the data before, which end at {expected}",
            name,
            start + expected);
    }

    /// <summary>Checks entries whose data are all there.</summary>
    /// <param name="entries">The entries and their names, in any order.</param>
    /// <param name="length">The bytes from the first of the data to the end of the file.</param>
    /// <exception cref="WeightsFormatException">The data are not exactly those of the entries.</exception>
    public void Check(IEnumerable<(string Name, SafetensorsEntry Entry)> entries, long length)
    {
        var end = 0L;
        foreach (var (name, entry) in entries.OrderBy(item => item.Entry.Begin))
        {
            CheckBegin(name, entry, end);
            end = entry.End;
            if (end > length)
                throw new WeightsFormatException(file, Ends, name, start + length);
        }

        if (end < length)
            throw new WeightsFormatException(file, GoesOn, null, start + end);
    }
}
