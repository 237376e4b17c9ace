using System.Linq;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Each error: its id, the stretch it underlines, its words, and that nothing else is reported.</summary>
public class ErrorTests
{
    /// <summary>Uses every member, so that an error which follows from the declaration's would show.</summary>
    private const string Use = """

        public static class Use
        {
            public static int All(System.ReadOnlySpan<float> image)
            {
                var net = new Net(seed: 1);
                System.Span<float> output = stackalloc float[Net.OutputLength];
                net.Forward(image, output);
                net.ForwardBatch(inputs: image, outputs: output, threads: 2);
                net.Save("net.safetensors");
                var copy = Net.Load("net.safetensors");
                System.Console.WriteLine(Net.Summary);
                return copy.Predict(image) + new Net().Predict(image) + (Net.InputLength / Net.OutputLength) + Net.ParameterCount
                    + (int)(Net.MultiplyAdds / Net.ArenaBytes) + Count<Net>();
            }

            private static int Count<TNetwork>() where TNetwork : class, Cnn.INetwork<TNetwork> => TNetwork.InputLength;
        }
        """;

    [Theory]
    [MemberData(nameof(ErrorCases.OfDeclarations), MemberType = typeof(ErrorCases))]
    [MemberData(nameof(ErrorCases.OfArguments), MemberType = typeof(ErrorCases))]
    [MemberData(nameof(ErrorCases.OfShapes), MemberType = typeof(ErrorCases))]
    [MemberData(nameof(ErrorCases.OfGraphs), MemberType = typeof(ErrorCases))]
    [MemberData(nameof(ErrorCases.OfBlocks), MemberType = typeof(ErrorCases))]
    public void A_faulty_declaration_gets_this_error_at_this_place_and_within_a_block_also_there_and_no_other(string id, string declaration, string message)
    {
        var marked = new MarkedSource("using Cnn;\n\n" + declaration + Use);
        var run = Harness.Run(marked.Text);
        Assert.Equal(marked.InBlock is null ? 1 : 2, run.Diagnostics.Length);
        if (marked.InBlock is var (start, length))
        {
            var again = run.Diagnostics[1];
            Assert.Equal((id, message), (again.Id, again.GetMessage()));
            Assert.Equal(new TextSpan(start, length), again.Location.SourceSpan);
        }

        var error = run.Diagnostics[0];
        Assert.Equal(id, error.Id);
        Assert.Equal(message, error.GetMessage());
        Assert.Equal("Network.cs", error.Location.GetLineSpan().Path);
        Assert.Equal(marked.Marked, marked.Text.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length));
        Assert.Equal(marked.Start, error.Location.SourceSpan.Start);
        Assert.Equal(
            SourceText.From(marked.Text).Lines.GetLinePosition(marked.Start),
            error.Location.GetLineSpan().StartLinePosition);
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [MemberData(nameof(ErrorCases.OfTypes), MemberType = typeof(ErrorCases))]
    public void A_faulty_class_gets_this_error_at_this_place_and_no_other(string id, string declaration, string message)
    {
        var marked = new MarkedSource("using Cnn;\n\n" + declaration);
        var run = Harness.Run(marked.Text);
        var error = Assert.Single(run.Diagnostics);
        Assert.Equal(id, error.Id);
        Assert.Equal(message, error.GetMessage());
        Assert.Equal(marked.Marked, marked.Text.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length));
        Assert.Equal(marked.Start, error.Location.SourceSpan.Start);
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [MemberData(nameof(ErrorCases.OfWeights), MemberType = typeof(ErrorCases))]
    public void Weights_that_do_not_fit_get_this_error_at_this_place_and_no_other(string id, string declaration, string files, string message)
    {
        const string use = "\npublic static class Use { public static Net Get() => Net.Pretrained ?? Net.LoadPretrained(); }";
        var isNetwork = declaration.Contains(" Net;", System.StringComparison.Ordinal);
        var marked = new MarkedSource("using Cnn;\n\n" + declaration + (isNetwork ? Use + use.Replace("Use", "Pretrained") : ""));
        var run = Harness.Run(Harness.Compilation(true, Harness.Parse(marked.Text)), weights: WeightsText.Of(files));
        var error = Assert.Single(run.Diagnostics);
        Assert.Equal(id, error.Id);
        Assert.Equal(message, error.GetMessage());
        Assert.Equal(marked.Marked, marked.Text.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length));
        Assert.Equal(marked.Start, error.Location.SourceSpan.Start);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void Every_error_but_the_internal_one_has_a_case()
    {
        var cased = ErrorCases.OfDeclarations.Concat(ErrorCases.OfArguments).Concat(ErrorCases.OfShapes).Concat(ErrorCases.OfTypes)
            .Concat(ErrorCases.OfGraphs).Concat(ErrorCases.OfBlocks).Concat(ErrorCases.OfWeights)
            .Select(row => (string)row[0])
            .Append(BudgetTests.Id)
            .Concat([ClassFormTests.LanguageId, ClassFormTests.NamespaceId])
            .ToHashSet();
        var errors = Generator.Diagnostics.Rules.All.Except(Generator.Diagnostics.Rules.Hints).Select(rule => rule.Id);
        Assert.Equal(["CNN0900"], errors.Where(id => !cased.Contains(id)));
    }
}
