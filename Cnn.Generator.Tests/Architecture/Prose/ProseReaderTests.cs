using System.Linq;
using Xunit;

namespace Cnn.Generator.Tests.Architecture.Prose;

/// <summary>The readers of prose find the sentences, and the rules find what breaks them.</summary>
public sealed class ProseReaderTests
{
    [Fact]
    public void A_paragraph_is_split_at_the_ends_of_its_sentences_alone()
    {
        Assert.Equal(
            ["It takes 1.3 MB (e.g. Debian's).", "CODE is CODE?", "It is, ..., one.", "\"So\" it is."],
            MarkdownProse.Sentences("It takes 1.3 MB\n(e.g. Debian's). `Conv.cs` is `x. Y`? It is, ..., one. \"So\" it\nis.").Select(sentence => sentence.Text));
    }

    [Fact]
    public void A_document_is_read_without_code_tables_headings_and_quotations()
    {
        const string document = """
            # What is not read

            First [line](https://example.org/a.b).
            - **Label**: item one
              goes on.
            - Item two.

            ```text
            Where code stands.
            ```

            | What | Of |
            |---|---|
            | Where | rows |

            Id | Title
            ---|------
            [A](a.md) | Dropout behind

            > Where others speak.

            1. Last ![picture](x.png).
            """;
        Assert.Equal(
            [(3, "First line."), (4, "item one goes on."), (6, "Item two."), (22, "Last .")],
            MarkdownProse.Sentences(document).Select(sentence => (sentence.Line, sentence.Text)));
    }

    [Fact]
    public void Comments_are_read_by_blocks_and_text_in_strings_is_not()
    {
        const string source = """
            /// <summary>One <see cref="A"/> here.
            /// Two.</summary>
            /// <param name="x">Three.</param>
            /// <remarks>Four <para>five</para> six.</remarks>
            class A
            {
                // Seven
                // goes on.
                int number;

                string text = "// not read"; // Eight.

                // Nine.
            }
            """;
        Assert.Equal(
            ["One CODE here.", "Two.", "Three.", "Four", "five", "six.", "Seven goes on.", "Eight.", "Nine."],
            CommentProse.Sentences(source).Select(sentence => sentence.Text));
    }

    [Theory]
    [InlineData("An exchange stands behind each phase.", "behind")]
    [InlineData("Pooling stands in front of the layer.", "in front of")]
    [InlineData("It reads every so manieth row.", "manieth")]
    [InlineData("Takes so many floats.", "so many")]
    [InlineData("It is numbered among its like.", "its like")]
    [InlineData("A block needs not be partial.", "needs not")]
    [InlineData("The code has to do with 128 bits.", "has to do with")]
    [InlineData("There is one call a layer.", "one call a layer")]
    [InlineData("It runs three times a step.", "three times a step")]
    [InlineData("The multiply-adds a second that it does.", "adds a second")]
    [InlineData("16 / 3 leaves a rest of 1.", "leaves a rest")]
    [InlineData("The floats from one row to the next.", "from one row to the next")]
    public void A_word_of_the_list_is_found(string sentence, string word)
    {
        var fault = Assert.Single(ProseRules.OfComment(new Sentence(1, sentence)));
        Assert.StartsWith("\"" + word + "\":", fault, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Where it is large, it is slow.")]
    [InlineData("What a kernel reads.")]
    [InlineData("(Of all, one.)")]
    public void An_opening_without_a_noun_is_found(string sentence)
        => Assert.Contains("begins with", Assert.Single(ProseRules.OfComment(new Sentence(1, sentence))), System.StringComparison.Ordinal);

    [Theory]
    [InlineData("What does it cost?")]
    [InlineData("The rest of the network is one call per layer, of which a layer is a part.")]
    [InlineData("Offers whatever is wanted, often.")]
    [InlineData("It adds a layer, and the elements of a channel in one that a thread makes.")]
    public void Other_sentences_pass(string sentence) => Assert.Empty(ProseRules.OfDocument(new Sentence(1, sentence)));

    [Fact]
    public void A_sentence_of_a_document_has_at_most_25_words()
    {
        var longest = string.Join(' ', Enumerable.Repeat("word", ProseRules.MaxWords)) + " = ...";
        Assert.Empty(ProseRules.OfDocument(new Sentence(1, longest)));
        var fault = Assert.Single(ProseRules.OfDocument(new Sentence(1, "One " + longest)));
        Assert.Equal("26 words, at most 25", fault);
        Assert.Empty(ProseRules.OfComment(new Sentence(1, "One " + longest)));
    }
}
