using System.IO;
using Cnn.Generator.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;
using Xunit;

namespace Cnn.Generator.Tests.Snapshots;

/// <summary>Compares a text with a file of <c>__snapshots__</c>. The only place that names the snapshot library.</summary>
internal static class TextSnapshot
{
    /// <summary>Demands the same text. A missing snapshot is written, to be read and committed, and fails once.</summary>
    public static void Match(string text, string name)
    {
        var folder = Repository.Path("Cnn.Generator.Tests", "Snapshots");
        var isNew = !File.Exists(Path.Combine(folder, "__snapshots__", name));
        Snapshot.Match(text, new SnapshotFullName(name, folder));
        Assert.False(isNew, $"{name} has been written: read it and commit it.");
    }
}
