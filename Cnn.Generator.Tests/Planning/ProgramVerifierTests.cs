using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Tests.EndToEnd;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Planning;

/// <summary>The programs that the compiler makes read and write what they may, and nothing else.</summary>
public sealed class ProgramVerifierTests
{
    private const int BatchSize = 25;

    public static TheoryData<string> Zoo => [.. CheckedPrograms.Zoo];

    [Theory]
    [MemberData(nameof(Zoo))]
    public void Programs_of_the_zoo_have_no_fault(string name) => Assert.All(
        new[] { false, true }, isPlanar => Assert.Empty(CompilerPipeline.ProgramFaults(CheckedPrograms.OfZoo(name, isPlanar))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Programs_of_random_graphs_have_no_fault(int seed) =>
        CheckAll(RandomGraphs.Draw((ulong)(1000 + seed), BatchSize).Select(genes => genes.Express()), seed % 2 == 0);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Programs_of_random_chains_have_no_fault(int seed) =>
        CheckAll(RandomArchitectures.Draw((ulong)(1000 + seed), BatchSize).Select(genes => genes.Express()), seed % 2 == 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Programs_of_every_structure_have_no_fault(bool isHwc)
    {
        var families = typeof(StructureNetworks).GetMethods()
            .Where(method => method.ReturnType == typeof(IEnumerable<EndToEnd.Architecture>))
            .Select(method => (IEnumerable<EndToEnd.Architecture>)method.Invoke(null, [isHwc])!)
            .ToList();

        Assert.NotEmpty(families);
        CheckAll(families.SelectMany(family => family), isHwc);
    }

    [Fact]
    public void Programs_of_every_layer_have_no_fault() => Assert.All(
        PyTorchLayerTests.Declarations, declaration => Assert.Empty(CompilerPipeline.ProgramFaults(CheckedPrograms.OfSource(declaration))));

    /// <remarks>The last sum of a join is added where it ends up.</remarks>
    [Theory]
    [InlineData("[Input(8, 8, 3)] [Conv(3, 1), Relu, Add(\"conv1\", \"input\")]")]
    [InlineData("[Input(8, 8, 3)] [Conv(3, 1), Relu, Concat(\"conv1\", \"input\")]")]
    public void Programs_that_end_in_a_join_of_three_have_no_fault(string attributes) =>
        Assert.Empty(CompilerPipeline.ProgramFaults(CheckedPrograms.Of(attributes)));

    [Theory]
    [InlineData("[Input(32, 32, 3, Scale = 0.004)] [Conv(16, 3, Padding = 1), Relu, MaxPool(2), Flatten, Dense(10)]")]
    [InlineData("[Input(40)] [Dense(700), Relu, Dense(300), Relu, Dense(12), Softmax]")]
    public void Programs_from_bytes_and_of_several_samples_have_no_fault(string attributes)
    {
        var state = CheckedPrograms.Of(attributes);

        Assert.True(state.Bytes is not null || state.Batch is not null);
        Assert.Empty(CompilerPipeline.ProgramFaults(state));
    }

    [Fact]
    public void A_build_that_checks_memory_reports_a_faulty_program_as_an_error_of_the_compiler()
    {
        var declaration = Declarations.Parse(Sources.Mnist);
        var stages = CompilerPipeline.Stages;
        var planned = stages.IndexOf(stages.Single(stage => stage.Name == "plan memory")) + 1;
        var broken = stages.Insert(planned, new Stage("break", false, (state, _) =>
            state.Arena = state.Arena! with { Offsets = state.Arena.Offsets.Select(_ => 0).ToEquatableArray() }));

        var error = Compile(true, broken)[0];

        Assert.Equal("CNN0900", error.RuleId);
        Assert.Contains("live at the same time and share floats", error.Arguments[1], System.StringComparison.Ordinal);
        Assert.Empty(Compile(true, stages));
        Assert.Empty(Compile(false, broken));

        EquatableArray<Cnn.Generator.Diagnostics.Fault> Compile(bool checksMemory, ImmutableArray<Stage> through) => CompilerPipeline.Compile(
            declaration with { Options = BuildOptions.Default with { ChecksMemory = checksMemory } }, through, CancellationToken.None).Errors;
    }

    private static void CheckAll(IEnumerable<EndToEnd.Architecture> architectures, bool isShared)
    {
        foreach (var architecture in architectures)
        {
            var faults = CompilerPipeline.ProgramFaults(CheckedPrograms.Of(architecture, isShared));
            Assert.True(faults.Count == 0, string.Join("\n", faults) + "\n" + architecture.Declaration("Network"));
        }
    }
}
