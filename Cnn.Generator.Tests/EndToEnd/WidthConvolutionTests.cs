using System;
using System.Collections.Generic;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Convolutions whose vectors run across the width, over rows that leave columns of every number over, alone and shared by threads, at every
/// vector width: output and gradients against the reference, and among guards.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class WidthConvolutionTests
{
    private static readonly int[] Heights = [3, 4, 5, 7, 8, 10];

    private static readonly Window[] Windows =
    [
        new(3, 3),
        new(1, 1),
        new(5, 2) { Top = 2, Bottom = 2 },
        new(2, 3) { DilationHeight = 2, DilationWidth = 2, Bottom = 1 },
        new(3, 3) { StrideHeight = 2, Top = 1, Left = 1, Right = 1 },
    ];

    [Fact]
    public void Plain_ones_agree() => Check((filters, window, number) => number % 2 == 0
        ? [Conv(filters, window)]
        : [Conv(filters, window), new("Relu", new ReferenceLayer.Relu())]);

    [Fact]
    public void Pooled_ones_agree() => Check((filters, window, number) => number % 2 == 0
        ? [Conv(filters, window), new("Relu", new ReferenceLayer.Relu()), new("MaxPool(2)", new ReferenceLayer.MaxPool(new Window(2, 2, 2)))]
        : [Conv(filters, window), new("Tanh", new ReferenceLayer.Tanh()), new("AvgPool(2)", new ReferenceLayer.AvgPool(new Window(2, 2, 2)))]);

    /// <summary>The addend has its channels innermost: eight channels that would go across the width go across the channels.</summary>
    [Fact]
    public void One_with_a_residual_agrees()
    {
        var network = new Architecture(
            12,
            16,
            8,
            true,
            [
                Conv(8, new Window(3, 3, 1, 1, 1, 1, 1)),
                Conv(8, new Window(3, 3, 1, 1, 1, 1, 1)),
                new("Add", new ReferenceLayer.Add()) { With = [0] },
                new("Relu", new ReferenceLayer.Relu()),
            ],
            2);
        ConvolutionTests.CheckAll([network], share: true, "ref float residual");
    }

    private static void Check(Func<int, Window, int, IReadOnlyList<ArchitectureLayer>> layers)
    {
        var networks = new List<Architecture>();
        for (var width = 8; width <= 36; width++)
        {
            var number = networks.Count;
            var window = Windows[number % Windows.Length];
            var (height, columns) = (Rows(window, Heights[number % Heights.Length]), width + (window.DilationWidth * (window.KernelWidth - 1)));
            networks.Add(new Architecture(
                height, columns - window.Left - window.Right, 1 + (number % 3), number % 4 == 0, layers(1 + (number % 7), window, number), 2));
        }

        foreach (var share in new[] { false, true })
            ConvolutionTests.CheckAll(networks, share, " = Join16(s, ", " = Join8(s, ");
    }

    /// <summary>The rows of the input that give this number of rows.</summary>
    private static int Rows(Window window, int output) =>
        ((output - 1) * window.StrideHeight) + (window.DilationHeight * (window.KernelHeight - 1)) + 1 - window.Top - window.Bottom;

    private static ArchitectureLayer Conv(int filters, Window window) => new(
        $"Conv({filters}, {window.KernelHeight}, {window.KernelWidth}, StrideHeight = {window.StrideHeight}, "
        + $"DilationHeight = {window.DilationHeight}, DilationWidth = {window.DilationWidth}, "
        + $"PaddingTop = {window.Top}, PaddingLeft = {window.Left}, PaddingBottom = {window.Bottom}, PaddingRight = {window.Right})",
        new ReferenceLayer.Conv(filters, window));
}
