using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Every rule is in the table once and has a page that is true.</summary>
public partial class RuleTests
{
    public static TheoryData<string> Ids { get; } = [.. Rules.All.Select(rule => rule.Id)];

    [Fact]
    public void The_table_holds_every_rule_once()
    {
        var fields = typeof(Rules).GetFields()
            .Where(field => field.FieldType == typeof(Rule))
            .Select(field => (Rule)field.GetValue(null)!)
            .ToList();
        Assert.Equal(fields.Select(rule => rule.Id).Order(), Rules.All.Select(rule => rule.Id).Order());
        Assert.Equal(fields.Count, fields.Select(rule => rule.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_links_to_its_page(string id)
    {
        Assert.Equal("docs/diagnostics/" + id + ".md", Rules.Get(id).Page);
        Assert.True(File.Exists(Page(id)), "docs/diagnostics has no page " + id + ".md.");
        var index = File.ReadAllText(Repository.Path("docs", "diagnostics", "README.md"));
        Assert.Contains($"[{id}]({id}.md) | {Rules.Get(id).Severity} | {Rules.Get(id).Title}", index, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_begins_with_the_rule_and_says_why_and_how_to_fix_it(string id)
    {
        var page = File.ReadAllText(Page(id));
        Assert.StartsWith($"# {id}: {Rules.Get(id).Title}\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Why\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Fix\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_example_of_a_page_yields_its_rule_at_the_stretch_marked_and_the_message_shown(string id)
    {
        // No declaration makes the compiler fail; its own test injects a failure.
        if (id == Rules.InternalError.Id)
            return;
        var page = File.ReadAllText(Page(id));
        const string first = "using Cnn;\n";
        var code = first + CodeBlock().Match(page).Groups[1].Value;
        var shown = MarkedBlock().Match(page);
        Assert.True(shown.Success, "The page of " + id + " does not show the line, the carets below it, and the message.");
        var isDebug = id == Rules.NotOptimized.Id;
        var version = id == Rules.LanguageTooOld.Id ? LanguageVersion.CSharp11 : LanguageVersion.Latest;
        var run = Harness.Run(Harness.Compilation(true, Harness.Parse(code, version: version)), weights: WeightsText.OfPage(page, 0));
        Diagnostic[] reported = [.. run.Diagnostics, .. await Harness.HintsAsync(code, optimize: !isDebug, version: version)];
        var only = Assert.Single(reported);
        Assert.Equal(id, only.Id);
        Assert.Equal(WithoutArena(shown.Groups["message"].Value), WithoutArena(only.GetMessage()));
        var line = code.IndexOf("\n" + shown.Groups["line"].Value + "\n", StringComparison.Ordinal) + 1;
        Assert.True(line > 0, "The line that the page marks is not in its code.");
        Assert.Equal(line + shown.Groups["before"].Length, only.Location.SourceSpan.Start);
        Assert.Equal(shown.Groups["carets"].Length, only.Location.SourceSpan.Length);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_fix_of_a_page_compiles_without_a_word(string id)
    {
        var page = File.ReadAllText(Page(id));
        var blocks = CodeBlock().Matches(page);
        if (id is "CNN0052" or "CNN0053" or "CNN0900")
        {
            Assert.True(blocks.Count <= 1);
            return;
        }

        var code = "using Cnn;\n" + blocks[1].Groups[1].Value;
        Assert.Empty(Harness.Run(Harness.Compilation(true, Harness.Parse(code)), weights: WeightsText.OfPage(page, 1)).Problems);
        Assert.Empty(await Harness.HintsAsync(code));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_index_tells_which_rules_have_a_code_fix(string id)
    {
        var index = File.ReadAllText(Repository.Path("docs", "diagnostics", "README.md"));
        var isFixable = new Cnn.CodeFixes.RemedyFixProvider().FixableDiagnosticIds.Contains(id);
        var row = $"[{id}]({id}.md) | {Rules.Get(id).Severity} | {Rules.Get(id).Title} |";
        Assert.Contains("\n" + row + (isFixable ? " yes\n" : "\n"), index, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_texts_are_one_sentence_each_without_a_stop(string id)
    {
        var rule = Rules.Get(id);
        Assert.Matches("^CNN[0-9]{4}$", rule.Id);
        Assert.All([rule.Title, rule.MessageFormat], text =>
        {
            Assert.DoesNotContain('\n', text);
            Assert.Equal(text.Trim(), text);
            Assert.False(text.EndsWith('.'));
            Assert.NotEmpty(text);
        });
    }

    private static string Page(string id) => Repository.Path("docs", "diagnostics", id + ".md");

    /// <summary>How many bytes an arena takes is the planner's to improve; the page need not follow.</summary>
    private static string WithoutArena(string message) => Arena().Replace(message, "arena of N bytes");

    [GeneratedRegex("arena of [0-9,]+ bytes")]
    private static partial Regex Arena();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    /// <summary>A line of the code, carets below what is underlined, the message.</summary>
    [GeneratedRegex("```text\n(?<line>.*)\n(?<before> *)(?<carets>\\^+)\n(?<message>.*)\n```")]
    private static partial Regex MarkedBlock();
}
