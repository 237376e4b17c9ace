using System;
using System.Globalization;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The layers of a random graph that read a volume.</summary>
internal static class GraphVolumes
{
    public static void Add(StepGene gene, VolumeShape shape, AddLayerCall add)
    {
        switch (gene.Kind % 20)
        {
            case < 4:
                AddConv(gene, shape, add);
                break;
            case 4:
                AddDepthwise(gene, add);
                break;
            case 5:
                AddTransposed(gene, shape, add);
                break;
            case 6 or 7:
                AddPool(gene, add);
                break;
            case 8:
                AddReducing(gene, shape, add);
                break;
            case 9 or 10:
                GraphElements.AddNormalization(gene, shape, isVector: false, add);
                break;
            case < 14 when gene.A % 20 == 19:
                add("SpatialDropout(0)", new ReferenceLayer.SpatialDropout(0));
                break;
            case < 14:
                GraphElements.Add(gene, add);
                break;
            case 14:
                AddResizing(gene, add);
                break;
            case 15:
                AddFrame(gene, shape, add);
                break;
            case 16:
                AddRearranging(gene, shape, add);
                break;
            case 17:
                add("Softmax", new ReferenceLayer.Softmax());
                break;
            case 18:
                add("Flatten", new ReferenceLayer.Flatten());
                break;
            default:
                AddConv(gene with { C = 0, D = 0 }, shape, add);
                break;
        }
    }

    private static void AddConv(StepGene gene, VolumeShape shape, AddLayerCall add)
    {
        var (window, text) = Windows.Of(gene, mayDilate: true);
        var groups = gene.D % 5 == 1 ? GraphElements.Divisor(shape.Channels, 1 + (gene.B % 4)) : 1;
        var filters = groups * Math.Max(1, gene.A / groups);
        var bias = gene.Flag ? "" : ", Bias = false";
        add(
            $"Conv({Text(filters)}, {Windows.Size(window)}{text}{(groups == 1 ? "" : ", Groups = " + Text(groups))}{bias})",
            new ReferenceLayer.Conv(filters, window, groups, gene.Flag));
    }

    private static void AddDepthwise(StepGene gene, AddLayerCall add)
    {
        var (window, text) = Windows.Of(gene, mayDilate: true);
        var multiplier = gene.A % 4 == 0 ? 2 : 1;
        add(
            $"DepthwiseConv({Windows.Size(window)}{text}{(multiplier == 1 ? "" : ", Multiplier = 2")}{(gene.Flag ? "" : ", Bias = false")})",
            new ReferenceLayer.DepthwiseConv(window, multiplier, gene.Flag));
    }

    private static void AddTransposed(StepGene gene, VolumeShape shape, AddLayerCall add)
    {
        var (window, text) = Windows.Of(gene, mayDilate: true);
        var extra = window.StrideHeight > 1 && window.StrideWidth > 1 && gene.A % 2 == 1 ? 1 : 0;
        var groups = gene.D % 5 == 1 ? GraphElements.Divisor(shape.Channels, 2) : 1;
        var filters = groups * Math.Max(1, gene.A % 12 / groups);
        add(
            $"ConvTranspose({Text(filters)}, {Windows.Size(window)}{text}{(extra == 0 ? "" : ", OutputPadding = 1")}"
                + $"{(groups == 1 ? "" : ", Groups = " + Text(groups))}{(gene.Flag ? "" : ", Bias = false")})",
            new ReferenceLayer.ConvTranspose(filters, window, extra, extra, groups, gene.Flag));
    }

    private static void AddPool(StepGene gene, AddLayerCall add)
    {
        var isMax = gene.A % 2 == 0;
        var (window, text) = Windows.Pool(gene, isMax);
        if (window.CeilMode)
            text += ", CeilMode = true";
        if (isMax)
        {
            add($"MaxPool({Windows.Size(window)}{text})", new ReferenceLayer.MaxPool(window));
            return;
        }

        add(
            $"AvgPool({Windows.Size(window)}{text}{(gene.Flag ? "" : ", CountIncludePad = false")})",
            new ReferenceLayer.AvgPool(window, gene.Flag));
    }

    private static void AddReducing(StepGene gene, VolumeShape shape, AddLayerCall add)
    {
        switch (gene.A % 3)
        {
            case 0:
                add("GlobalAvgPool", new ReferenceLayer.GlobalAvgPool());
                break;
            case 1:
                add("GlobalMaxPool", new ReferenceLayer.GlobalMaxPool());
                break;
            default:
                var height = 1 + (gene.B % shape.Height);
                var width = 1 + (gene.C % shape.Width);
                add($"AdaptiveAvgPool({Text(height)}, {Text(width)})", new ReferenceLayer.AdaptiveAvgPool(height, width));
                break;
        }
    }

    private static void AddResizing(StepGene gene, AddLayerCall add)
    {
        var (height, width) = (1 + (gene.A % 3), 1 + (gene.B % 3));
        var mode = (gene.C % 3) switch
        {
            0 => "",
            1 => ", Mode = Cnn.Upsampling.Bilinear",
            _ => ", Mode = Cnn.Upsampling.Bilinear, AlignCorners = true",
        };
        add(
            $"Upsample({Text(height)}, {Text(width)}{mode})",
            new ReferenceLayer.Upsample(height, width, (ReferenceUpsampling)(gene.C % 3)));
    }

