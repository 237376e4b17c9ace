using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Generator.Tests.Support;

namespace Cnn.Generator.Tests.Architecture.Prose;

/// <summary>The documents and sources whose English is held to the rules, by their paths in the project.</summary>
internal static class ProseFiles
{
    /// <summary>Folders of C# whose comments are not read yet. A folder leaves the list when its comments keep the rules.</summary>
    private static readonly string[] Waiting =
    [
        "Cnn.Benchmarks/Tuning",
        "Cnn.Generator/Declared",
        "Cnn.Generator/Diagnostics",
        "Cnn.Generator/Graph",
        "Cnn.Generator/Kernels",
        "Cnn.Generator/Layers",
        "Cnn.Generator/Parsing",
        "Cnn.Generator/Scheduling",
        "Cnn.Generator/ShapeInference",
        "Cnn.Generator/Shapes",
        "Cnn.Generator.Tests/Kernels",
        "Cnn.Generator.Tests/Scheduling",
        "Cnn.Generator.Tests/Schedules",
        "Cnn.Runtime/Kernels",
    ];

    /// <summary>The documents, in a fixed order.</summary>
    public static IEnumerable<string> Documents { get; } =
    [
        "README.md",
        "CONTRIBUTING.md",
        "Cnn.Runtime/Package/README.md",
        .. Below("Cnn.Benchmarks", ".md"),
        .. Below("Cnn.Templates", ".md"),
        .. Below("docs", ".md"),
        .. Below("examples", ".md"),
        .. Below("fixtures", ".md"),
    ];

    /// <summary>The C# sources whose comments are read, in a fixed order.</summary>
    public static IEnumerable<string> Sources { get; } =
        Directory.GetDirectories(Repository.Path())
            .Select(folder => Path.GetFileName(folder))
            .Where(folder => folder.StartsWith("Cnn.", StringComparison.Ordinal) || folder == "examples")
            .Order(StringComparer.Ordinal)
            .SelectMany(folder => Below(folder, ".cs"))
            .Where(file => !Waiting.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));

    public static string Read(string file) => File.ReadAllText(Repository.Path(file.Split('/')));

    /// <summary>The files in and below a folder, without those that a build has made.</summary>
    private static IEnumerable<string> Below(string folder, string ending) => Directory
        .EnumerateFiles(Repository.Path(folder.Split('/')), "*" + ending, SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Path(), file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" || part.StartsWith("BenchmarkDotNet", StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);
}
