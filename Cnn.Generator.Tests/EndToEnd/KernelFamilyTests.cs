using System;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Layers whose kernels differ in numbers alone share their text, and compute what each would alone.</summary>
[Trait("Category", "Numerics")]
public sealed partial class KernelFamilyTests
{
    private const string Family = "kernels share this text";

    private static readonly ArchitectureLayer Relu = new("Relu", new ReferenceLayer.Relu());

    /// <summary>Each layer reads more channels than the one before and keeps the pixels.</summary>
    [Theory]
    [InlineData(9, 10, 1, 32, 48, 80)]
    [InlineData(9, 10, 3, 16, 24, 40)]
    [InlineData(12, 12, 1, 64, 96, 128)]
    [InlineData(7, 7, 1, 96, 160, 224)]
    public void Growing_channels_agree(int height, int width, int kernel, params int[] filters)
    {
        ArchitectureLayer[] layers = [.. filters.SelectMany(count => new[] { Conv(count, kernel), Relu, Conv(32, 1) })];

        Check(new Architecture(height, width, 16, true, layers, 2));
    }

    /// <summary>Channels that are no multiple of a vector, and channels that lie one plane after the other.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Odd_channels_agree(bool isHwc) =>
        Check(new Architecture(11, 9, 5, isHwc, [Conv(21, 3), Relu, Conv(21, 3), Relu, Conv(29, 3), Relu, Conv(21, 3), Relu, Conv(37, 3)], 2));

    /// <summary>Small networks are read most: every bound and stride of theirs is a literal.</summary>
    [Fact]
    public void Networks_of_different_layers_have_no_parameters_that_are_numbers() => Assert.DoesNotMatch(Number(), SharedNetworks.Generated);

    private static ArchitectureLayer Conv(int filters, int kernel)
    {
        var padding = kernel / 2;
        return new(
            $"Conv({filters}, {kernel}, Padding = {padding})",
            new ReferenceLayer.Conv(filters, new Window(kernel, kernel, 1, padding, padding, padding, padding)));
    }

    private static void Check(Architecture architecture)
    {
        foreach (var share in new[] { false, true })
        {
            var batch = NetworkBatch.Compile(architecture.Declaration("Network"), share: share);
            Assert.Contains(Family, batch.Generated, StringComparison.Ordinal);
            ReferenceComparison.CheckWidths(batch, "Network", architecture);
        }
    }

    [GeneratedRegex(@"nint n\d")]
    private static partial Regex Number();
}
