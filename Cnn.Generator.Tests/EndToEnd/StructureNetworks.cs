using System.Collections.Generic;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The networks of <see cref="StructureTests"/>.</summary>
internal static class StructureNetworks
{
    /// <summary>Channels that divide no vector, or less than one.</summary>
    private static readonly int[] Channels = [1, 3, 5, 7, 13, 17];

    public static IEnumerable<Architecture> Pools(bool isHwc)
    {
        ArchitectureLayer[] pools =
        [
            Max("3, Stride = 2, Padding = 1", new Window(3, 3, 2, 1, 1, 1, 1)),
            Max("2, 3", Size(2, 3)),
            Max("3, 2, StrideHeight = 1, StrideWidth = 2, PaddingTop = 1", new Window(3, 2, 1, 1) { StrideWidth = 2 }),
            Max("2, Stride = 2, CeilMode = true", new Window(2, 2, 2) { CeilMode = true }),
            Max("3, Stride = 2, Padding = 1, CeilMode = true", new Window(3, 3, 2, 1, 1, 1, 1) { CeilMode = true }),
            Max("2, Stride = 1, Dilation = 2", new Window(2, 2) { DilationHeight = 2, DilationWidth = 2 }),
            Max("3, Stride = 2, DilationHeight = 2, Padding = 1", new Window(3, 3, 2, 1, 1, 1, 1) { DilationHeight = 2 }),
            Max("5, 4, Stride = 1, PaddingTop = 2, PaddingLeft = 1", new Window(5, 4, 1, 2, 1)),
            Max("5, 3, Stride = 4", new Window(5, 3, 4)),
            Average("3, Stride = 2, Padding = 1", new Window(3, 3, 2, 1, 1, 1, 1)),
            Average("3, Stride = 2, Padding = 1, CountIncludePad = false", new Window(3, 3, 2, 1, 1, 1, 1), countIncludePad: false),
            Average("2, Stride = 2, CeilMode = true", new Window(2, 2, 2) { CeilMode = true }),
            Average("3, Stride = 2, Padding = 1, CeilMode = true", new Window(3, 3, 2, 1, 1, 1, 1) { CeilMode = true }),
            Average(
                "3, 2, StrideHeight = 2, StrideWidth = 1, PaddingTop = 1, CeilMode = true, CountIncludePad = false",
                new Window(3, 2, 1, 1) { StrideHeight = 2, CeilMode = true },
                countIncludePad: false),
            Average("4, 5, Stride = 1", new Window(4, 5)),
            Average("2", new Window(2, 2, 2)),
            new("GlobalAvgPool", new ReferenceLayer.GlobalAvgPool()),
            new("GlobalMaxPool", new ReferenceLayer.GlobalMaxPool()),
            new("AdaptiveAvgPool(3, 2)", new ReferenceLayer.AdaptiveAvgPool(3, 2)),
            new("AdaptiveAvgPool(3, 7)", new ReferenceLayer.AdaptiveAvgPool(3, 7)),
            new("AdaptiveAvgPool(4, 1)", new ReferenceLayer.AdaptiveAvgPool(4, 1)),
        ];
        for (var i = 0; i < pools.Length; i++)
        {
            var (channels, other) = (Channels[i % Channels.Length], Channels[(i + 4) % Channels.Length]);

            // Between convolutions, of which the first reads with a stride on its way back.
            yield return Chain(isHwc, 19, 15, 2, [Convolve(channels, stride: 2), pools[i], Convolve(other), .. Tail()]);

            // On the input, as an output, and where the pooled value has another reader with another border.
            ArchitectureLayer[] layers =
                [pools[i], Convolve(channels, from: -1), pools[i], Convolve(5, from: 1), Relu(), pools[i], .. Tail()];
            yield return Chain(isHwc, 9, 7, other, layers) with { Outputs = [0, 2] };
        }

        yield return Chain(isHwc, 3, 300, 1, [Convolve(3), new("GlobalMaxPool", new ReferenceLayer.GlobalMaxPool()), .. Tail()]);
        yield return Chain(isHwc, 9, 8, 2, [Convolve(5), Average("2", new Window(2, 2, 2)), Relu(), Max("3", Size(3, 3))]);
    }

