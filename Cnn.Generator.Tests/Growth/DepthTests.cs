using System;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Parsing;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Growth;

/// <summary>Nothing recurses as deep as a declaration says: a stack that overflows ends the editor.</summary>
public sealed class DepthTests
{
    /// <summary>A sixth of the stack of an editor's threads in .NET, so that one frame per layer shows at 4,000 layers.</summary>
    private const int SmallStack = 256 * 1024;

    [Fact]
    public void Blocks_may_stand_within_each_other_as_deep_as_is_allowed()
    {
        var run = Harness.Run(Nested(StructuralAttributes.MostDepth));
        Assert.Empty(run.Problems);
    }

    [Theory]
    [InlineData(StructuralAttributes.MostDepth + 1)]
    [InlineData(StructuralAttributes.MostDepth + 50)]
    public void Blocks_that_are_nested_too_deep_are_refused_where_the_limit_is(int depth)
    {
        var run = Harness.Run(Nested(depth));
        var error = Assert.Single(run.Diagnostics, diagnostic => diagnostic.Location.SourceSpan.Start < 100);
        Assert.Equal(Rules.NotABlock.Id, error.Id);
        Assert.EndsWith(
            "B32 stands within 32 other blocks, the most that are allowed; put its layers on one of them",
            error.GetMessage(),
            StringComparison.Ordinal);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void A_chain_of_a_thousand_blocks_needs_no_deep_stack()
    {
        // The C# compiler has bound the attributes before; what is left is ours.
        var compilation = Harness.Compilation(true, Harness.Parse(Nested(1000)));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error
            && diagnostic.Id != "CS0535"));
        var network = compilation.GetTypeByMetadataName("Net")!;
        var (declaration, again) = OnSmallStack(() => (Read(), Read()));
        Assert.True(OnSmallStack(() => declaration.Equals(again) && declaration.GetHashCode() == again.GetHashCode()));
        Assert.NotEmpty(OnSmallStack(() => CompilerPipeline.Compile(declaration, CancellationToken.None)).Errors);

        NetworkDeclaration Read() => DeclarationParser.Parse(network, null, lookForMembers: true, CancellationToken.None)!.Declaration;
    }

    [Theory]
    [InlineData("Relu")]
    [InlineData("Sigmoid")]
    [InlineData("Dropout(0.5)")]
    [InlineData("MaxPool(3, Stride = 1, Padding = 1)")]
    [InlineData("Concat(\"input\")")]
    [InlineData("Add(\"input\")")]
    [InlineData("Conv(1, 1)")]
    [InlineData("Reshape(4, 4, 1)")]
    public void A_network_of_four_thousand_layers_needs_no_deep_stack(string layer)
    {
        var grows = layer.StartsWith("Concat", StringComparison.Ordinal);
        var layers = string.Concat(Enumerable.Repeat($"[{layer}]\n", grows ? 1000 : 4000));
        var declaration = Declarations.Parse($"using Cnn; [Input(4, 4, 1)]\n{layers}public partial class Net;");
        var result = OnSmallStack(() => CompilerPipeline.Compile(declaration, CancellationToken.None));
        Assert.Empty(result.Errors);
    }

    private static string Nested(int depth)
    {
        var blocks = Enumerable.Range(0, depth).Select(i => i == depth - 1
            ? $"[Conv(4, 1)] class B{i};"
            : $"[Residual(typeof(B{i + 1}))] class B{i};");
        return "using Cnn; [Input(8, 8, 4), Residual(typeof(B0))] public partial class Net;\n" + string.Join("\n", blocks);
    }

    private static T OnSmallStack<T>(Func<T> function)
    {
        T? result = default;
        Exception? exception = null;
        var thread = new Thread(() => exception = Record.Exception(() => { result = function(); }), SmallStack);
        thread.Start();
        thread.Join();
        return exception is null ? result! : throw new InvalidOperationException("on a small stack", exception);
    }
}
