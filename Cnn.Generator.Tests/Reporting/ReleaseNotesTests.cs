using System.IO;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Reporting;

/// <summary>
/// The release notes hold every rule as it is, and none that is gone. Microsoft's analyzer sees no descriptor with a constant id here, so
/// this holds them to the rules.
/// </summary>
public sealed class ReleaseNotesTests
{
    private const string Header = "Rule ID | Category | Severity | Notes\n--------|----------|----------|-------\n";

    private const string RowOfOne = "CNN0001 | Cnn | Error | One\n";

    private const string RowOfTwo = "CNN0002 | Cnn | Info | Two\n";

    private static readonly Rule[] Two = [new("CNN0001", Severity.Error, "One", "{0}"), new("CNN0002", Severity.Info, "Two", "{0}")];

    private static string Shipped => File.ReadAllText(Repository.Path("Cnn.Generator", "AnalyzerReleases.Shipped.md"));

    private static string Unshipped => File.ReadAllText(Repository.Path("Cnn.Generator", "AnalyzerReleases.Unshipped.md"));

    [Fact]
    public void They_hold_every_rule_as_it_is() => Assert.Empty(ReleaseNotes.Faults(Shipped, Unshipped, Rules.All));

    [Fact]
    public void A_rule_without_its_row_is_found()
    {
        foreach (var rule in Rules.All)
        {
            var row = $"{rule.Id} | {rule.Category} | {rule.Severity} | {rule.Title}\n";
            Assert.Equal([rule.Id + " has no row"], ReleaseNotes.Faults(Shipped.Replace(row, ""), Unshipped.Replace(row, ""), Rules.All));
        }
    }

    [Theory]
    [InlineData(RowOfOne + RowOfTwo)]
    [InlineData(RowOfTwo + RowOfOne)]
    public void Rows_as_the_rules_are_are_right(string rows) => Assert.Empty(ReleaseNotes.Faults("", "### New Rules\n\n" + Header + rows, Two));

    [Theory]
    [InlineData(RowOfOne, "CNN0002 has no row")]
    [InlineData(RowOfOne + "CNN0002 | Cnn | Warning | Two\n", "CNN0002 is Cnn | Info | Two, but its row says Cnn | Warning | Two")]
    [InlineData(RowOfOne + "CNN0002 | Cnn | Info | 2\n", "CNN0002 is Cnn | Info | Two, but its row says Cnn | Info | 2")]
    [InlineData(RowOfOne + "CNN0002 | Nnc | Info | Two\n", "CNN0002 is Cnn | Info | Two, but its row says Nnc | Info | Two")]
    [InlineData(RowOfOne + RowOfTwo + "CNN0003 | Cnn | Info | Three\n", "CNN0003 is no rule")]
    [InlineData(RowOfOne + RowOfOne + RowOfTwo, "out of place: CNN0001 | Cnn | Error | One")]
    [InlineData(RowOfOne + RowOfTwo + "something\n", "out of place: something")]
    public void A_row_that_is_wrong_is_found(string rows, string fault) =>
        Assert.Equal([fault], ReleaseNotes.Faults("", "### New Rules\n\n" + Header + rows, Two));

    [Fact]
    public void A_row_before_the_first_section_is_found() =>
        Assert.Contains("out of place: CNN0001 | Cnn | Error | One", ReleaseNotes.Faults("", "CNN0001 | Cnn | Error | One\n", Two));

    [Theory]
    [InlineData("### Changed Rules\nCNN0001 | Cnn | Error | Cnn | Warning | One\n", true)]
    [InlineData("### Changed Rules\nCNN0001 | Cnn | Error | Cnn | Info | One\n", false)]
    [InlineData("### Removed Rules\nCNN0003 | Cnn | Info | Three\n### Changed Rules\nCNN0001 | Cnn | Error | Cnn | Warning | One\n", false)]
    [InlineData("", false)]
    public void A_later_release_changes_what_an_earlier_one_has(string later, bool isRight)
    {
        const string shipped = "## Release 1.0\n### New Rules\nCNN0001 | Cnn | Warning | One\nCNN0002 | Cnn | Info | Two\n";
        Assert.Equal(isRight, !ReleaseNotes.Faults(shipped, later, Two).Any());
    }

    [Fact]
    public void An_id_is_not_used_again()
    {
        const string shipped = "## Release 1.0\n### New Rules\nCNN0001 | Cnn | Error | One\nCNN0002 | Cnn | Error | Other\n";
        const string later = "### Removed Rules\nCNN0002 | Cnn | Error | Other\n### New Rules\nCNN0002 | Cnn | Info | Two\n";
        Assert.Equal(["out of place: CNN0002 | Cnn | Info | Two", "CNN0002 has no row"], ReleaseNotes.Faults(shipped, later, Two));
    }
}
