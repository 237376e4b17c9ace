using System.Collections.Generic;
using Cnn.Reference;

namespace Cnn.NativeCheck;

/// <summary>The networks once more, as layers of the library's reference, under the names that the generator gives their parameters.</summary>
internal static class References
{
    public static ReferenceNetwork LeNet5()
    {
        var graph = new Graph();
        graph.Conv("conv1", 6, new Window(5, 5)).Relu().MaxPool();
        graph.Conv("conv2", 16, new Window(5, 5)).Relu().MaxPool();
        graph.Layer(new ReferenceLayer.Flatten());
        graph.Dense("dense1", 120).Relu().Dense("dense2", 84).Relu().Dense("dense3", 10).Softmax();
        return graph.Network(32, 32, 3);
    }

    public static ReferenceNetwork ResNet8()
    {
        var graph = new Graph();
        graph.Conv("conv1", 16, Graph.Same3).NormRelu("stem");
        foreach (var (name, filters) in new[] { ("stack1", 16), ("stack2", 32), ("stack3", 64) })
        {
            var source = graph.Last;
            var first = filters == 16 ? Graph.Same3 : Graph.Halving3;
            graph.Conv(name + ".conv1", filters, first).NormRelu(name + ".norm").Conv(name + ".conv2", filters, Graph.Same3).Norm(name + ".bn1");
            var body = graph.Last;
            var shortcut = source;
            if (filters > 16)
            {
                shortcut = name + ".shortcut.conv1";
                graph.Layer(new ReferenceLayer.Conv(filters, new Window(1, 1, 2)), shortcut, source);
            }

            graph.Layer(new ReferenceLayer.Add(), name, body, shortcut).Relu();
        }

        graph.Pooled("dense1", 10);
        return graph.Network(32, 32, 3);
    }

    public static ReferenceNetwork DsCnn()
    {
        var graph = new Graph();
        graph.Conv("conv1", 64, new Window(10, 4, 2, 4, 1, 5, 1)).NormRelu("stem");
        for (var k = 0; k < 4; k++)
            Separable(graph, $"separable.{k}", 64);
        graph.Pooled("dense1", 12);
        return graph.Network(49, 10, 1);
    }

    public static ReferenceNetwork MobileNetV1()
    {
        var graph = new Graph();
        graph.Conv("conv1", 8, Graph.Halving3).NormRelu("stem");
        int[] filters = [16, 32, 32, 64, 64, 128, 256, 256];
        for (var k = 1; k <= filters.Length; k++)
        {
            var window = k is 2 or 4 or 6 or 7 ? Graph.Halving3 : Graph.Same3;
            graph.Depthwise($"spatial{k}.depthwise1", window).NormRelu($"spatial{k}.norm");
            graph.Conv($"conv{k + 1}", filters[k - 1], new Window(1, 1)).NormRelu($"norm{k}");
            for (var repeat = 0; k == 6 && repeat < 5; repeat++)
                Separable(graph, $"middle.{repeat}", 128);
        }

        graph.Pooled("dense1", 2);
        return graph.Network(96, 96, 3);
    }

    private static void Separable(Graph graph, string name, int filters) => graph
        .Depthwise(name + ".depthwise1", Graph.Same3).NormRelu(name + ".norm1")
        .Conv(name + ".conv1", filters, new Window(1, 1)).NormRelu(name + ".norm2");

    /// <summary>Nodes in the order in which they are added; each reads the one before it unless it says otherwise.</summary>
    private sealed class Graph
    {
        /// <summary>Padding.Same of 3x3.</summary>
        public static readonly Window Same3 = new(3, 3, 1, 1, 1, 1, 1);

        /// <summary>Padding.Same of 3x3 with stride 2 over an even size.</summary>
        public static readonly Window Halving3 = new(3, 3, 2, 0, 0, 1, 1);

        private readonly List<ReferenceNode> _nodes = [];

        public string Last => _nodes[^1].Name;

        public Graph Layer(ReferenceLayer layer, string? name = null, params string[] inputs)
        {
            _nodes.Add(new ReferenceNode(name ?? $"value{_nodes.Count}", layer, inputs));
            return this;
        }

        public Graph Conv(string name, int filters, Window window) => Layer(new ReferenceLayer.Conv(filters, window), name);

        public Graph Depthwise(string name, Window window) => Layer(new ReferenceLayer.DepthwiseConv(window), name);

        public Graph Dense(string name, int units) => Layer(new ReferenceLayer.Dense(units), name);

        public Graph Norm(string name) => Layer(new ReferenceLayer.BatchNorm(Epsilon: 1e-3, Momentum: 0.01), name);

        public Graph NormRelu(string name) => Norm(name + ".bn1").Relu();

        public Graph Relu() => Layer(new ReferenceLayer.Relu());

        public Graph MaxPool() => Layer(new ReferenceLayer.MaxPool(2, 2));

        public Graph Softmax() => Layer(new ReferenceLayer.Softmax());

        public Graph Pooled(string name, int classes) =>
            Layer(new ReferenceLayer.GlobalAvgPool()).Layer(new ReferenceLayer.Flatten()).Dense(name, classes).Softmax();

        public ReferenceNetwork Network(int height, int width, int channels) => new(height, width, channels, true, _nodes);
    }
}
