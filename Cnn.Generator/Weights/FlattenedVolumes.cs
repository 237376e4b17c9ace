using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Weights;

/// <summary>A parameter whose numbers stand in another order where channels are first.</summary>
/// <param name="Name">Its name; that of a node, without rows and columns, where no order makes up for what the node does.</param>
/// <param name="Rows">The volumes along its first dimension; empty where none was flattened.</param>
/// <param name="Columns">The volumes along its second dimension; empty where none was flattened.</param>
internal sealed record FlattenedParameter(string Name, EquatableArray<Shape> Rows, EquatableArray<Shape> Columns);

/// <summary>
/// Finds the parameters that meet a flattened volume of several pixels and channels: those of layers that read a vector that
/// <c>[Flatten]</c> made, or make one that <c>[Reshape]</c> reads as a volume. Vectors of one order form a group.
/// </summary>
internal sealed class FlattenedVolumes
{
    private readonly Dictionary<string, Group> _groups = [];
    private readonly HashSet<string> _reshaped = [];
    private readonly Network _network;

    private FlattenedVolumes(Network network) => _network = network;

    public static EquatableArray<FlattenedParameter> Of(Network network)
    {
        var volumes = new FlattenedVolumes(network);
        foreach (var node in network.Nodes)
            volumes.Join(node);
        return network.Nodes.SelectMany(volumes.Parameters).ToEquatableArray();
    }

    private static bool DependsOnOrder(Shape shape) => shape is { IsVector: false, Channels: > 1 } && shape.Height * shape.Width > 1;

    private void Join(Node node)
    {
        var (input, output) = (node.Input, node.Output);
        switch (node.Layer)
        {
            case DenseLayer:
                break;

            case ConcatLayer when output.IsVector:
                Of(node.Name).Parts.Add([.. node.Sources.Zip(node.Inputs, (source, shape) => (Of(source), shape.Length))]);
                break;

            case FlattenLayer or ReshapeLayer when !input.IsVector && output.IsVector:
                if (DependsOnOrder(input))
                    Of(node.Name).Volumes.Add(input);
                break;

            case ReshapeLayer when input.IsVector && !output.IsVector:
                if (DependsOnOrder(output))
                    Of(node.Sources[0]).Volumes.Add(output);
                break;

            case ReshapeLayer when !input.IsVector && !output.IsVector:
                if (input != output && (DependsOnOrder(input) || DependsOnOrder(output)))
                    _reshaped.Add(node.Name);
                break;

            default:
                for (var i = 0; i < node.Sources.Count && output.IsVector; i++)
                {
                    if (node.Inputs[i].IsVector && node.Inputs[i].Length == output.Length)
                        Of(node.Sources[i]).Merge(Of(node.Name));
                }

                break;
        }
    }

    private IEnumerable<FlattenedParameter> Parameters(Node node)
    {
        if (_reshaped.Contains(node.Name)
            || Runs(node.Sources[0], node.Input) is not { } before
            || Runs(node.Name, node.Output) is not { } after)
            return [new FlattenedParameter(node.Name, [], [])];
        return node.Layer.Parameters(node.Input).Select(Make).Where(made => made.Rows.Count + made.Columns.Count > 0);

        FlattenedParameter Make(ParameterSpec parameter)
        {
            var name = node.Name + "." + parameter.Suffix;
            if (node.Layer is DenseLayer)
                return new FlattenedParameter(name, after, parameter.Dimensions.Count > 1 ? before : []);
            var isOfVector = node.Input.IsVector && parameter.Dimensions.Count == 1 && parameter.Length == node.Input.Length;
            return new FlattenedParameter(name, isOfVector ? before : [], []);
        }
    }

    /// <summary>The volumes that a vector is made of; empty where its order does not matter, null if it is in several at once.</summary>
    private EquatableArray<Shape>? Runs(string value, Shape shape) => shape.IsVector ? Of(value).Runs() : [];

    private Group Of(string value)
    {
        if (!_groups.TryGetValue(value, out var group))
            _groups.Add(value, group = new Group());
        return group.Root;
    }

    /// <summary>Vectors whose elements stand in the same order.</summary>
    private sealed class Group
    {
        private Group? _parent;
        private bool _isLooking;

        /// <summary>Gets the group that stands for all that were merged.</summary>
        public Group Root
        {
            get
            {
                var root = this;
                while (root._parent is not null)
                    root = root._parent;
                return root;
            }
        }

        /// <summary>Gets the volumes that they are, or are read as.</summary>
        public HashSet<Shape> Volumes { get; } = [];

        /// <summary>Gets what was concatenated to make one of them.</summary>
        public List<IReadOnlyList<(Group Group, int Length)>> Parts { get; } = [];

        public void Merge(Group other)
        {
            if (other == this)
                return;
            other._parent = this;
            Volumes.UnionWith(other.Volumes);
            Parts.AddRange(other.Parts);
        }

        public EquatableArray<Shape>? Runs()
        {
            var root = Root;
            if (root._isLooking || root.Volumes.Count > 1)
                return null;
            root._isLooking = true;
            var ways = root.Volumes.Select(volume => (EquatableArray<Shape>?)[volume]).Concat(root.Parts.Select(Concatenated)).Distinct().ToList();
            root._isLooking = false;
            return ways.Count == 0 ? [] : ways.Count == 1 ? ways[0] : null;
        }

        private static EquatableArray<Shape>? Concatenated(IReadOnlyList<(Group Group, int Length)> parts)
        {
            var runs = new List<Shape>();
            foreach (var (group, length) in parts)
            {
                if (group.Runs() is not { } part)
                    return null;
                if (part.Count > 0)
                    runs.AddRange(part);
                else
                    runs.Add(Shape.Volume(1, 1, length));
            }

            return runs.Exists(DependsOnOrder) ? runs.ToEquatableArray() : [];
        }
    }
}
