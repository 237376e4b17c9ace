using System;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Tests.Support;
using CsCheck;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cnn.Generator.Tests.Infrastructure;

/// <summary>Identifiers and strings are written as Roslyn writes them, which the core of the compiler does without.</summary>
public sealed class CSharpTextTests
{
    [Fact]
    public void Every_keyword_and_no_other_word_gets_a_sign()
    {
        var words = Enum.GetValues<SyntaxKind>().Select(SyntaxFacts.GetText).Distinct().ToList();
        Assert.Contains("var", words);
        Assert.All(words, word => Assert.Equal(IsKeyword(word) ? "@" + word : word, CSharpText.Identifier(word)));
    }

    [Theory]
    [InlineData("conv1")]
    [InlineData("If")]
    [InlineData("dynamic")]
    [InlineData("__")]
    [InlineData("Größe")]
    public void What_is_no_keyword_stays_as_it_is(string name)
    {
        Assert.False(IsKeyword(name));
        Assert.Equal(name, CSharpText.Identifier(name));
    }

    [Fact]
    public void Every_character_is_written_as_in_Roslyn()
    {
        for (var code = 0; code <= char.MaxValue; code++)
            Check(((char)code).ToString());
        for (var code = char.MaxValue + 1; code <= 0x10FFFF; code += 7)
            Check(char.ConvertFromUtf32(code));
    }

    [Fact]
    public void Any_string_is_written_as_in_Roslyn() =>
        Gen.Frequency((3, Gen.Char[' ', '~']), (1, Gen.Char['\0', '\uffff']), (1, Gen.Char['\ud800', '\udfff'])).Array[0, 12]
            .Select(letters => new string(letters)).ForAll(Check, 2_000);

    private static bool IsKeyword(string word) =>
        SyntaxFacts.GetKeywordKind(word) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(word) != SyntaxKind.None;

    private static void Check(string text) => Assert.Equal(SymbolDisplay.FormatLiteral(text, quote: true), CSharpText.Literal(text));
}
