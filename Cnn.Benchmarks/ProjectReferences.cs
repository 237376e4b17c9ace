using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Cnn.Benchmarks;

/// <summary>
/// The references of a project that declares a network: the base class library and our runtime, as this process has them.
/// </summary>
internal static class ProjectReferences
{
    /// <summary>Gets them.</summary>
    public static ImmutableArray<MetadataReference> All { get; } = Find();

    /// <summary>Gives them with another version of our runtime.</summary>
    /// <param name="runtime">The path of its assembly.</param>
    public static ImmutableArray<MetadataReference> With(string runtime) =>
    [
        .. All.Where(reference => Path.GetFileName(reference.Display) != "Cnn.Runtime.dll"), MetadataReference.CreateFromFile(runtime),
    ];

    private static ImmutableArray<MetadataReference> Find()
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        string[] needed =
        [
            "System.Runtime.dll", "System.Private.CoreLib.dll", "System.Runtime.Intrinsics.dll", "netstandard.dll", "Cnn.Runtime.dll",
        ];
        return [.. platform.Where(path => needed.Contains(Path.GetFileName(path))).Select(path => MetadataReference.CreateFromFile(path))];
    }
}
