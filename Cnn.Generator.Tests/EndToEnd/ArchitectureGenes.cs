using System;
using System.Collections.Generic;
using System.Globalization;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The numbers of which one layer is made. They are bent until the layer is legal where it stands.</summary>
internal sealed record LayerGenes(LayerKind Kind, int Filters, int Height, int Width, int Stride, int Padding, bool Flag, int Activation);

internal enum LayerKind
{
    Conv,
    Pool,
    Activation,
    Dense,
}

/// <summary>Genes of a whole network; any of them, and any part of them, give a legal architecture.</summary>
internal sealed record ArchitectureGenes(
    int Height,
    int Width,
    int Channels,
    bool IsHwc,
    LayerGenes[] Volumes,
    LayerGenes[] Vectors,
    int Tail,
    int Samples)
{
    /// <summary>Multiply-adds of one inference that the reference, in scalar double precision, can afford.</summary>
    private const int LargestLayer = 300_000;

    public Architecture Express() => new Expression(this).Architecture();

    /// <summary>All genes that lack one layer, for shrinking.</summary>
    public IEnumerable<ArchitectureGenes> Smaller()
    {
        if (Tail > 0)
            yield return this with { Tail = Tail - 1 };
        for (var i = 0; i < Vectors.Length; i++)
            yield return this with { Vectors = Without(Vectors, i) };
        for (var i = 0; i < Volumes.Length; i++)
            yield return this with { Volumes = Without(Volumes, i) };
    }

    private static LayerGenes[] Without(LayerGenes[] genes, int index) => [.. genes[..index], .. genes[(index + 1)..]];

    /// <summary>Adds layers as long as they are legal, following the shape.</summary>
    private sealed class Expression(ArchitectureGenes genes)
    {
        private readonly List<ArchitectureLayer> _layers = [];
        private int _height = genes.Height;
        private int _width = genes.Width;
        private int _channels = genes.Channels;

        private int Length => _height * _width * _channels;

        public Architecture Architecture()
        {
            foreach (var layer in genes.Volumes)
                AddVolume(layer);
            if (genes.Tail > 0)
                AddVectors();
            if (_layers.Count == 0)
                AddActivation(0);
            return new Architecture(genes.Height, genes.Width, genes.Channels, genes.IsHwc, _layers, genes.Samples);
        }

        private void AddVectors()
        {
            Add("Flatten", new ReferenceLayer.Flatten());
            (_height, _width, _channels) = (1, 1, Length);
            foreach (var layer in genes.Vectors)
            {
                var units = Math.Max(1, Math.Min(layer.Filters, LargestLayer / Length));
                Add($"Dense({Text(units)}{(layer.Flag ? "" : ", Bias = false")})", new ReferenceLayer.Dense(units, layer.Flag));
                _channels = units;
                AddActivation(layer.Activation);
            }

            if (genes.Tail > 1)
                Add("Softmax", new ReferenceLayer.Softmax());
        }

        private void AddVolume(LayerGenes layer)
        {
            switch (layer.Kind)
            {
                case LayerKind.Conv:
                    AddConv(layer);
                    break;
                case LayerKind.Pool:
                    AddPool(layer);
                    break;
                default:
                    AddActivation(layer.Activation);
                    break;
            }
        }

        private void AddConv(LayerGenes layer)
        {
            var same = layer.Padding == 3;
            var padding = same ? 0 : layer.Padding;
            var height = same ? layer.Height : Math.Min(layer.Height, _height + (2 * padding));
            var width = same ? layer.Width : Math.Min(layer.Width, _width + (2 * padding));
            var (top, bottom) = same ? Same(_height, height, layer.Stride) : (padding, padding);
            var (left, right) = same ? Same(_width, width, layer.Stride) : (padding, padding);
            var outHeight = ((_height + top + bottom - height) / layer.Stride) + 1;
            var outWidth = ((_width + left + right - width) / layer.Stride) + 1;
            var filters = Math.Clamp(LargestLayer / (outHeight * outWidth * height * width * _channels), 1, layer.Filters);
            var size = height == width ? Text(height) : $"{Text(height)}, {Text(width)}";
            Add(
                $"Conv({Text(filters)}, {size}{Settings(layer.Stride, 1, same, padding)}{(layer.Flag ? "" : ", Bias = false")})",
                new ReferenceLayer.Conv(filters, height, width, layer.Stride, top, left, bottom, right, layer.Flag));
            (_height, _width, _channels) = (outHeight, outWidth, filters);
            AddActivation(layer.Activation);
        }

        private void AddPool(LayerGenes layer)
        {
            var size = Math.Min(layer.Height, Math.Min(_height, _width));
            var same = layer.Padding == 3;
            var padding = same || layer.Padding == 0 ? 0 : size / 2;
            var (top, bottom) = same ? Same(_height, size, layer.Stride) : (padding, padding);
            var (left, right) = same ? Same(_width, size, layer.Stride) : (padding, padding);
            var settings = Settings(layer.Stride, size, same, padding);
            Add(
                $"{(layer.Flag ? "MaxPool" : "AvgPool")}({Text(size)}{settings})",
                layer.Flag
                    ? new ReferenceLayer.MaxPool(size, layer.Stride, top, left, bottom, right)
                    : new ReferenceLayer.AvgPool(size, layer.Stride, top, left, bottom, right));
            _height = ((_height + top + bottom - size) / layer.Stride) + 1;
            _width = ((_width + left + right - size) / layer.Stride) + 1;
        }

        /// <summary>ceil(n / stride) outputs; an odd total puts the extra zero after.</summary>
        private static (int Before, int Behind) Same(int length, int window, int stride)
        {
            var outputs = (length + stride - 1) / stride;
            var total = Math.Max(0, ((outputs - 1) * stride) + window - length);
            return (total / 2, total - (total / 2));
        }

        private void AddActivation(int choice)
        {
            switch (choice)
            {
                case 0 or 1:
                    Add("Relu", new ReferenceLayer.Relu());
                    break;
                case 2:
                    Add("LeakyRelu(0.125)", new ReferenceLayer.LeakyRelu(0.125));
                    break;
                case 3:
                    Add("Sigmoid", new ReferenceLayer.Sigmoid());
                    break;
                case 4:
                    Add("Tanh", new ReferenceLayer.Tanh());
                    break;
                case 5:
                    Add("Tanh", new ReferenceLayer.Tanh());
                    Add("LeakyRelu", new ReferenceLayer.LeakyRelu());
                    break;
                case 6:
                    Add("Relu", new ReferenceLayer.Relu());
                    Add("Dropout(0)", new ReferenceLayer.Dropout(0));
                    break;
                case 7:
                    Add("Dropout(0.4)", new ReferenceLayer.Dropout(0.4));
                    break;
            }
        }

        private void Add(string attribute, ReferenceLayer reference) => _layers.Add(new ArchitectureLayer(attribute, reference));

        private static string Settings(int stride, int usual, bool same, int padding) =>
            (stride == usual ? "" : ", Stride = " + Text(stride))
            + (same ? ", Padding = Cnn.Padding.Same" : padding == 0 ? "" : ", Padding = " + Text(padding));

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
