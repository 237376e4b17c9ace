using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Graph;

/// <summary>docs/graphs.md and the declarations of the README say what is true.</summary>
public partial class GraphsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.Path("docs", "graphs.md"));

    private static readonly string Readme = File.ReadAllText(Repository.Path("README.md"));

    public static TheoryData<string> Examples { get; } =
    [
        .. CodeBlock().Matches(Document).Select(match => match.Groups[1].Value),
        .. CodeBlock().Matches(Readme).Select(match => match.Groups[1].Value.Replace("using Cnn;", "", StringComparison.Ordinal))
            .Where(block => block.Contains("public partial class", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_compiles_without_a_word(string example)
    {
        Assert.Empty(Harness.Run("using Cnn;\n" + example).Problems);
    }

    [Fact]
    public void The_lengths_of_the_example_with_several_outputs_are_those_it_tells()
    {
        var shape = Shaped("TwoHeads");
        Assert.Equal(["colour", "features", "digit"], shape.Outputs);
        Assert.Equal(2 + 32 + 10, shape.Output!.Value.Length);
    }

    [Fact]
    public void The_nodes_of_the_small_residual_network_are_called_as_the_document_says()
    {
        var names = Shaped("SmallResNet").Nodes.Select(node => node.Name).ToList();
        Assert.Contains("layer1.0.body1.conv1", names);
        Assert.Contains("layer1.1.body1.bn2", names);
        Assert.Contains("layer2.0.down1.shortcut.conv1", names);
        Assert.Contains("layer2.1.widebody1.conv1", names);
        Assert.Contains("layer2.2.widebody1.conv2", names);
    }

    [Fact]
    public void The_parameters_of_the_network_named_after_PyTorch_are_called_as_the_document_says()
    {
        var names = Shaped("Named").Nodes.SelectMany(node => node.Layer.Parameters(node.Input).Select(spec => node.Name + "." + spec.Suffix)).ToList();
        Assert.Equal("conv1.weight", names[0]);
        Assert.Equal("bn1.weight", names[1]);
        Assert.Contains("layer1.0.conv1.weight", names);
        Assert.Contains("layer1.1.bn2.running_var", names);
        Assert.Contains("layer2.0.downsample.0.weight", names);
        Assert.Contains("layer2.0.downsample.1.running_mean", names);
        Assert.Equal("fc.bias", names[^1]);
    }

    [Fact]
    public void Every_link_leads_to_a_page()
    {
        var links = Link().Matches(Document).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(
            Rules.All.Any(rule => rule.Page == "docs/" + link), link + " is the page of no rule."));
    }

    private static Generator.ShapeInference.ShapedNodes Shaped(string name)
    {
        var example = CodeBlock().Matches(Document).Select(match => match.Groups[1].Value)
            .Single(text => text.Contains("class " + name + ";", StringComparison.Ordinal));
        var faults = new FaultList();
        var declaration = Declarations.Parse("using Cnn;\n" + example);
        return Generator.ShapeInference.ShapeWalk.Run(declaration, Generator.Layers.LayerBuilder.Build(declaration, faults), faults);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
