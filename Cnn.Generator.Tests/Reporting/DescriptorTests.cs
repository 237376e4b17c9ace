using System.Linq;
using Cnn.Generator.Analysis;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Reporting;

/// <summary>Roslyn gets each rule as it is.</summary>
public sealed class DescriptorTests
{
    public static TheoryData<string> Ids => [.. Rules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_descriptor_says_what_its_rule_says(string id)
    {
        var rule = Rules.Get(id);
        var descriptor = Descriptors.Of(rule);
        Assert.Equal(
            (rule.Id, rule.Title, rule.MessageFormat, rule.Category, rule.Severity.ToString(), rule.Page),
            (descriptor.Id, descriptor.Title.ToString(), descriptor.MessageFormat.ToString(), descriptor.Category,
                descriptor.DefaultSeverity.ToString(), descriptor.HelpLinkUri));
        Assert.True(descriptor.IsEnabledByDefault);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Errors_alone_are_not_configurable(string id) => Assert.Equal(
        Rules.Get(id).Severity == Severity.Error,
        Descriptors.Of(Rules.Get(id)).CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));

    [Fact]
    public void What_a_compilation_must_end_for_is_marked() => Assert.Equal(
        [Rules.NotOptimized.Id],
        Descriptors.All.Where(rule => rule.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd)).Select(rule => rule.Id));

    [Fact]
    public void The_analyzer_supports_every_rule() =>
        Assert.Equal(Rules.All.Select(rule => rule.Id), new NetworkAnalyzer().SupportedDiagnostics.Select(rule => rule.Id));
}