    private static void AddFrame(StepGene gene, VolumeShape shape, AddLayerCall add)
    {
        var (top, left, bottom, right) = (gene.A % 3, gene.B % 3, gene.C % 3, gene.D % 3);
        if (gene.Flag)
        {
            var mode = (gene.A + gene.B) % 3;
            if (mode == 1 && (Math.Max(top, bottom) >= shape.Height || Math.Max(left, right) >= shape.Width))
                return;
            var text = mode switch
            {
                0 => ", Value = 0.5",
                1 => ", Mode = Cnn.PadMode.Reflect",
                _ => ", Mode = Cnn.PadMode.Replicate",
            };
            add(
                $"Pad({Text(top)}, {Text(left)}, {Text(bottom)}, {Text(right)}{text})",
                new ReferenceLayer.Pad(top, left, bottom, right, (ReferencePadding)mode, mode == 0 ? 0.5 : 0));
        }
        else if (top + bottom < shape.Height && left + right < shape.Width)
        {
            add(
                $"Crop({Text(top)}, {Text(left)}, {Text(bottom)}, {Text(right)})",
                new ReferenceLayer.Crop(top, left, bottom, right));
        }
    }

    private static void AddRearranging(StepGene gene, VolumeShape shape, AddLayerCall add)
    {
        if (gene.Flag && shape.Channels % 4 == 0)
        {
            add("PixelShuffle(2)", new ReferenceLayer.PixelShuffle(2));
            return;
        }

        var channels = GraphElements.Divisor(shape.Length, 1 + (gene.A % 8));
        var height = GraphElements.Divisor(shape.Length / channels, 1 + (gene.B % 6));
        var width = shape.Length / channels / height;
        add($"Reshape({Text(height)}, {Text(width)}, {Text(channels)})", new ReferenceLayer.Reshape(height, width, channels));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Windows of the reference with the arguments that declare them.</summary>
    private static class Windows
    {
        public static string Size(Window window) => window.KernelHeight == window.KernelWidth
            ? Text(window.KernelHeight)
            : $"{Text(window.KernelHeight)}, {Text(window.KernelWidth)}";

        public static (Window Window, string Text) Of(StepGene gene, bool mayDilate)
        {
            var height = 1 + (gene.B % 4);
            var width = gene.C % 3 == 0 ? height : 1 + (gene.C % 5);
            var (strideHeight, strideWidth) = (gene.D % 7) switch { 2 => (2, 2), 3 => (2, 1), 4 => (3, 2), _ => (1, 1) };
            var (dilationHeight, dilationWidth) = !mayDilate ? (1, 1) : (gene.C % 7) switch { 3 => (2, 2), 4 => (1, 3), _ => (1, 1) };
            var text = (strideHeight, strideWidth) switch
            {
                (1, 1) => "",
                (2, 2) => ", Stride = 2",
                _ => $", StrideHeight = {Text(strideHeight)}, StrideWidth = {Text(strideWidth)}",
            };
            text += (dilationHeight, dilationWidth) switch
            {
                (1, 1) => "",
                (2, 2) => ", Dilation = 2",
                _ => $", DilationHeight = {Text(dilationHeight)}, DilationWidth = {Text(dilationWidth)}",
            };
            var (top, left, bottom, right) = (gene.A % 5) switch
            {
                0 => (0, 0, 0, 0),
                1 => (0, 1, 2, 0),
                _ => (height / 2, height / 2, height / 2, height / 2),
            };
            text += (gene.A % 5) switch
            {
                0 => "",
                1 => ", PaddingLeft = 1, PaddingBottom = 2",
                _ => $", Padding = {Text(height / 2)}",
            };
            return (
                new Window(height, width, 1, top, left, bottom, right)
                {
                    StrideHeight = strideHeight,
                    StrideWidth = strideWidth,
                    DilationHeight = dilationHeight,
                    DilationWidth = dilationWidth,
                },
                text);
        }

        public static (Window Window, string Text) Pool(StepGene gene, bool isMax)
        {
            var height = 1 + (gene.B % 3);
            var width = gene.C % 2 == 0 ? height : 1 + (gene.C % 4);
            var (strideHeight, strideWidth) = (gene.D % 4) switch { 0 => (height, width), 1 => (1, 1), 2 => (2, 1), _ => (2, 2) };
            var text = gene.D % 4 == 0 ? "" : $", StrideHeight = {Text(strideHeight)}, StrideWidth = {Text(strideWidth)}";
            var padding = gene.D % 3 == 0 ? Math.Min(height, width) / 2 : 0;
            if (padding > 0)
                text += $", Padding = {Text(padding)}";
            var dilation = isMax && gene.C % 5 == 4 ? 2 : 1;
            if (dilation == 2)
                text += ", Dilation = 2";
            return (
                new Window(height, width, 1, padding, padding, padding, padding)
                {
                    StrideHeight = strideHeight,
                    StrideWidth = strideWidth,
                    DilationHeight = dilation,
                    DilationWidth = dilation,
                    CeilMode = gene.D % 5 == 3,
                },
                text);
        }
    }
}
