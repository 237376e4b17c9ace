using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>Data flows one way through the folders of the compiler.</summary>
public sealed class FolderDirectionTests
{
    /// <summary>
    /// The folders in the order of the stages. The folders that describe a declaration and its faults belong together and may refer to
    /// each other. Every later folder reads earlier ones only.
    /// </summary>
    private static readonly string[][] Groups =
    [
        ["Infrastructure"],
        ["Parsing", "Diagnostics", "Graph", "Layers", "Shapes"],
        ["Weights"],
        ["Advice"],
        ["Passes"],
        ["Statements"],
        ["Schedules"],
        ["Kernels"],
        ["Scheduling"],
        ["Planning"],
        ["Budgets"],
        ["Emission"],
    ];

    public static TheoryData<string> Folders => [.. Groups.SelectMany(group => group)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_reads_no_later_folder(string folder)
    {
        var rank = Rank(folder);
        var later = Used(folder).Where(other => Rank(other) > rank).Order().ToArray();
        Assert.Empty(later);
    }

    [Fact]
    public void Every_folder_has_a_place_in_the_order()
    {
        var folders = Directory.GetDirectories(Repository.Path("Cnn.Generator"))
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name is not ("bin" or "obj"))
            .Order();
        Assert.Equal(Groups.SelectMany(group => group).Order(), folders);
    }

    [Fact]
    public void Roslyn_is_named_in_front_of_the_graph_only()
    {
        var strangers = Groups.SelectMany(group => group)
            .Where(folder => folder is not ("Parsing" or "Diagnostics"))
            .SelectMany(Sources)
            .Where(file => File.ReadAllText(file).Contains("Microsoft.CodeAnalysis"))
            .Select(path => Path.GetFileName(path));
        Assert.Empty(strangers);
    }

    private static int Rank(string folder) => System.Array.FindIndex(Groups, group => group.Contains(folder));

    private static IEnumerable<string> Sources(string folder) =>
        Directory.GetFiles(Repository.Path("Cnn.Generator", folder), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> Used(string folder) => Sources(folder)
        .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"Cnn\.Generator\.([A-Z][A-Za-z]+)\b"))
        .Select(match => match.Groups[1].Value)
        .Where(name => Rank(name) >= 0)
        .Distinct();
}
