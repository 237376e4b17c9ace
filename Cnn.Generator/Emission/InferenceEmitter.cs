using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>Prints the forward pass of one sample: one call a layer, each below the sentence that describes it.</summary>
internal static class InferenceEmitter
{
    public static void Emit(CodeWriter writer, KernelTable table, CompiledNetwork network)
    {
        var name = network.Declared.Type.Name;
        writer.Line("/// <inheritdoc/>");
        using (writer.Block($"static void global::Cnn.INetwork<{name}>.Run(ref float weights, ref float input, ref float output, ref float arena)"))
        {
            foreach (var step in network.Inference.Steps)
            {
                writer.Line("// " + step.Comment);
                CallEmitter.Emit(writer, table, step, operand => Text(network, operand), "");
            }
        }
    }

    private static string Text(CompiledNetwork network, Operand operand) => operand.Kind switch
    {
        OperandKind.Input => CallEmitter.At("input", operand.Offset),
        OperandKind.Output => CallEmitter.At("output", operand.Offset),
        OperandKind.Weights => CallEmitter.At("weights", operand.Offset),
        _ => CallEmitter.At("arena", network.Arena.Offsets[operand.Index] + operand.Offset),
    };
}
