using System;
using System.IO;

namespace Cnn;

/// <summary>
/// Writes files beside their place and moves them there when they are complete, so that an earlier file survives a failure, a kill and a loss of
/// power. The one temporary file of a target is its name and <c>.tmp</c>: the next write removes what a killed one left.
/// </summary>
internal static class ReplacedFile
{
    /// <summary>Writes a file. Writers in one folder, of this process and of others, take turns; the last one counts.</summary>
    /// <param name="path">The file; it is replaced if it exists. A symbolic link stands for its target.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is read-only.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = TargetOf(path);
        using var folder = new SaveFolder(Path.GetDirectoryName(target)!);

        // A writer that cannot lock the folder needs a name of its own.
        var temporary = folder.IsLocked ? $"{target}.tmp" : $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            File.Delete(temporary);
            try
            {
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, target, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (IOException failure) when (failure.GetType() == typeof(IOException))
        {
            throw new IOException(About(target, temporary, failure), failure) { HResult = failure.HResult };
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new UnauthorizedAccessException(
                About(target, temporary, failure) + $" It is written as {Path.GetFileName(temporary)} first, so its folder must be writable too.",
                failure);
        }

        folder.Flush();
    }

    /// <summary>The file that is finally replaced, which must be possible.</summary>
    private static string TargetOf(string path)
    {
        var target = Path.GetFullPath(path);
        if (new FileInfo(target).LinkTarget is not null)
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target) || Path.EndsInDirectorySeparator(target))
            throw new IOException($"{path} cannot be written: it is a folder.");
        var folder = Path.GetDirectoryName(target);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path} cannot be written: its folder {folder} does not exist.");
        if (new FileInfo(target) is { Exists: true, IsReadOnly: true })
            throw new UnauthorizedAccessException($"{path} cannot be written: it is read-only.");
        return target;
    }

    /// <summary>A message about the file that the caller named.</summary>
    private static string About(string target, string temporary, Exception failure) =>
        $"{target} cannot be written: " + failure.Message.Replace(temporary, target, StringComparison.Ordinal);
}
