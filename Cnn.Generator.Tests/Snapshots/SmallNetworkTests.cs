using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Passes;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cnn.Generator.Tests.Snapshots;

/// <summary>One network small enough to be read as a whole, in the two forms that people look at.</summary>
public sealed class SmallNetworkTests
{
    private const string Source = """
        using Cnn;

        namespace Small;

        [Input(6, 6, 1)]
        [Conv(2, 3), Relu, MaxPool(2)]
        [Flatten]
        [Dense(3), Softmax]
        public partial class Tiny;
        """;

    private static readonly string[] Shown = ["Run", "TrainForward", "TrainForward0", "TrainBackward", "TrainBackward0", "Load8", "Conv1"];

    /// <summary>All members, the passes and the first kernel: the others are held by their results, and too long to be read.</summary>
    [Fact]
    public void The_generated_source_is_what_was_reviewed()
    {
        var root = Harness.Parse(Harness.Run(Source).Source).GetRoot();
        var kernels = root.DescendantNodes().OfType<ClassDeclarationSyntax>().Single(type => type.Identifier.Text == "NetCode");

        var others = kernels.Members.Where(member => member is MethodDeclarationSyntax method && !Shown.Contains(method.Identifier.Text));
        var shown = root.RemoveNodes(others, SyntaxRemoveOptions.KeepNoTrivia)!;

        TextSnapshot.Match(shown.ToFullString(), "Tiny.g.cs.snap");
    }

    [Fact]
    public void The_printed_network_is_what_was_reviewed()
    {
        var declared = Declarations.Network(Source);
        var fused = FuseEpilogue.Run(DropIdentity.Run(CommuteActivation.Run(declared, FusionRules.Inference)), FusionRules.Inference);

        TextSnapshot.Match("declared\n" + NetworkPrinter.Print(declared) + "fused\n" + NetworkPrinter.Print(fused), "Tiny.network.snap");
    }
}
