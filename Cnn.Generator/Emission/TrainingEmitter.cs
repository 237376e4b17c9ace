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
        EmitPass("TrainForward", "", "", Program.Forward);
        writer.Line();
        EmitPass("TrainBackward", "ref float gradients, ", ", int lowest", Program.Backward);
    }

    /// <summary>One method a phase: where threads exchange statistics, one ends and the next begins.</summary>
    private void EmitPass(string name, string gradients, string lowest, EquatableArray<TrainingStep> pass)
    {
        var self = $"global::Cnn.INetwork<{network.Declared.Type.Name}>";
        var signature = $"ref float weights, {gradients}ref float workspace, int capacity, int count, ulong seed";
        var isBackward = lowest.Length > 0;
        var phases = Phases(pass);
        string Call(int phase, string last) => string.Format(
            CultureInfo.InvariantCulture,
            "{0}Phase{1}(ref weights, {2}ref workspace, capacity, count, seed{3});",
            name,
            phase,
            isBackward ? "ref gradients, " : "",
            isBackward ? ", " + last : "");
        writer.Line("/// <inheritdoc/>");
        if (phases.Count == 1 && !isBackward)
        {
            using (writer.Block($"static void {self}.{name}({signature})"))
                EmitPhase(phases[0], false);
            return;
        }

        writer.Line($"static void {self}.{name}({signature}) => {Call(0, "0")}");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        if (phases.Count == 1)
        {
            writer.Line($"static void {self}.{name}(int phase, {signature}{lowest}) => {Call(0, "lowest")}");
        }
        else
        {
            using (writer.Block($"static void {self}.{name}(int phase, {signature}{lowest})"))
            using (writer.Block("switch (phase)"))
            {
                for (var phase = 0; phase < phases.Count; phase++)
                {
                    writer.Line(string.Format(CultureInfo.InvariantCulture, "case {0}:", phase));
                    writer.Line("    " + Call(phase, "lowest"));
                    writer.Line("    break;");
                }
            }
        }

        for (var phase = 0; phase < phases.Count; phase++)
        {
            writer.Line();
            var method = string.Format(CultureInfo.InvariantCulture, "{0}Phase{1}", name, phase);
            using (writer.Block($"private static void {method}({signature}{lowest})"))
                EmitPhase(phases[phase], isBackward);
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

    private void EmitPhase(List<TrainingStep> pass, bool isBackward)
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
                    EmitSteps(run, perSample: true, isBackward);
            }
            else
            {
                EmitSteps(run, perSample: false, isBackward);
            }

            position += run.Count;
        }
    }

    private static List<TrainingStep> Run(List<TrainingStep> pass, int position)
    {
        var steps = new List<TrainingStep>();
        var kind = pass[position].Kind;
        for (; position < pass.Count && pass[position].Kind == kind; position++)
            steps.Add(pass[position]);
        return steps;
    }

    /// <remarks>
    /// The steps of a backward pass descend through the layers, behind those that prepare. Where nothing at or below a layer is
    /// trained, and behind the gradients of the lowest layer that is, they end.
    /// </remarks>
    private void EmitSteps(List<TrainingStep> steps, bool perSample, bool isBackward)
    {
        var guarded = (Node: int.MaxValue, IsForSource: false);
        foreach (var step in steps)
        {
            var call = step.Step!;
            if (isBackward && !step.Prepares && (call.Node != guarded.Node || step.IsForSource != guarded.IsForSource))
            {
                guarded = (call.Node, step.IsForSource);
                writer.Line(string.Format(
                    CultureInfo.InvariantCulture,
                    "if (lowest {0} {1}) {2};",
                    step.IsForSource ? ">=" : ">",
                    call.Node,
                    perSample ? "continue" : "return"));
            }

            writer.Line("// " + call.Comment);
            CallEmitter.Emit(writer, table, call, operand => Text(operand, perSample), "n");
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
