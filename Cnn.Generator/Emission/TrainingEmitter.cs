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
    private readonly List<string> _locals = [];

    private TrainingProgram Program => network.Training;

    public void Emit()
    {
        EmitPass("TrainForward", "", Program.Forward);
        writer.Line();
        EmitPass("TrainBackward", "ref float gradients, ", Program.Backward);
    }

    /// <summary>One method a phase: where threads exchange statistics, one ends and the next begins.</summary>
    private void EmitPass(string name, string gradients, EquatableArray<TrainingStep> pass)
    {
        var self = $"global::Cnn.INetwork<{network.Declared.Type.Name}>";
        var signature = $"ref float weights, {gradients}ref float workspace, int capacity, int count, ulong seed";
        var phases = Phases(pass);
        writer.Line("/// <inheritdoc/>");
        if (phases.Count == 1)
        {
            using (writer.Block($"static void {self}.{name}({signature})"))
                EmitPhase(phases[0]);
            return;
        }

        var passed = gradients.Length == 0 ? "" : "ref gradients, ";
        string Call(int phase) => string.Format(
            CultureInfo.InvariantCulture, "{0}Phase{1}(ref weights, {2}ref workspace, capacity, count, seed);", name, phase, passed);
        writer.Line($"static void {self}.{name}({signature}) => {Call(0)}");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        using (writer.Block($"static void {self}.{name}(int phase, {signature})"))
        using (writer.Block("switch (phase)"))
        {
            for (var phase = 0; phase < phases.Count; phase++)
            {
                writer.Line(string.Format(CultureInfo.InvariantCulture, "case {0}:", phase));
                writer.Line("    " + Call(phase));
                writer.Line("    break;");
            }
        }

        for (var phase = 0; phase < phases.Count; phase++)
        {
            writer.Line();
            using (writer.Block(string.Format(CultureInfo.InvariantCulture, "private static void {0}Phase{1}({2})", name, phase, signature)))
                EmitPhase(phases[phase]);
        }
    }

    private static List<List<TrainingStep>> Phases(EquatableArray<TrainingStep> pass)
    {
        var phases = new List<List<TrainingStep>> { new() };
        foreach (var step in pass)
        {
            if (step.Kind == StepKind.Exchange)
                phases.Add([]);
            else
                phases[phases.Count - 1].Add(step);
        }

        return phases;
    }

    private void EmitPhase(List<TrainingStep> pass)
    {
        var used = pass.SelectMany(step => step.Step!.Operands)
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
            if (pass[position].Kind == StepKind.EachSample)
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

    private static List<Step> Run(List<TrainingStep> pass, int position)
    {
        var steps = new List<Step>();
        var kind = pass[position].Kind;
        for (; position < pass.Count && pass[position].Kind == kind; position++)
            steps.Add(pass[position].Step!);
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
        OperandKind.Weights => CallEmitter.At("weights", operand.Offset),
        OperandKind.Gradients => CallEmitter.At("gradients", operand.Offset),
        _ => perSample && Program.Tensors[operand.Index].PerSample
            ? string.Format(
                CultureInfo.InvariantCulture,
                "ref Unsafe.Add(ref {0}, {1}n * {2})",
                Local(operand.Index),
                operand.Offset == 0 ? "" : operand.Offset.ToString(CultureInfo.InvariantCulture) + " + ",
                Program.Tensors[operand.Index].Floats)
            : CallEmitter.At(Local(operand.Index), operand.Offset),
    };

    /// <summary>The tensor's name; numbered where two bear the same.</summary>
    private string Local(int index)
    {
        if (_locals.Count == 0)
        {
            var taken = new HashSet<string>();
            foreach (var tensor in Program.Tensors)
            {
                var name = Names.Identifier(tensor.Name);
                var local = name;
                for (var number = 2; !taken.Add(local); number++)
                    local = name + "_" + number.ToString(CultureInfo.InvariantCulture);
                _locals.Add(local);
            }
        }

        return _locals[index];
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
