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

    public static void Emit(CodeWriter writer, CompiledNetwork network)
    {
        writer.Line("internal static readonly global::Cnn.ParameterTensor[] Parameters =");
        writer.Line("[");
        foreach (var (placed, parameter) in Parameters(network.TrainingChoices))
        {
            EmitTensor(writer, network.Declared, placed, parameter, "    ", ",");
        }

        writer.Line("];");
        if (network.Folds)
            EmitFolded(writer, network);
    }

    /// <summary>All parameters in the order of the nodes.</summary>
    private static IEnumerable<(Placed Placed, ParameterSpec Parameter)> Parameters(KernelChoices choices) =>
        from placed in choices.InOrder
        from parameter in placed.Node.Layer.Parameters(placed.Node.Input)
        select (placed, parameter);

    /// <summary>How the weights of inference come from those of training.</summary>
    private static void EmitFolded(CodeWriter writer, CompiledNetwork network)
    {
        writer.Line();
        writer.Line("internal static readonly global::Cnn.FoldedParameter[] Folded =");
        writer.Line("[");
        foreach (var placed in network.InferenceChoices.InOrder)
        {
            foreach (var folded in FoldedParameters.Of(placed))
            {
                writer.Line($"    new(Folding.{folded.Folding}, {Name(folded.Source)}, {Name(folded.BatchNorm)}, {folded.Epsilon.ToString("R", CultureInfo.InvariantCulture)}, {Text(folded.Groups)},");
                EmitTensor(writer, network.Declared, placed, folded.Parameter, "        ", folded.Tile == 0 ? ")," : $") {{ Tile = {Text(folded.Tile)} }},");
            }
        }

        writer.Line("];");

        static string Name(string? name) => name is null ? "null" : $"\"{name}\"";
    }

    private static void EmitTensor(
        CodeWriter writer, Network declared, Placed placed, ParameterSpec parameter, string indent, string end)
    {
        var initializer = parameter.FanIn > 0 ? FeedsRelu(declared, placed.Node) ? "He" : "Glorot" : Constant(parameter);
        var dimensions = string.Join(", ", parameter.Dimensions.Select(Text));
        writer.Line($"{indent}new Tensor(\"{placed.Node.Name}.{parameter.Suffix}\", [{dimensions}], Init.{initializer}, {Text(parameter.FanIn)}, {Text(parameter.FanOut)},");
        var start = initializer == "Constant" ? $", Start = {Epilogue.Float(parameter.Initial)}" : "";
        var closing = $") {{ Layer = {Text(placed.Node.Source)}{start}{(parameter.IsBuffer ? ", IsBuffer = true" : "")} }}";
        var blocks = placed.Blocks(parameter).Select(New).ToList();
        for (var i = 0; i < blocks.Count; i++)
            writer.Line(indent + "    " + blocks[i] + (i + 1 < blocks.Count ? "," : closing + end));
    }

    private static string Constant(ParameterSpec parameter) => parameter.Initial == 0 ? "Zeros" : "Constant";

    /// <summary>Whether the activation behind a layer, past any pooling and normalisation, is of the ReLU family.</summary>
    private static bool FeedsRelu(Network declared, Node node)
    {
        var name = node.Name;
        while (declared.OnlyReader(name) is { } reader)
        {
            if (reader.Layer is ActivationLayer activation)
                return activation.Function is ActivationFunction.Relu or ActivationFunction.LeakyRelu;
            if (reader.Layer is not (PoolLayer or FlattenLayer or DropoutLayer or BatchNormLayer))
                return false;
            name = reader.Name;
        }

        return false;
    }

    private static string New(PackedBlock block)
    {
        var loops = block.Axes.Where(axis => axis.Count > 1)
            .Select(axis => $"new Axis({Text(axis.Count)}, {Text(axis.Canonical)}, {Text(axis.Kernel)})");
        return $"new Block({string.Join(", ", new[] { Text(block.Canonical), Text(block.Kernel) }.Concat(loops))})";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
