using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Planning;
using Cnn.Generator.Tests.EndToEnd;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Planning;

public sealed class WorkspacePlannerTests
{
    [Fact]
    public void No_two_regions_overlap_and_the_inputs_come_first()
    {
        foreach (var genes in RandomArchitectures.Draw(200, 15))
        {
            var program = CompilerPipeline.Lower(Declarations.Network(genes.Express().Declaration("Random"))).Training;
            var plan = WorkspacePlanner.Plan(program);

            Assert.Equal(program.Tensors.Count, plan.Starts.Count);
            Assert.Equal(0, plan.Starts[0]);
            Assert.True(program.Tensors[0].PerSample);
            CheckRegions(Regions(perSample: true), plan.SampleFloats);
            CheckRegions(Regions(perSample: false), plan.SharedFloats);

            List<(int Start, int End)> Regions(bool perSample) => [.. program.Tensors
                .Select((tensor, index) => (tensor, index))
                .Where(pair => pair.tensor.PerSample == perSample)
                .Select(pair => (plan.Starts[pair.index], plan.Starts[pair.index] + pair.tensor.Floats))
                .Order()];
        }
    }

    private static void CheckRegions(List<(int Start, int End)> regions, int floats)
    {
        var end = 0;
        foreach (var region in regions)
        {
            Assert.True(region.Start >= end, $"A region begins at {region.Start}, the one before it ends at {end}.");
            end = region.End;
        }

        Assert.True(end <= floats, $"The last region ends at {end} of {floats}.");
    }
}
