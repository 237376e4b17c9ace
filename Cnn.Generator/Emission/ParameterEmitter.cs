using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>
/// Prints the table of parameters: canonical names and shapes, and where each element stands in the order of the kernels.
/// </summary>
internal static class ParameterEmitter
{
    private const string Axis = "global::Cnn.StridedAxis";
    private const string Block = "global::Cnn.StridedBlock";

    public static void Emit(CodeWriter writer, CompiledNetwork network)
    {
        writer.Line("private static readonly global::Cnn.ParameterTensor[] s_parameters =");
        writer.Line("[");
        foreach (var placed in network.Choices.InOrder)
        {
            foreach (var parameter in placed.Node.Layer.Parameters(placed.Node.Input))
            {
                var initializer = parameter.FanIn == 0 ? "Zeros" : FeedsRelu(network.Declared, placed.Node) ? "He" : "Glorot";
                var dimensions = string.Join(", ", parameter.Dimensions.Select(Text));
                writer.Line($"    new global::Cnn.ParameterTensor(\"{placed.Node.Name}.{parameter.Suffix}\", [{dimensions}], global::Cnn.Initializer.{initializer}, {Text(parameter.FanIn)}, {Text(parameter.FanOut)},");
                var blocks = Blocks(network, placed, parameter).ToList();
                for (var i = 0; i < blocks.Count; i++)
                    writer.Line("        " + blocks[i] + (i + 1 < blocks.Count ? "," : "),"));
            }
        }

        writer.Line("];");
    }

    /// <summary>Whether the activation behind a layer, past any pooling, is of the ReLU family.</summary>
    private static bool FeedsRelu(Network declared, Node node)
    {
        var following = declared.Nodes.SkipWhile(other => other.Name != node.Name).Skip(1);
        var next = following.FirstOrDefault(other => other.Layer is not (PoolLayer or FlattenLayer or DropoutLayer));
        return next?.Layer is ActivationLayer { Function: ActivationFunction.Relu or ActivationFunction.LeakyRelu };
    }

    private static IEnumerable<string> Blocks(CompiledNetwork network, PlacedParameters placed, ParameterSpec parameter)
    {
        var isBias = parameter.Suffix == "bias";
        if (placed.Dense is { } dense)
        {
            return isBias
                ? [New(0, placed.Offset + dense.BiasOffset, (dense.Outputs, 1, 1))]
                : [DenseBlock(network.Declared.Layout, placed, dense)];
        }

        var geometry = ConvGeometry.Of((ConvLayer)placed.Node.Layer, placed.Node.Input);
        return placed.ConvPacking!.Segments.Select(segment => isBias
            ? New(segment.First, placed.Offset + segment.BiasOffset, (segment.Blocks, segment.Lanes, segment.Width), (segment.Lanes, 1, 1))
            : New(
                segment.First * geometry.Taps,
                placed.Offset + segment.Offset,
                (segment.Blocks, segment.Lanes * geometry.Taps, segment.BlockStride),
                (segment.Lanes, geometry.Taps, 1),
                (geometry.InChannels, geometry.KernelHeight * geometry.KernelWidth, segment.Channel),
                (geometry.KernelHeight, geometry.KernelWidth, segment.Row),
                (geometry.KernelWidth, 1, segment.Column)));
    }

    /// <summary>
    /// The rows of a dense layer's weights follow the order in which its input lies, its canonical columns the declared order.
    /// </summary>
    private static string DenseBlock(VolumeLayout declared, PlacedParameters placed, DensePacking dense)
    {
        var stored = placed.Source;
        var canonical = TensorLayout.Dense(stored.Volume, declared);
        return New(
            0,
            placed.Offset,
            (dense.Outputs, dense.Inputs, 1),
            (stored.Volume.Height, canonical.Row, stored.Row * dense.Pitch),
            (stored.Volume.Width, canonical.Pixel, stored.Pixel * dense.Pitch),
            (stored.Volume.Channels, canonical.Channel, stored.Channel * dense.Pitch));
    }

    private static string New(int canonical, int kernel, params (int Count, int Canonical, int Kernel)[] axes)
    {
        var loops = axes.Where(axis =>
            axis.Count > 1).Select(axis => $"new {Axis}({Text(axis.Count)}, {Text(axis.Canonical)}, {Text(axis.Kernel)})");
        return $"new {Block}({string.Join(", ", new[] { Text(canonical), Text(kernel) }.Concat(loops))})";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
