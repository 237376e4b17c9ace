using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Layers;
using Cnn.Generator.Tests.EndToEnd;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>All that the project has of its layers, as the search for a missing part sees it.</summary>
/// <param name="Types">The full names of the public types of the runtime.</param>
/// <param name="Pages">The pages, from the root of the repository.</param>
/// <param name="ReferenceTests">The sources of the tests of the references.</param>
/// <param name="Fixtures">The layers for which PyTorch has computed a case, in lower case.</param>
/// <param name="Drawn">The declarations that the tests of random networks draw.</param>
internal sealed record LayerEvidence(
    ImmutableHashSet<string> Types, ImmutableHashSet<string> Pages, string ReferenceTests, ImmutableHashSet<string> Fixtures, string Drawn)
{
    /// <summary>Reads the project.</summary>
    public static LayerEvidence OfProject() => new(
        [.. typeof(InputAttribute).Assembly.GetExportedTypes().Select(type => type.FullName!)],
        [.. Directory.GetFiles(Repository.Path("docs", "layers"), "*.md").Select(file => "docs/layers/" + Path.GetFileName(file))],
        string.Concat(Directory.GetFiles(Repository.Path("Cnn.Runtime.Tests", "Reference"), "*.cs").Select(File.ReadAllText)),
        [.. new[] { "layers", "windows", "units" }.SelectMany(OutputsOf)],
        string.Concat(Drawings().Select(architecture => architecture.Declaration("Network"))));

    /// <summary>The networks of the tests of random ones.</summary>
    private static IEnumerable<EndToEnd.Architecture> Drawings()
    {
        foreach (var seed in Enumerable.Range(1, RandomArchitectureTests.SeedCount))
        {
            foreach (var genes in RandomArchitectures.Draw((ulong)seed, RandomArchitectureTests.BatchSize))
                yield return genes.Express();
        }

        foreach (var seed in Enumerable.Range(1, RandomGraphTests.SeedCount))
        {
            foreach (var genes in RandomGraphs.Draw((ulong)seed, RandomGraphTests.BatchSize))
                yield return genes.Express();
        }
    }

    /// <summary>The layers with the output of a case: <c>leaky_relu.default.output</c> is one of <c>leakyrelu</c>.</summary>
    private static IEnumerable<string> OutputsOf(string file) =>
        from name in FixtureFile.Open(file).Tensors.Keys
        where name.EndsWith(".output", StringComparison.Ordinal)
        select name.Split('.')[0].Replace("_", "");
}

/// <summary>A part that every layer has.</summary>
/// <param name="What">Its description.</param>
/// <param name="IsThere">Whether it is there.</param>
/// <param name="Without">The same project where it was deleted.</param>
internal sealed record LayerPart(
    Func<CatalogRow, string> What, Func<CatalogRow, LayerEvidence, bool> IsThere, Func<CatalogRow, LayerEvidence, LayerEvidence> Without)
{
    /// <summary>Gets all parts that are found by names.</summary>
    public static ImmutableArray<LayerPart> All { get; } =
    [
        new(
            row => $"the attribute {row.MetadataName} in Cnn.Runtime/Declaration",
            (row, project) => project.Types.Contains(row.MetadataName),
            (row, project) => project with { Types = project.Types.Remove(row.MetadataName) }),
        new(
            row => $"Cnn.Runtime/Reference/{Reference(row)}.cs",
            (row, project) => project.Types.Contains("Cnn.Reference." + Reference(row)),
            (row, project) => project with { Types = project.Types.Remove("Cnn.Reference." + Reference(row)) }),
        new(
            row => row.Page,
            (row, project) => project.Pages.Contains(row.Page),
            (row, project) => project with { Pages = project.Pages.Remove(row.Page) }),
        new(
            row => $"a test of the reference {Reference(row)}",
            (row, project) => Tests(row).IsMatch(project.ReferenceTests),
            (row, project) => project with { ReferenceTests = Tests(row).Replace(project.ReferenceTests, "Deleted") }),
        new(
            row => $"a PyTorch fixture {row.Kind.ToLowerInvariant()}.*.output, made by fixtures/make_layers.py",
            (row, project) => project.Fixtures.Contains(row.Kind.ToLowerInvariant()),
            (row, project) => project with { Fixtures = project.Fixtures.Remove(row.Kind.ToLowerInvariant()) }),
        new(
            row => $"[{row.Kind}] in the random graphs of Cnn.Generator.Tests/EndToEnd",
            (row, project) => Attribute(row).IsMatch(project.Drawn),
            (row, project) => project with { Drawn = Attribute(row).Replace(project.Drawn, "[Cnn.Deleted") }),
    ];

    /// <summary>The parts that a layer lacks.</summary>
    public static string[] Missing(CatalogRow row, LayerEvidence project) =>
        [.. All.Where(part => !part.IsThere(row, project)).Select(part => part.What(row))];

    private static string Reference(CatalogRow row) => row.Kind switch
    {
        "Conv" or "DepthwiseConv" => "Convolution",
        "GlobalAvgPool" => "GlobalAveragePooling",
        "GlobalMaxPool" => "GlobalMaxPooling",
        "AdaptiveAvgPool" => "AdaptiveAveragePooling",
        "MaxPool" => "MaxPooling",
        "AvgPool" => "AveragePooling",
        _ => row.Kind,
    };

    /// <summary>The uses of a reference: as a layer of a network, or of its methods, unless other kinds have the same.</summary>
    private static Regex Tests(CatalogRow row)
    {
        var isShared = LayerCatalog.Rows.Count(other => Reference(other) == Reference(row)) > 1;
        return new Regex($@"\b(ReferenceLayer\.|new ){row.Kind}\b" + (isShared ? "" : $@"|(?<![\w.]){Reference(row)}\.(Forward|Backward)\b"));
    }

    private static Regex Attribute(CatalogRow row) => new($@"\[Cnn\.{row.Kind}\b");
}
