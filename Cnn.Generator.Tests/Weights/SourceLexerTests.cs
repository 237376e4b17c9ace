extern alias build;

using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using SourceLexer = build::Cnn.Build.SourceLexer;
using TokenKind = build::Cnn.Build.SourceTokenKind;

namespace Cnn.Generator.Tests.Weights;

/// <summary>The build's lexer beside the compiler's.</summary>
public sealed class SourceLexerTests
{
    /// <summary>Tokens, whole and each valid by itself.</summary>
    private static readonly string[] Pieces =
    [
        "\"\"", "\"a\"", "\"\\\"\"", "\"\\\\\"", "\"//\"", "\"/*\"", "\"\\u0041\\x42\\U00000043\\n\\e\"", "\"'\"", "\"{\"", "\"é\\t\"u8",
        "@\"\"", "@\"C:\\\"", "@\"a\"\"b\"", "@\"line\nline\"", "@\"//\"",
        "\"\"\"a\"\"\"", "\"\"\" \" \"\" \"\"\"", "\"\"\"\"a\"\"\"b\"\"\"\"", "\"\"\"\n    a\n\n      b\n    \"\"\"", "\"\"\"\n\"\"\n  /* \" //\n\"\"\"",
        "$\"\"", "$\"a\"", "$\"{1}\"", "$\"{{}}\"", "$\"{a}{b}\"", "$\"{\"x\"}\"", "$\"{$\"{$\"{c}\"}\"}\"", "$\"{(d ? e : f)}\"", "$\"{g:N2}\"", "$\"{h,5:x}\"",
        "$\"{new[] { 1, 2 }[0]}\"", "$\"{i /* } */}\"", "$\"{'}'}\"", "$\"\\\"{j}\\\"\"", "$\"{\n  k // }\n  }\"",
        "$@\"\"\"{l}\"\"\"", "@$\"{m}\\\"", "$@\"a\n{n}\nb\"", "$@\"{@\"\"\"}\"\"\"}\"",
        "$\"\"\"{o}\"\"\"", "$\"\"\" \" {p} \"\" \"\"\"", "$$\"\"\"{q} {{r}} }\"\"\"", "$$\"\"\"{{{s}}}\"\"\"", "$\"\"\"\n    {t}\n    \" u\n    \"\"\"",
        "'a'", "'\"'", "'\\''", "'\\\\'", "'\\u0022'", "1", "1.5e-3f", "0x1F", "1_000", ".5", "1..2",
        "name", "@class", "_x1", "n\\u0061me", "größe", "class", "using", "+", "=>", "(", ")", "[", "]", "{", "}", ";", "::", "?", "<", "@_",
        "// \"\n", "// it's\n", "/* \" */", "/* ' // */", "/**/", "\n#region \" it's\n", "\n#endregion\n", "\n  #pragma warning disable \"\n", "\n#nullable enable // \"\n",
    ];

    [Fact]
    public void Valid_sources_give_the_strings_and_names_that_the_compiler_sees() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 30].ForAll(
            chosen =>
            {
                var source = string.Join(' ', chosen.Select(index => Pieces[index]));
                Assert.Equal(OfCompiler(source), OfBuild(source));
            },
            cases: 5_000);

    [Fact]
    public void Each_piece_gives_the_strings_and_names_that_the_compiler_sees()
    {
        foreach (var piece in Pieces)
            Assert.Equal((piece, string.Join('|', OfCompiler(piece))), (piece, string.Join('|', OfBuild(piece))));
    }

    [Fact]
    public void Generated_code_is_read_as_the_compiler_reads_it()
    {
        var source = Harness.Run("using Cnn; [Input(8, 8, 3), Conv(4, 3), Relu, Flatten, Dense(10)] public partial class Net;").Source;
        Assert.Equal(OfCompiler(source), OfBuild(source));
    }

    [Fact]
    public void Any_text_is_read_to_its_end()
    {
        string[] parts = ["\"", "\"\"\"", "'", "\\", "$", "@", "{", "}", "{{", ":", "/*", "*/", "//", "\n", "#if", " ", "a", "\\u", "\\U0000", "(", ")", "[Weights(", "\u202E", "\ud800"];
        Gen.Int[0, parts.Length - 1].Array[0, 60].ForAll(
            chosen => Assert.NotNull(SourceLexer.Tokens(string.Concat(chosen.Select(index => parts[index])))),
            cases: 5_000);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("$\"{")]
    [InlineData("$$$")]
    [InlineData("[Weights(\"")]
    [InlineData("[Weights(")]
    [InlineData("\"\"\"\n\"")]
    public void Text_that_never_closes_what_it_opens_is_read_to_its_end_however_long_it_is(string piece) =>
        Assert.NotNull(new build::Cnn.Build.NamedWeights([string.Concat(Enumerable.Repeat(piece, 100_000))]).Paths);

    /// <summary>The decoded strings and the names, in order; texts of interpolated strings are left to the test that decodes them.</summary>
    private static List<string> OfBuild(string source) =>
    [
        .. SourceLexer.Tokens(source)
            .Where(token => token.Kind is TokenKind.Identifier or TokenKind.Text)
            .Select(token => $"{token.Kind}: {token.Text}"),
    ];

    private static List<string> OfCompiler(string source)
    {
        var tokens = new List<string>();
        foreach (var token in SyntaxFactory.ParseTokens(source, options: new CSharpParseOptions(LanguageVersion.Preview)))
            Add(token, tokens);
        return tokens;
    }

    private static void Add(SyntaxToken token, List<string> tokens)
    {
        switch (token.Kind())
        {
            case SyntaxKind.InterpolatedStringToken:
                // The lexer gives an interpolated string as one token; the parser cuts it.
                var parsed = SyntaxFactory.ParseExpression(token.Text, options: new CSharpParseOptions(LanguageVersion.Preview));
                foreach (var inner in parsed.DescendantTokens())
                {
                    if (inner.Kind() is not (SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringToken))
                        Add(inner, tokens);
                }

                break;

            case SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken:
                tokens.Add($"Text: {token.Value}");
                if (token.IsKind(SyntaxKind.Utf8StringLiteralToken))
                    tokens.Add("Identifier: u8");
                break;

            case SyntaxKind.IdentifierToken:
                tokens.Add($"Identifier: {token.ValueText}");
                break;

            default:
                if (SyntaxFacts.IsKeywordKind(token.Kind()))
                    tokens.Add($"Identifier: {token.ValueText}");
                break;
        }
    }
}
