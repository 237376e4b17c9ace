using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>A folder of the compiler, with those that it may use.</summary>
/// <param name="Name">The folder, with a slash before each inner one; or a file of the root, without its extension.</param>
/// <param name="May">The names of the rows that it may use.</param>
internal sealed record FolderRow(string Name, params string[] May)
{
    /// <summary>Gets a value indicating whether it may use Roslyn.</summary>
    public bool MayUseRoslyn { get; init; }
}

/// <summary>
/// A table of the compiler's folders, held to its sources. An inner folder belongs to the row of the nearest outer one, unless it has a row
/// of its own. Every row may use the sources that the runtime shares with the compiler.
/// </summary>
internal sealed class Folders(params FolderRow[] rows)
{
    private const string Project = "Cnn.Generator";

    private static readonly string Root = Repository.Path(Project) + Path.DirectorySeparatorChar;

    private static readonly Lazy<CSharpCompilation> Sources = new(() => ProjectSources.Compile(Project));

    /// <summary>Gets the compiler as it is.</summary>
    public static CSharpCompilation Compiler => Sources.Value;

    /// <summary>Gets the rows.</summary>
    public ImmutableArray<FolderRow> Rows { get; } = [.. rows];

    /// <summary>The compiler with more files: where each would be in the project, and what it would say.</summary>
    public static CSharpCompilation CompilerWith(params (string Path, string Source)[] files) =>
        Compiler.AddSyntaxTrees(files.Select(file => Harness.Parse(file.Source, Path.Combine(Root, file.Path), LanguageVersion.Preview)));

    /// <summary>A line for each type that the files of a row use and the row does not allow.</summary>
    public IEnumerable<string> Faults(CSharpCompilation compilation, FolderRow row) =>
        compilation.SyntaxTrees.Where(tree => RowOf(tree.FilePath) == row).SelectMany(tree => Faults(compilation, tree));

    /// <summary>The same for one file, which has a row.</summary>
    public IEnumerable<string> Faults(CSharpCompilation compilation, SyntaxTree tree) =>
        from use in SymbolUses.Of(compilation.GetSemanticModel(tree))
        let fault = Fault(compilation, RowOf(tree.FilePath)!, use.Key)
        where fault is not null
        select $"{Relative(tree.FilePath)}:{use.Value} uses {fault}";

    /// <summary>The files of the project without a row, and the rows without a file.</summary>
    public IEnumerable<string> Unmatched(CSharpCompilation compilation)
    {
        var files = compilation.SyntaxTrees.Select(tree => tree.FilePath).Where(IsOfProject).ToList();
        return files.Where(file => RowOf(file) is null).Select(Relative).Concat(Rows.Except(files.Select(RowOf)).Select(row => row!.Name));
    }

    /// <summary>The names in a row of what stands not before it, so that a circle is impossible.</summary>
    public IEnumerable<string> Backward() =>
        from row in Rows
        let before = Rows.TakeWhile(other => other != row).Select(other => other.Name)
        from name in row.May.Except(before)
        select $"{row.Name} names {name}";

    /// <summary>The files whose namespace belongs to another row than they do.</summary>
    public IEnumerable<string> Misnamed(CSharpCompilation compilation) =>
        from tree in compilation.SyntaxTrees
        where IsOfProject(tree.FilePath)
        from declared in tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        let name = declared.Name.ToString()
        where (name + ".").StartsWith(Project + ".", StringComparison.Ordinal) && !IsNamespaceOf(tree.FilePath, name)
        select $"{Relative(tree.FilePath)} declares {name}";

    /// <summary>The row of a file; null where there is none.</summary>
    public FolderRow? RowOf(string path) => IsOfProject(path) ? Row(Path.ChangeExtension(Relative(path), null)) : null;

    private static bool IsOfProject(string path) => path.StartsWith(Root, StringComparison.Ordinal);

    private static string Relative(string path) => path[Root.Length..].Replace(Path.DirectorySeparatorChar, '/');

    private FolderRow? Row(string name) =>
        Rows.Where(row => (name + "/").StartsWith(row.Name + "/", StringComparison.Ordinal)).MaxBy(row => row.Name.Length);

    private bool IsNamespaceOf(string path, string name)
    {
        var isOfRoot = !Relative(path).Contains('/');
        return isOfRoot || name == Project
            ? isOfRoot && name == Project
            : Row(name[(Project.Length + 1)..].Replace('.', '/')) == RowOf(path);
    }

    private string? Fault(CSharpCompilation compilation, FolderRow row, INamedTypeSymbol type)
    {
        if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
        {
            var used = type.DeclaringSyntaxReferences.Select(part => RowOf(part.SyntaxTree.FilePath));
            return used.FirstOrDefault(used => used is not null && used != row && !row.May.Contains(used.Name)) is { } forbidden
                ? $"{type.Name} of {forbidden.Name}"
                : null;
        }

        var isRoslyn = type.ContainingAssembly?.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true;
        return isRoslyn && !row.MayUseRoslyn ? $"{type.Name} of Roslyn" : null;
    }
}
