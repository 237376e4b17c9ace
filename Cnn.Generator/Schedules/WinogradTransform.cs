using System.Collections.Generic;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>
/// The one-dimensional transforms of Winograd's minimal filtering F(m, 3) (Lavin and Gray 2016, "Fast algorithms for convolutional neural
/// networks"), of points 0, 1, -1 and for four outputs 2, -2, and infinity. Applied to columns, then to rows: m x m outputs of a channel pair
/// take (m + 2)^2 products instead of 9 m^2.
/// </summary>
/// <param name="Outputs">The outputs along a side of a tile, m.</param>
/// <param name="Stride">The stride of the outputs, in elements of the input.</param>
/// <param name="Constants">The factors, by the name of the local that holds each.</param>
/// <param name="InputLocals">The sums that several rows of the input's transform share.</param>
/// <param name="Input">The transform of the input: of each point a sum of d0, d1, ...</param>
/// <param name="OutputLocals">The sums that several rows of the output's transform share.</param>
/// <param name="Output">The transform of the products: m sums of d0, d1, ...</param>
internal sealed record WinogradTransform(
    int Outputs,
    int Stride,
    EquatableArray<(string Name, string Value)> Constants,
    EquatableArray<(string Name, string Value)> InputLocals,
    EquatableArray<string> Input,
    EquatableArray<(string Name, string Value)> OutputLocals,
    EquatableArray<string> Output)
{
    /// <summary>Weights of a row.</summary>
    private const int Taps = 3;

    /// <summary>Four products an output of a row; its error is that of a direct convolution.</summary>
    public static readonly WinogradTransform Two = new(
        2,
        1,
        [],
        [],
        ["d0 - d2", "d1 + d2", "d2 - d1", "d1 - d3"],
        [],
        ["d0 + d1 + d2", "d1 - d2 - d3"]);

    /// <summary>Six products for four outputs of a row; factors up to 8 cost about a digit.</summary>
    public static readonly WinogradTransform Four = new(
        4,
        1,
        [("two", "2f"), ("four", "4f"), ("minusTwo", "-2f"), ("minusFour", "-4f"), ("minusFive", "-5f"), ("eight", "8f")],
        [("p", "Fma(d2, minusFour, d4)"), ("q", "Fma(d1, minusFour, d3)"), ("e", "d4 - d2"), ("f", "d3 - d1")],
        [
            "Fma(d0, four, Fma(d2, minusFive, d4))",
            "p + q",
            "p - q",
            "Fma(f, two, e)",
            "Fma(f, minusTwo, e)",
            "Fma(d1, four, Fma(d3, minusFive, d5))",
        ],
        [("p", "d1 + d2"), ("q", "d1 - d2"), ("e", "d3 + d4"), ("f", "d3 - d4")],
        ["d0 + p + e", "Fma(f, two, q)", "Fma(e, four, p)", "Fma(f, eight, q) + d5"]);

    /// <summary>
    /// Five products for two outputs of a row with stride 2: of the even elements F(2, 2) with the outer weights, which takes three, of the odd
    /// ones the middle weight with each. Its error is that of a direct convolution.
    /// </summary>
    public static readonly WinogradTransform TwoOfStrideTwo = new(
        2,
        2,
        [],
        [],
        ["d0 - d2", "d2", "d4 - d2", "d1", "d3"],
        [],
        ["d0 + d1 + d3", "d1 + d2 + d4"]);

    public static IReadOnlyList<WinogradTransform> All { get; } = [Two, Four, TwoOfStrideTwo];

    /// <summary>Gets the points of a row of a tile, and the elements of the input that it covers.</summary>
    public int Points => ((Outputs - 1) * Stride) + Taps;
}
