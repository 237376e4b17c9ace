using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Support;

/// <summary>The sources of a project of this repository, compiled for tests that read its symbols.</summary>
internal static class ProjectSources
{
    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>The files of a project, with those that it links, each by its full path.</summary>
    public static IEnumerable<string> Files(string project)
    {
        var folder = Repository.Path(project);
        var own = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Regex.IsMatch(Path.GetRelativePath(folder, file), @"^(bin|obj)[\\/]"));
        var items = File.ReadAllText(Path.Combine(folder, project + ".csproj"));
        var linked = Regex.Matches(items, "<Compile\\s+Include=\"([^\"]*)\"(?: Exclude=\"([^\"]*)\")?")
            .SelectMany(match => Matching(folder, match.Groups[1].Value).Except(Matching(folder, match.Groups[2].Value)));
        return own.Concat(linked);
    }

    /// <summary>Compiles a project.</summary>
    /// <param name="project">Its folder.</param>
    /// <param name="roslyn">Whether to refer to Roslyn.</param>
    /// <param name="isIncluded">Which of its files take part, by their full paths; all where null.</param>
    public static CSharpCompilation Compile(string project, bool roslyn = true, Func<string, bool>? isIncluded = null)
    {
        var files = Files(project).Where(file => isIncluded is null || isIncluded(file));
        var trees = files.Select(file => Harness.Parse(File.ReadAllText(file), file, LanguageVersion.Preview));
        var compilation = Harness.Compilation(false, [.. trees]).WithOptions(Options).AddReferences(roslyn ? Roslyn() : []);

        // No project refers to the runtime: some share its sources, and types of both would be ambiguous.
        return compilation.RemoveReferences(compilation.References.Where(file => Path.GetFileName(file.Display) == "Cnn.Runtime.dll"));
    }

    private static IEnumerable<string> Matching(string folder, string patterns) =>
        from pattern in patterns.Split(';', StringSplitOptions.RemoveEmptyEntries)
        let path = Path.GetFullPath(Path.Combine(folder, pattern))
        from file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path))
        select file;

    private static IEnumerable<MetadataReference> Roslyn() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
}