    public static IEnumerable<Architecture> JoinsOf(bool isHwc)
    {
        foreach (var channels in Channels)
        {
            // Squeeze and excitation: the gate on the left, what it gates also read by others.
            yield return Chain(
                isHwc,
                7,
                5,
                3,
                [
                    Convolve(channels), Pool(), Point(channels), Sigmoid(), Product(0), Convolve(5), Sum(5), .. Tail(),
                ]);

            // The gate on the right, twice, and the square of what is gated.
            yield return Chain(
                isHwc,
                5,
                7,
                2,
                [
                    Convolve(channels), Relu(), Pool(), Sigmoid(), Convolve(channels, from: 1), Product(3, 4, 3), Product(5), Product(5, 5),
                    Convolve(3), .. Tail(),
                ]);
            yield return Chain(
                isHwc,
                5,
                3,
                channels,
                [
                    Convolve(channels), Sum(-1), Convolve(7), Relu(), Joined(1, -1), Convolve(5), Joined(4, 5), Convolve(2), .. Tail(),
                ]);

            // Channels of different widths, one of them upsampled; what is joined is joined again.
            yield return Chain(
                isHwc,
                6,
                4,
                3,
                [
                    Convolve(channels), Max("2", Size(2, 2)), Convolve(9), Larger(2, 2, ReferenceUpsampling.Nearest), Joined(0, -1), Joined(4),
                    Convolve(4), .. Tail(),
                ]);
        }

        // Vectors: of volumes that were flattened, of dense layers, and of single elements.
        yield return Chain(
            isHwc,
            3,
            5,
            2,
            [
                Convolve(3), Flatten(), Dense(45), Product(1), Sum(1), Joined(1, 2), Dense(5), Dense(3, from: 5), Joined(6),
                Dense(1, from: 5), Joined(8), Dense(4),
            ]);
        yield return Chain(isHwc, 3, 5, 2, [Convolve(3), Flatten(), Relu(), Dense(45), Sum(2, 2), Product(3, 2), Dense(4)]);
        yield return Chain(isHwc, 5, 3, 4, [Convolve(3), Relu(), Sum(1, 1), Product(2, 2), Convolve(2), Joined(2)]);
        yield return Chain(isHwc, 4, 3, 2, [Flatten(), Joined(0), Dense(48), Product(1)]);
    }

    public static IEnumerable<Architecture> Enlargements(bool isHwc)
    {
        ArchitectureLayer[] layers =
        [
            Larger(2, 2, ReferenceUpsampling.Nearest),
            Larger(3, 1, ReferenceUpsampling.Nearest),
            Larger(1, 4, ReferenceUpsampling.Nearest),
            Larger(2, 2, ReferenceUpsampling.Bilinear),
            Larger(3, 2, ReferenceUpsampling.Bilinear),
            Larger(2, 2, ReferenceUpsampling.BilinearAlignCorners),
            Larger(1, 3, ReferenceUpsampling.BilinearAlignCorners),
        ];
        for (var i = 0; i < layers.Length; i++)
        {
            foreach (var channels in new[] { Channels[i % Channels.Length], Channels[(i + 3) % Channels.Length] })
            {
                yield return Chain(
                    isHwc, 9, 7, 2, [Convolve(channels, stride: 2), layers[i], Convolve(3), Relu(), layers[i], Convolve(2), .. Tail()]);
                yield return Chain(isHwc, 3, 4, 2, [layers[i], Convolve(channels), Pool(), layers[i], layers[i], Point(4), layers[i]]);
            }
        }

        // More columns than are computed at a time.
        yield return Chain(isHwc, 2, 201, 1, [Convolve(3), Larger(1, 3, ReferenceUpsampling.Bilinear), Convolve(1)]);
        foreach (var (channels, factor) in new[] { (1, 2), (3, 2), (5, 2), (9, 2), (1, 3), (2, 3), (7, 1) })
        {
            var shuffle = new ArchitectureLayer($"PixelShuffle({factor})", new ReferenceLayer.PixelShuffle(factor));
            yield return Chain(isHwc, 3, 5, 2, [Convolve(channels * factor * factor), shuffle, Convolve(3), Relu(), .. Tail()]);
            yield return Chain(isHwc, 5, 4, factor * factor, [shuffle, Convolve(channels * factor * factor), Relu(), shuffle]);
        }

        yield return Chain(
            isHwc, 5, 3, 1, [Convolve(12), Pool(), new("PixelShuffle(2)", new ReferenceLayer.PixelShuffle(2)), Convolve(2), .. Tail()]);
    }

