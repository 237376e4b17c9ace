using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;
using Cnn.Generator.Tests.Support;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Dense layers whose weights come from far and lie in blocks, of outputs that fill the last block, a vector of it, or part of one, alone and shared by
/// threads, at every vector width: against the reference.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class LargeDenseTests
{
    private static readonly int[] Outputs = [1000, 520, 1024, 561, 960, 785];

    [Fact]
    public void Blocks_of_outputs_agree()
    {
        foreach (var share in new[] { false, true })
            ConvolutionTests.CheckAll([.. Outputs.Select((outputs, number) => Network(outputs, number % 2 == 0))], share, "blocks of 112", "blocks of 64", "if (block < ");
    }

    /// <summary>Weights that training changes keep the order of its products, and small ones need no blocks.</summary>
    [Theory]
    [InlineData("Conv(8, 3, Padding = 1), BatchNorm, Flatten, Dense(520)", true)]
    [InlineData("Conv(8, 3, Padding = 1), BatchNorm, Flatten, Dense(490)", false)]
    [InlineData("Conv(8, 1), Flatten, Dense(520)", false)]
    public void Weights_of_inference_alone_lie_in_blocks(string layers, bool isBlocked)
    {
        var compiled = CompilerPipeline.Lower(Declarations.Network($"using Cnn; [Input(8, 8, 2), {layers}] public partial class Network;"));

        Assert.Equal(isBlocked, compiled.Inference.Steps.Any(step => step.Kernel is DenseBlocksKernel));
    }

    /// <summary>Vectors of all widths fill a block, and the last one is as full as it can be.</summary>
    [Theory]
    [InlineData(1000, 112)]
    [InlineData(1024, 64)]
    [InlineData(561, 96)]
    [InlineData(960, 96)]
    [InlineData(240, 80)]
    public void The_size_of_a_block_follows_the_outputs(int outputs, int block)
    {
        var layout = TensorLayout.Dense(Cnn.Generator.Graph.Shape.Vector(4096), Cnn.Generator.Graph.VolumeLayout.Hwc);

        Assert.Equal(block, new DensePacking(4096, outputs, true, layout, layout).InBlocks().Block);
    }

    private static Architecture Network(int outputs, bool hasRelu)
    {
        var layers = new List<ArchitectureLayer>
        {
            new("Conv(8, 3, Padding = 1)", new ReferenceLayer.Conv(8, new Window(3, 3, 1, 1, 1, 1, 1))),
            new("BatchNorm", new ReferenceLayer.BatchNorm()),
            new("Flatten", new ReferenceLayer.Flatten()),
            new($"Dense({outputs}, Bias = {(hasRelu ? "true" : "false")})", new ReferenceLayer.Dense(outputs, hasRelu)),
        };
        if (hasRelu)
            layers.Add(new("Relu", new ReferenceLayer.Relu()));
        return new Architecture(8, 8, 2, hasRelu, layers, 2);
    }
}
