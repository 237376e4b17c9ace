using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Planning;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>Prints the forward pass of one sample: one call per layer, each below the sentence that describes it.</summary>
internal static class InferenceEmitter
{
    private const string Check = "global::Cnn.ArenaCheck";

    public static void Emit(CodeWriter writer, KernelTable table, CompiledNetwork network)
    {
        EmitPass(writer, table, network, network.Inference, network.Arena);
        if (network.Batch is { } batch)
        {
            writer.Line();
            new BatchEmitter(writer, table, network, batch).Emit();
        }

        if (network.Bytes is not { } bytes)
            return;
        writer.Line();
        EmitPass(writer, table, network, bytes.Program, bytes.Arena);
    }

    /// <summary>The text of the argument for an operand.</summary>
    public static string Text(ArenaPlan arena, Operand operand) => operand.Kind switch
    {
        OperandKind.Input => CallEmitter.At("input", operand.Offset),
        OperandKind.Output => CallEmitter.At("output", operand.Offset),
        OperandKind.Weights => CallEmitter.At("weights", operand.Offset),
        _ => CallEmitter.At("arena", arena.Offsets[operand.Index] + operand.Offset),
    };

    private static void EmitPass(
        CodeWriter writer, KernelTable table, CompiledNetwork network, InferenceProgram program, ArenaPlan arena)
    {
        var type = ParameterText.Of(program.InputType);
        var turns = program.IsShared ? Turns.Parameter + ", " : "";
        using (writer.Block($"internal static void Run({turns}ref float weights, ref {type} input, ref float output, ref float arena)"))
            EmitSteps(writer, table, network, program, arena);
    }

    private static void EmitSteps(
        CodeWriter writer, KernelTable table, CompiledNetwork network, InferenceProgram program, ArenaPlan arena)
    {
        var lifetimes = network.ChecksMemory ? ArenaPlanner.Lifetimes(program) : [];
        if (network.ChecksMemory)
            writer.Line($"{Check}.Begin(ref arena, {arena.Floats});");
        for (var i = 0; i < program.Steps.Count; i++)
        {
            var step = program.Steps[i];
            writer.Line("// " + step.Comment);
            if (program.IsShared)
                CallEmitter.EmitShared(writer, table, step, program.GoesBeside(i), operand => Text(arena, operand));
            else
                CallEmitter.Emit(writer, table, step, operand => Text(arena, operand), "");
            for (var tensor = 0; tensor < lifetimes.Length; tensor++)
            {
                var (floats, first, last) = (lifetimes[tensor].Floats, lifetimes[tensor].First, lifetimes[tensor].Last);
                if (first <= i && i <= last)
                    writer.Line($"{Check}.Guard(ref arena, {arena.Offsets[tensor] + floats}, {ArenaPlanner.Guard}, \"{step.Name}\");");
                if (i == last)
                    writer.Line($"{Check}.Release(ref arena, {arena.Offsets[tensor]}, {floats});");
            }
        }
    }
}
