using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>docs/pipeline.md says what the compiler does.</summary>
public sealed class PipelineDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.Path("docs", "pipeline.md"));

    [Fact]
    public void Its_table_lists_the_stages_in_their_order()
    {
        var table = Document[Document.IndexOf("| stage |", System.StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n\n", System.StringComparison.Ordinal)];
        var listed = table.Split('\n').Skip(2).Select(row => row.Split('|')[1].Trim());
        Assert.Equal(CompilerPipeline.Stages.Select(stage => stage.Name), listed);
    }

    [Fact]
    public void Every_kernel_and_type_that_it_names_exists()
    {
        var types = typeof(CompilerPipeline).Assembly.GetTypes().Concat(typeof(InputAttribute).Assembly.GetTypes())
            .Concat(typeof(Cnn.CodeFixes.RemedyFixProvider).Assembly.GetTypes())
            .Select(type => type.Name.Split('`')[0])
            .ToHashSet();
        var named = Regex.Matches(Document, "`([A-Z][A-Za-z0-9]+)`").Select(match => match.Groups[1].Value).Distinct();
        string[] elsewhere = ["Vector512", "Vector256", "Vector128", "IsNarrow", "IsWide", "AddSubtract", "HasWide", "Build", "ArenaBytes", "StackLimit", "Load", "Save", "CnnCheckMemory", "CnnSharedWork", "CnnWeights", "IndexWeights", "SourceLexer", "Pretrained", "LoadPretrained"];
        var unknown = named.Except(elsewhere).Except(types).ToArray();
        Assert.Empty(unknown);
    }
}
