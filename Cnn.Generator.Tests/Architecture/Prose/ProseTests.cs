using System.Linq;
using Xunit;

namespace Cnn.Generator.Tests.Architecture.Prose;

/// <summary>The English of the documents and of the comments keeps the rules of CONTRIBUTING.md.</summary>
public sealed class ProseTests
{
    public static TheoryData<string> Documents { get; } = [.. ProseFiles.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_keeps_the_rules(string file)
    {
        var faults = MarkdownProse.Sentences(ProseFiles.Read(file))
            .SelectMany(sentence => ProseRules.OfDocument(sentence).Select(fault => Text(file, sentence, fault)));
        Assert.True(!faults.Any(), string.Join('\n', faults));
    }

    [Fact]
    public void The_comments_keep_the_rules()
    {
        var faults = ProseFiles.Sources
            .SelectMany(file => CommentProse.Sentences(ProseFiles.Read(file)).Select(sentence => (file, sentence)))
            .SelectMany(found => ProseRules.OfComment(found.sentence).Select(fault => Text(found.file, found.sentence, fault)))
            .ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string Text(string file, Sentence sentence, string fault) => $"{file}({sentence.Line}): {fault}: {sentence.Text}";
}
