using System;
using System.IO;

namespace Cnn;

/// <summary>Writes files beside their place and moves them there when they are complete, so that an earlier file survives a failure.</summary>
internal static class ReplacedFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; it is replaced if it exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
