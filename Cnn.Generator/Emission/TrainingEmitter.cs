using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>Prints the forward and the backward pass of training.</summary>
internal sealed class TrainingEmitter(CodeWriter writer, KernelTable table, CompiledNetwork network)
{
    private TrainingProgram Program => network.Training;

    public void Emit()
    {
        var self = $"global::Cnn.INetwork<{network.Declared.Type.Name}>";
        writer.Line("/// <inheritdoc/>");
        using (writer.Block($"static void {self}.TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed)"))
            EmitPass(Program.Forward);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        using (writer.Block(
            $"static void {self}.TrainBackward(ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed)"))
        {
            EmitPass(Program.Backward);
        }
    }

    private void EmitPass(EquatableArray<TrainingStep> pass)
    {
        var used = pass.SelectMany(step => step.Step.Operands)
            .Where(operand => operand.Kind == OperandKind.Tensor)
            .Select(operand => operand.Index)
            .Distinct()
            .OrderBy(index => index);
        foreach (var index in used)
            writer.Line($"ref float {Local(index)} = {Place(index)};");
        var position = 0;
        while (position < pass.Count)
        {
            var run = Run(pass, position);
            if (pass[position].PerSample)
            {
                using (writer.Block("for (int n = 0; n < count; n++)"))
                    EmitSteps(run, perSample: true);
            }
            else
            {
                EmitSteps(run, perSample: false);
            }

            position += run.Count;
        }
    }

    private static List<Step> Run(EquatableArray<TrainingStep> pass, int position)
    {
        var steps = new List<Step>();
        var perSample = pass[position].PerSample;
        for (; position < pass.Count && pass[position].PerSample == perSample; position++)
            steps.Add(pass[position].Step);
        return steps;
    }

    private void EmitSteps(List<Step> steps, bool perSample)
    {
        foreach (var step in steps)
        {
            writer.Line("// " + step.Comment);
            CallEmitter.Emit(writer, table, step, operand => Text(operand, perSample), "n");
        }
    }

    private string Text(Operand operand, bool perSample) => operand.Kind switch
    {
        OperandKind.Weights => CallEmitter.At("weights", operand.Index),
        OperandKind.Gradients => CallEmitter.At("gradients", operand.Index),
        _ => perSample && Program.Tensors[operand.Index].PerSample
            ? string.Format(
                CultureInfo.InvariantCulture,
                "ref Unsafe.Add(ref {0}, n * {1})",
                Local(operand.Index),
                Program.Tensors[operand.Index].Floats)
            : "ref " + Local(operand.Index),
    };

    /// <summary>The tensor's name; numbered where two bear the same.</summary>
    private string Local(int index)
    {
        var name = Program.Tensors[index].Name;
        var earlier = Program.Tensors.Take(index).Count(tensor => tensor.Name == name);
        return name + (earlier == 0 ? "" : "_" + (earlier + 1).ToString(CultureInfo.InvariantCulture));
    }

    private string Place(int index)
    {
        var start = network.Workspace.Starts[index];
        if (!Program.Tensors[index].PerSample)
            return CallEmitter.At("workspace", start);
        var offset = start == 0
            ? network.Workspace.SharedFloats.ToString(CultureInfo.InvariantCulture)
            : string.Format(CultureInfo.InvariantCulture, "{0} + (capacity * {1})", network.Workspace.SharedFloats, start);
        return $"ref Unsafe.Add(ref workspace, {offset})";
    }
}