    public static IEnumerable<Architecture> Edges(bool isHwc)
    {
        ArchitectureLayer[] layers =
        [
            new("Pad(1, Value = 0.5)", new ReferenceLayer.Pad(1, 1, 1, 1, ReferencePadding.Constant, 0.5)),
            new("Pad(2, 0, 1, 3)", new ReferenceLayer.Pad(2, 0, 1, 3)),
            new("Pad(2, Mode = Cnn.PadMode.Reflect)", new ReferenceLayer.Pad(2, 2, 2, 2, ReferencePadding.Reflect)),
            new("Pad(0, 1, 2, 0, Mode = Cnn.PadMode.Reflect)", new ReferenceLayer.Pad(0, 1, 2, 0, ReferencePadding.Reflect)),
            new("Pad(1, Mode = Cnn.PadMode.Replicate)", new ReferenceLayer.Pad(1, 1, 1, 1, ReferencePadding.Replicate)),
            new("Pad(3, 0, 0, 5, Mode = Cnn.PadMode.Replicate)", new ReferenceLayer.Pad(3, 0, 0, 5, ReferencePadding.Replicate)),
            new("Crop(1)", new ReferenceLayer.Crop(1, 1, 1, 1)),
            new("Crop(0, 1, 2, 0)", new ReferenceLayer.Crop(0, 1, 2, 0)),
            new("Pad(0)", new ReferenceLayer.Pad(0, 0, 0, 0)),
            new("Crop(0)", new ReferenceLayer.Crop(0, 0, 0, 0)),
        ];
        for (var i = 0; i < layers.Length; i++)
        {
            foreach (var channels in new[] { Channels[i % Channels.Length], Channels[(i + 3) % Channels.Length] })
            {
                ArchitectureLayer[] chain =
                    [Convolve(channels, stride: 2), layers[i], Convolve(3), Relu(), layers[i], Convolve(9, from: 0), Pool(), .. Tail()];
                yield return Chain(isHwc, 11, 9, 2, chain) with { Outputs = [4] };
                yield return Chain(isHwc, 5, 7, 3, [layers[i], Convolve(channels), layers[i]]);
            }
        }

        // U-Net's old way: what is joined is cropped to what a convolution without padding left.
        yield return Chain(
            isHwc,
            9,
            7,
            1,
            [
                Convolve(5), Relu(), Convolve(7), new("Conv(5, 3)", new ReferenceLayer.Conv(5, 3, 3)),
                new("Crop(1)", new ReferenceLayer.Crop(1, 1, 1, 1)) { From = 1 }, Sum(3), Joined(4), .. Tail(),
            ]);
        foreach (var channels in new[] { 1, 3, 14 })
        {
            yield return Chain(
                isHwc,
                6,
                7,
                2,
                [
                    Convolve(channels), Reshaped(7 * channels, 3, 2), Relu(), Convolve(5), Flatten(), Dense(30), Reshaped(3, 2, 5), Convolve(2),
                    Relu(), Reshaped(1, 1, 12, "12"), Sum(9), Dense(3), Reshaped(1, 3, 1),
                ]);
            yield return Chain(isHwc, 2, 3, 4, [Reshaped(3, 4, 2), Convolve(channels), Reshaped(2, 6, channels)]);
        }

        // A copy without a border is read by two, of which one works in place.
        yield return Chain(
            isHwc,
            4,
            6,
            2,
            [
                Convolve(6), Convolve(3), Reshaped(8, 6, 3) with { From = 0 }, Relu(), Reshaped(8, 6, 3) with { From = 0 }, Joined(3),
                Convolve(2), Pool(), Point(3), Joined(7), .. Tail(),
            ]) with
        { Outputs = [1] };
    }

    public static ArchitectureLayer Convolve(int filters, int? from = null, int stride = 1) => new(
        $"Conv({filters}, 3, Padding = 1{(stride == 1 ? "" : $", Stride = {stride}")})",
        new ReferenceLayer.Conv(filters, 3, 3, stride, 1, 1, 1, 1))
    { From = from };

    public static ArchitectureLayer[] Tail() => [Flatten(), Dense(4)];

    private static Architecture Chain(bool isHwc, int height, int width, int channels, ArchitectureLayer[] layers) =>
        new(height, width, channels, isHwc, layers, 2);

    private static Window Size(int height, int width) => new(height, width) { StrideHeight = height, StrideWidth = width };

    private static ArchitectureLayer Max(string arguments, Window window) =>
        new($"MaxPool({arguments})", new ReferenceLayer.MaxPool(window));

    private static ArchitectureLayer Average(string arguments, Window window, bool countIncludePad = true) =>
        new($"AvgPool({arguments})", new ReferenceLayer.AvgPool(window, countIncludePad));

    private static ArchitectureLayer Point(int filters) => new($"Conv({filters}, 1)", new ReferenceLayer.Conv(filters, 1, 1));

    private static ArchitectureLayer Dense(int units, int? from = null) =>
        new($"Dense({units})", new ReferenceLayer.Dense(units)) { From = from };

    private static ArchitectureLayer Flatten() => new("Flatten", new ReferenceLayer.Flatten());

    private static ArchitectureLayer Relu() => new("Relu", new ReferenceLayer.Relu());

    private static ArchitectureLayer Sigmoid() => new("Sigmoid", new ReferenceLayer.Sigmoid());

    private static ArchitectureLayer Pool() => new("GlobalAvgPool", new ReferenceLayer.GlobalAvgPool());

    private static ArchitectureLayer Product(params int[] with) => new("Multiply", new ReferenceLayer.Multiply()) { With = with };

    private static ArchitectureLayer Sum(params int[] with) => new("Add", new ReferenceLayer.Add()) { With = with };

    private static ArchitectureLayer Joined(params int[] with) => new("Concat", new ReferenceLayer.Concat()) { With = with };

    private static ArchitectureLayer Reshaped(int height, int width, int channels, string? text = null) =>
        new($"Reshape({text ?? $"{height}, {width}, {channels}"})", new ReferenceLayer.Reshape(height, width, channels));

    private static ArchitectureLayer Larger(int height, int width, ReferenceUpsampling mode) => new(
        $"Upsample({height}, {width}"
        + (mode == ReferenceUpsampling.Nearest ? "" : ", Mode = Cnn.Upsampling.Bilinear")
        + (mode == ReferenceUpsampling.BilinearAlignCorners ? ", AlignCorners = true)" : ")"),
        new ReferenceLayer.Upsample(height, width, mode));
}
