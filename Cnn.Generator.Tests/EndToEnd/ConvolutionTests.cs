using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Every kind of convolution, alone after a pointwise one, at both vector widths: output and all gradients against the reference.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class ConvolutionTests
{
    private const int Drawn = 40;

    [Fact]
    public void Dilated_strided_and_unevenly_padded_convolutions_agree() => Check(
    [
        ConvolutionCase.Plain(13, 17, 3, 5, new Window(3, 3) { DilationHeight = 2, DilationWidth = 3, Top = 1, Left = 2, Right = 3 }),
        ConvolutionCase.Plain(17, 9, 5, 17, new Window(2, 5) { StrideHeight = 3, StrideWidth = 2, DilationHeight = 4, Bottom = 2, Right = 1 }),
        ConvolutionCase.Plain(12, 21, 1, 3, new Window(3, 3) { StrideHeight = 2, DilationWidth = 2, Top = 2, Left = 1 }),
        ConvolutionCase.Plain(9, 30, 2, 1, new Window(5, 2) { DilationHeight = 2, Top = 3, Bottom = 4 }) with { IsHwc = false },
        ConvolutionCase.Plain(7, 7, 13, 24, new Window(3, 3, 2, 1, 1, 1, 1)) with { HasRelu = true },
        ConvolutionCase.Plain(8, 8, 16, 32, new Window(1, 1, 2)) with { HasBias = false },
        ConvolutionCase.Plain(11, 11, 7, 13, new Window(2, 2, 4)),
        ConvolutionCase.Plain(5, 6, 17, 40, new Window(1, 1)) with { IsHwc = false },
        ConvolutionCase.Plain(1, 1, 9, 16, new Window(3, 3, 1, 1, 1, 1, 1)),
    ]);

    [Fact]
    public void A_sweep_over_many_bands_of_rows_agrees() => Check(
    [
        ConvolutionCase.Plain(67, 61, 16, 16, new Window(3, 3, 1, 1, 1, 1, 1)),
        ConvolutionCase.Depthwise(45, 50, 20, new Window(3, 3, 2, 0, 0, 1, 1)),
    ]);

    [Fact]
    public void Groups_of_channels_agree() => Check(
    [
        ConvolutionCase.Plain(9, 11, 6, 9, new Window(3, 3, 1, 1, 1, 1, 1)) with { Groups = 3 },
        ConvolutionCase.Plain(7, 5, 32, 32, new Window(3, 3, 2, 1, 1, 1, 1)) with { Groups = 4, HasRelu = true },
        ConvolutionCase.Plain(6, 6, 10, 15, new Window(2, 3)) with { Groups = 5, IsHwc = false },
        ConvolutionCase.Plain(10, 19, 4, 4, new Window(3, 3, 1, 1, 1, 1, 1)) with { Groups = 2 },
        ConvolutionCase.Plain(5, 5, 40, 20, new Window(1, 1)) with { Groups = 2, HasBias = false },
        ConvolutionCase.Plain(8, 9, 12, 12, new Window(3, 3, 1, 1, 1, 1, 1)) with { Groups = 12 },
    ]);

    [Fact]
    public void Depthwise_convolutions_agree() => Check(
    [
        ConvolutionCase.Depthwise(14, 14, 16, new Window(3, 3, 1, 1, 1, 1, 1)) with { HasRelu = true },
        ConvolutionCase.Depthwise(13, 11, 13, new Window(3, 3, 2, 0, 0, 1, 1)),
        ConvolutionCase.Depthwise(9, 9, 8, new Window(5, 5, 1, 2, 2, 2, 2)) with { HasBias = false },
        ConvolutionCase.Depthwise(12, 15, 17, new Window(3, 3) { DilationHeight = 2, DilationWidth = 3, Top = 1, Right = 2 }),
        ConvolutionCase.Depthwise(7, 30, 9, new Window(1, 11)),
        ConvolutionCase.Depthwise(20, 4, 11, new Window(15, 1, 1, 7, 0, 7, 0)),
        ConvolutionCase.Depthwise(8, 40, 10, new Window(2, 14, 3)) with { IsHwc = false },
        ConvolutionCase.Depthwise(6, 10, 3, new Window(3, 3, 1, 1, 1, 1, 1)),
        ConvolutionCase.Depthwise(6, 7, 1, new Window(3, 3, 2)),
        ConvolutionCase.Depthwise(7, 9, 5, new Window(3, 3, 1, 1, 1, 1, 1), multiplier: 3),
        ConvolutionCase.Depthwise(5, 6, 9, new Window(3, 2, 2), multiplier: 2) with { IsHwc = false },
        ConvolutionCase.Depthwise(1, 1, 12, new Window(1, 1)),
    ]);

    [Fact]
    public void Transposed_convolutions_agree() => Check(
    [
        ConvolutionCase.Transposed(6, 5, 16, 8, new Window(2, 2, 2)) with { HasRelu = true },
        ConvolutionCase.Transposed(7, 6, 5, 7, new Window(3, 3, 2, 1, 1, 1, 1)) with { OutputPaddingHeight = 1, OutputPaddingWidth = 1 },
        ConvolutionCase.Transposed(4, 9, 3, 13, new Window(4, 4, 2, 1, 1, 1, 1)) with { IsHwc = false },
        ConvolutionCase.Transposed(5, 4, 6, 4, new Window(1, 2, 3)) with { HasBias = false },
        ConvolutionCase.Transposed(5, 6, 7, 3, new Window(3, 2) { DilationHeight = 2, DilationWidth = 3, StrideHeight = 2, StrideWidth = 3 }),
        ConvolutionCase.Transposed(6, 7, 2, 17, new Window(3, 3) { StrideHeight = 2, DilationHeight = 3, DilationWidth = 2, Top = 2, Right = 3 })
            with { OutputPaddingHeight = 2, OutputPaddingWidth = 1 },
        ConvolutionCase.Transposed(9, 12, 4, 3, new Window(3, 3, 1, 1, 1, 1, 1)),
        ConvolutionCase.Transposed(5, 5, 12, 12, new Window(2, 3, 2)) with { Groups = 12 },
        ConvolutionCase.Transposed(5, 6, 6, 9, new Window(3, 3, 2)) with { Groups = 3 },
        ConvolutionCase.Transposed(1, 1, 9, 1, new Window(4, 4)),
        ConvolutionCase.Transposed(5, 12, 3, 1, new Window(1, 5, 2)) with { OutputPaddingHeight = 1, OutputPaddingWidth = 1, IsHwc = false },
        ConvolutionCase.Transposed(3, 3, 4, 2, new Window(3, 3, 1, 3, 3, 1, 0)),
    ]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Drawn_convolutions_agree(int seed)
    {
        var random = new Random(seed);
        Check([.. Enumerable.Range(0, Drawn).Select(_ => ConvolutionCase.Draw(random))]);
    }

    private static void Check(IReadOnlyList<ConvolutionCase> cases) => CheckAll([.. cases.Select(one => one.Architecture())]);

    /// <summary>Compiles networks together, and compares each at every vector width.</summary>
    /// <param name="architectures">The networks.</param>
    /// <param name="share">Whether threads share each inference.</param>
    /// <param name="marks">The text that the generated code must contain.</param>
    internal static void CheckAll(IReadOnlyList<Architecture> architectures, bool share = false, params string[] marks)
    {
        var source = new StringBuilder("namespace Convolutions;\n\n");
        for (var i = 0; i < architectures.Count; i++)
            source.Append(architectures[i].Declaration("Network" + i)).Append('\n');
        var batch = NetworkBatch.Compile(source.ToString(), share: share);
        Assert.All(marks, mark => Assert.Contains(mark, batch.Generated, StringComparison.Ordinal));
        var faults = new List<string>();
        for (var i = 0; i < architectures.Count; i++)
        {
            var fault = Record.Exception(() => ReferenceComparison.CheckWidths(batch, "Convolutions.Network" + i, architectures[i]));
            if (fault is not null)
                faults.Add(architectures[i].Declaration("Network" + i) + fault.Message);
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults\n{string.Join("\n", faults.Take(8))}");
    }
}
