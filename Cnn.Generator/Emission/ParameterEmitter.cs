using System.Collections.Generic;
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
    /// <summary>Columns of a line; what is longer has its blocks on lines of their own.</summary>
    private const int Columns = 140;

    private static readonly string[] NormSuffixes = ["weight", "bias", "running_mean", "running_var"];

    public static void Emit(CodeWriter writer, CompiledNetwork network)
    {
        writer.Line("internal static readonly Tensor[] Parameters =");
        writer.Line("[");
        var norms = false;
        foreach (var placed in network.TrainingChoices.InOrder)
        {
            var parameters = placed.Node.Layer.Parameters(placed.Node.Input);
            if (Norm(placed, parameters) is { } norm)
            {
                norms = true;
                writer.Line($"    .. {norm},");
                continue;
            }

            foreach (var parameter in parameters)
                EmitTensor(writer, "", Tensor(network.Declared, placed, parameter), Blocks(placed, parameter), End(placed, parameter) + ",");
        }

        writer.Line("];");
        if (network.Folds)
            EmitFolded(writer, network);
        EmitMakers(writer, norms, network.Folds);
    }

    /// <summary>How the weights of inference come from those of training.</summary>
    private static void EmitFolded(CodeWriter writer, CompiledNetwork network)
    {
        writer.Line();
        writer.Line("internal static readonly global::Cnn.FoldedParameter[] Folded =");
        writer.Line("[");
        foreach (var placed in network.InferenceChoices.InOrder)
        {
            var parameters = FoldedParameters.Of(placed).ToList();
            if (WithNorm(placed, parameters) is var (head, end))
            {
                EmitTensor(writer, "", head, Blocks(placed, parameters[0].Parameter), end);
                continue;
            }

            foreach (var folded in parameters)
            {
                var made = $"new(Folding.{folded.Folding}, {Name(folded.Source)}, {Name(folded.BatchNorm)}, {folded.Epsilon}, {folded.Groups},";

                // How it starts is no matter: it is made from others.
                var tensor = Tensor(network.Declared, placed, folded.Parameter with { FanIn = 0, FanOut = 0, Initial = 0 });
                var closing = End(placed, folded.Parameter) + (folded.Tile == 0 ? ")," : $") {{ Tile = {folded.Tile} }},");
                EmitTensor(writer, made, tensor, Blocks(placed, folded.Parameter), closing);
            }
        }

        writer.Line("];");

        static string Name(string? name) => name is null ? "null" : $"\"{name}\"";
    }

    /// <summary>
    /// The weight and the bias of a layer with its batch normalisation, around the blocks of the weight; null for what is none, or has its bias
    /// in pieces.
    /// </summary>
    private static (string Head, string End)? WithNorm(Placed placed, IReadOnlyList<FoldedParameter> parameters)
    {
        if (parameters.Count != 2 || parameters[0] is not { Folding: "Weight", Groups: 0 } weight || parameters[1] is not { Folding: "Bias" } bias)
            return null;
        var dimensions = weight.Parameter.Dimensions;
        if (RunPlace(placed, bias.Parameter) is not { } place || bias.Parameter.Length != dimensions[0])
            return null;
        var (node, shape) = (placed.Node, string.Join(", ", dimensions));
        var norm = $"\"{weight.BatchNorm}\", {weight.Epsilon}";
        var tile = weight.Tile == 0 ? "" : $", tile: {weight.Tile}";
        return (
            $".. WithNorm(\"{node.Name}\", {node.Source}, {norm}, [{shape}], {place}, [",
            $"]{(bias.Source is null ? "" : ", hasBias: true")}{tile}),");
    }

    /// <summary>The methods that make the rows.</summary>
    private static void EmitMakers(CodeWriter writer, bool norms, bool folds)
    {
        writer.Line();
        writer.Line("static Tensor Weight(string name, int layer, int[] shape, Init init, int fanIn, int fanOut, params Block[] blocks) =>");
        writer.Line("    new(name, shape, init, fanIn, fanOut, blocks) { Layer = layer };");
        writer.Line();
        writer.Line("static Tensor Constant(string name, int layer, int[] shape, float start, bool isBuffer, params Block[] blocks) =>");
        writer.Line("    new(name, shape, start == 0 ? Init.Zeros : Init.Constant, 0, 0, blocks) { Layer = layer, Start = start, IsBuffer = isBuffer };");
        writer.Line();
        writer.Line("static Tensor Vector(string name, int layer, int length, int place, float start = 0, bool isBuffer = false) =>");
        writer.Line("    Constant(name, layer, [length], start, isBuffer, At(0, place, (length, 1, 1)));");
        writer.Line();
        if (norms)
        {
            writer.Line("// A batch normalisation: factors and summands stand at one place, the running averages at another.");
            writer.Line("static Tensor[] Norm(string name, int layer, int channels, int place, int averages) =>");
            writer.Line("[");
            writer.Line("    Vector(name + \".weight\", layer, channels, place, start: 1), Vector(name + \".bias\", layer, channels, place + channels),");
            writer.Line("    Vector(name + \".running_mean\", layer, channels, averages, isBuffer: true),");
            writer.Line("    Vector(name + \".running_var\", layer, channels, averages + channels, start: 1, isBuffer: true),");
            writer.Line("];");
            writer.Line();
        }

        if (folds)
        {
            writer.Line("// A layer with its batch normalisation, which gives it a bias; with a tile its weight is transformed for Winograd's convolution.");
            writer.Line("static global::Cnn.FoldedParameter[] WithNorm(");
            writer.Line("    string name, int layer, string norm, double epsilon, int[] shape, int bias, Block[] blocks, bool hasBias = false, int tile = 0) =>");
            writer.Line("[");
            writer.Line("    new(Folding.Weight, name + \".weight\", norm, epsilon, 0, Constant(name + \".weight\", layer, shape, 0, false, blocks)) { Tile = tile },");
            writer.Line("    new(Folding.Bias, hasBias ? name + \".bias\" : null, norm, epsilon, 0, Vector(name + \".bias\", layer, shape[0], bias)),");
            writer.Line("];");
            writer.Line();
        }

        writer.Line("// Where a part of a tensor begins in the file and in memory, and its loops: turns, and the steps in the file and in memory.");
        writer.Line("static Block At(int file, int memory, params (int Count, int File, int Memory)[] loops) =>");
        writer.Line("    new(file, memory, global::System.Array.ConvertAll(loops, loop => new Axis(loop.Count, loop.File, loop.Memory)));");
    }

    /// <summary>The parameters of a batch normalisation in one row; null for what is none, or does not lie as all do.</summary>
    private static string? Norm(Placed placed, IReadOnlyList<ParameterSpec> parameters)
    {
        if (!parameters.Select(parameter => parameter.Suffix).SequenceEqual(NormSuffixes))
            return null;
        var places = parameters.Select(parameter => RunPlace(placed, parameter)).ToList();
        var channels = parameters[0].Length;
        var isRegular = places.TrueForAll(place => place is not null)
            && places[1] == places[0] + channels && places[3] == places[2] + channels
            && parameters.Select(parameter => (parameter.Initial, parameter.IsBuffer))
                .SequenceEqual([(1f, false), (0f, false), (0f, true), (1f, true)]);
        var node = placed.Node;
        return isRegular ? $"Norm(\"{node.Name}\", {node.Source}, {channels}, {places[0]!.Value}, {places[2]!.Value})" : null;
    }

    /// <summary>The offset of a parameter that has one dimension and is contiguous; null for any other.</summary>
    private static int? RunPlace(Placed placed, ParameterSpec parameter)
    {
        if (parameter.FanIn > 0 || parameter.Dimensions.Count > 1)
            return null;
        var blocks = placed.Blocks(parameter).ToList();
        if (blocks.Count != 1 || blocks[0].Canonical != 0)
            return null;
        var axes = blocks[0].Axes.Where(axis => axis.Count > 1).ToList();
        var isRun = axes.Count == 0 ? parameter.Length == 1 : axes.Count == 1 && axes[0] == new PackedAxis(parameter.Length, 1, 1);
        return isRun ? blocks[0].Kernel : null;
    }

    private static IReadOnlyList<string> Blocks(Placed placed, ParameterSpec parameter) =>
        RunPlace(placed, parameter) is null ? [.. placed.Blocks(parameter).Select(At)] : [];

    /// <summary>The end of the call that makes a parameter, if blocks stand before it.</summary>
    private static string End(Placed placed, ParameterSpec parameter) => RunPlace(placed, parameter) is null ? ")" : "";

    /// <summary>The call that makes a parameter, up to its blocks where there are any.</summary>
    private static string Tensor(Network declared, Placed placed, ParameterSpec parameter)
    {
        var name = $"\"{placed.Node.Name}.{parameter.Suffix}\", {placed.Node.Source}";
        if (RunPlace(placed, parameter) is { } place)
        {
            var start = parameter.Initial == 0 ? "" : $", start: {Text.Literal(parameter.Initial)}";
            return $"Vector({name}, {parameter.Length}, {place}{start}{(parameter.IsBuffer ? ", isBuffer: true" : "")})";
        }

        var dimensions = string.Join(", ", parameter.Dimensions);
        if (parameter.FanIn == 0)
            return $"Constant({name}, [{dimensions}], {Text.Literal(parameter.Initial)}, {(parameter.IsBuffer ? "true" : "false")}, ";
        var initializer = FeedsRelu(declared, placed.Node) ? "He" : "Glorot";
        return $"Weight({name}, [{dimensions}], Init.{initializer}, {parameter.FanIn}, {parameter.FanOut}, ";
    }

    /// <summary>Prints a row: on one line, or with what does not fit below.</summary>
    private static void EmitTensor(CodeWriter writer, string head, string tensor, IReadOnlyList<string> blocks, string end)
    {
        var indent = "    ";
        var row = tensor + string.Join(", ", blocks) + end;
        if (head.Length > 0 && indent.Length + head.Length + 1 + row.Length <= Columns)
        {
            writer.Line($"{indent}{head} {row}");
            return;
        }

        if (head.Length > 0)
        {
            writer.Line(indent + head);
            indent += "    ";
        }

        if (blocks.Count == 0 || indent.Length + row.Length <= Columns)
        {
            writer.Line(indent + row);
            return;
        }

        writer.Line(indent + tensor.TrimEnd());
        for (var i = 0; i < blocks.Count; i++)
            writer.Line(indent + "    " + blocks[i] + (i + 1 < blocks.Count ? "," : end));
    }

    /// <summary>Whether the activation after a layer, past any pooling and normalisation, is of the ReLU family.</summary>
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

    private static string At(PackedBlock block)
    {
        var loops = block.Axes.Where(axis => axis.Count > 1)
            .Select(axis => $"({axis.Count}, {axis.Canonical}, {axis.Kernel})");
        return $"At({string.Join(", ", new[] { Text.Number(block.Canonical), Text.Number(block.Kernel) }.Concat(loops))})";
    }
}
