using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

namespace Cnn.Build;

/// <summary>
/// Writes the headers of a project's files of weights as a text for the generator, and a list of those that a network names, which are to
/// be embedded. Fails on nothing that a file holds: the generator says so where the file is named.
/// </summary>
public sealed class IndexWeights : ITask
{
    /// <summary>Gets or sets MSBuild.</summary>
    public IBuildEngine? BuildEngine { get; set; }

    /// <summary>Gets or sets what the host of the build gives the task.</summary>
    public ITaskHost? HostObject { get; set; }

    /// <summary>
    /// Gets or sets the files, each with its <c>LogicalPath</c>. One whose <c>Embed</c> is <c>WhenNamed</c> is embedded only if a source
    /// names it.
    /// </summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Gets or sets the C# sources.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>Gets or sets the text to write for the generator.</summary>
    [Required]
    public string Index { get; set; } = "";

    /// <summary>Gets or sets the list to write: the items that are embedded, one per line.</summary>
    [Required]
    public string Embedded { get; set; } = "";

    /// <inheritdoc/>
    public bool Execute()
    {
        try
        {
            Write();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var reason = "The weights cannot be indexed: " + TensorMatch.Escape(fault.Message);
            BuildEngine?.LogErrorEvent(new BuildErrorEventArgs(
                "Cnn", "", BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0, reason, "", nameof(IndexWeights)));
            return false;
        }
    }

    private void Write()
    {
        var named = new NamedWeights(Sources.Select(source => source.GetMetadata("FullPath")).Where(File.Exists).Select(File.ReadAllText));
        var index = new IndexText();
        var embedded = new StringBuilder();
        foreach (var group in Files.GroupBy(LogicalPath, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var path = group.First().GetMetadata("FullPath");
            var isEmbedded = named.Contains(group.Key) || group.Any(file => file.GetMetadata("Embed") != "WhenNamed");
            index.File(group.Key, isEmbedded);
            Describe(index, path, group.Key);

            // The compiler would wait for ever for the bytes of a pipe, which says that it has none.
            if (isEmbedded && new FileInfo(path) is { Exists: true, Length: > 0 })
                embedded.Append(group.First().ItemSpec).Append('\n');
        }

        Save(Index, index.ToString());
        Save(Embedded, embedded.ToString());
    }

    private static string LogicalPath(ITaskItem file) => NamedWeights.Normalize(file.GetMetadata("LogicalPath"));

    private static void Describe(IndexText index, string path, string name)
    {
        try
        {
            var file = SafetensorsFile.Read(path, name);
            foreach (var (tensor, entry) in file.Entries)
                index.Tensor(tensor, entry);
            index.Order(file.Mark);
        }
        catch (WeightsFormatException fault)
        {
            index.Damaged(fault.Message.TrimEnd('.'));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            index.Damaged(name + ": it cannot be read: " + TensorMatch.Escape(fault.Message.TrimEnd('.')));
        }
    }

    private static void Save(string path, string text) => ReplacedFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
