using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Networks with branches and batch normalisation, at both vector widths, against the reference.</summary>
[Trait("Category", "Numerics")]
public sealed class GraphTests
{
    private static readonly ReferenceLayer.Relu Relu = new();

    private static readonly ReferenceLayer.BatchNorm Norm = new();

    [Theory]
    [InlineData(true, 16)]
    [InlineData(false, 16)]
    [InlineData(true, 5)]
    [InlineData(false, 5)]
    [InlineData(true, 3)]
    public void A_residual_block_with_batch_normalisation(bool isHwc, int filters) => Check(new Architecture(
        9,
        10,
        3,
        isHwc,
        [
            Conv(filters, 3, 1),
            new("BatchNorm", Norm),
            new("Relu", Relu),
            Conv(filters, 3, 1),
            new("BatchNorm", Norm),
            new("Relu", Relu),
            Conv(filters, 3, 1),
            new("BatchNorm", Norm),
            new("Add", new ReferenceLayer.Add()) { With = [2] },
            new("Relu", Relu),
            new("Flatten", new ReferenceLayer.Flatten()),
            new("Dense(7)", new ReferenceLayer.Dense(7)),
            new("BatchNorm", Norm),
        ],
        9));

    /// <summary>After a flattening every element has statistics of its own, in any layout of the volume.</summary>
    [Theory]
    [InlineData(true, 16)]
    [InlineData(false, 16)]
    [InlineData(true, 3)]
    [InlineData(false, 3)]
    public void A_flattened_volume_is_normalised_element_by_element(bool isHwc, int filters) => Check(new Architecture(
        6,
        5,
        2,
        isHwc,
        [
            Conv(filters, 3, 1),
            new("Flatten", new ReferenceLayer.Flatten()),
            new("BatchNorm", Norm),
            new("PRelu(PerChannel = true)", new ReferenceLayer.PRelu(true)),
            new("Dense(7)", new ReferenceLayer.Dense(7)),
        ],
        9));

    /// <summary>Vectors across the width read beyond the input, into the border of minus infinity around what the pooling reads.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_border_of_minus_infinity_behind_the_source_of_a_gradient(int channels) => Check(new Architecture(
        5,
        12,
        channels,
        false,
        [
            new("DepthwiseConv(1, 3)", new ReferenceLayer.DepthwiseConv(new Window(1, 3, 1, 0, 0, 0, 0), 1, true)),
            new("MaxPool(3, 4, Stride = 1, Padding = 1)", new ReferenceLayer.MaxPool(new Window(3, 4, 1, 1, 1, 1, 1))),
            new("Flatten", new ReferenceLayer.Flatten()),
            new("Dense(3)", new ReferenceLayer.Dense(3)),
        ],
        4));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_that_are_read_twice_and_leave_besides(bool isHwc) => Check(new Architecture(
        6,
        7,
        2,
        isHwc,
        [
            new("BatchNorm", Norm),
            Conv(8, 3, 1),
            new("Relu", Relu),
            new("Tanh", new ReferenceLayer.Tanh()) { From = 1 },
            new("Add", new ReferenceLayer.Add()) { With = [2, 1] },
            Conv(2, 1, 0),
            new("Add", new ReferenceLayer.Add()) { With = [-1] },
        ],
        3)
    {
        Outputs = [2, 4],
    });

    private static ArchitectureLayer Conv(int filters, int kernel, int padding) => new(
        $"Conv({filters}, {kernel}, Padding = {padding})",
        new ReferenceLayer.Conv(filters, new Window(kernel, kernel, 1, padding, padding, padding, padding)));

    private static void Check(Architecture architecture)
    {
        var batch = NetworkBatch.Compile(architecture.Declaration("Network"));
        ReferenceComparison.CheckWidths(batch, "Network", architecture);
    }
}
