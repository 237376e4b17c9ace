using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>docs/common-mistakes.md: each mistake gives the message that stands there and no other, and what was meant compiles.</summary>
public partial class CommonMistakesTests
{
    public static TheoryData<string, string, string, string> Mistakes { get; } = Read();

    [Fact]
    public void There_are_ten() => Assert.Equal(10, Mistakes.Count);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_gets_its_message_and_is_mended_by_what_it_says(string title, string mistake, string message, string meant)
    {
        var reported = Assert.Single(await ProblemsAsync(mistake));
        Assert.True(message == reported.Id + ": " + reported.GetMessage(), title + ": " + reported);
        Assert.Empty(await ProblemsAsync(meant));
    }

    /// <summary>The diagnostics that a build shows: warnings and errors.</summary>
    private static async Task<Diagnostic[]> ProblemsAsync(string example)
    {
        var source = "using Cnn;\n" + example;
        var run = Harness.Run(source);
        var hints = run.Diagnostics.IsEmpty ? await Harness.HintsAsync(source) : [];
        return [.. run.Diagnostics.Concat(hints).Where(problem => problem.Severity >= DiagnosticSeverity.Warning)];
    }

    private static TheoryData<string, string, string, string> Read()
    {
        var mistakes = new TheoryData<string, string, string, string>();
        foreach (Match section in Section().Matches(File.ReadAllText(Repository.Path("docs", "common-mistakes.md"))))
            mistakes.Add(section.Groups["title"].Value, section.Groups["mistake"].Value, section.Groups["message"].Value, section.Groups["meant"].Value);
        return mistakes;
    }

    [GeneratedRegex(
        "## (?<title>[^\n]+)\n\n```csharp\n(?<mistake>.+?)```\n\n```text\n(?<message>[^\n]+)\n```\n\n.*?```csharp\n(?<meant>.+?)```",
        RegexOptions.Singleline)]
    private static partial Regex Section();
}
