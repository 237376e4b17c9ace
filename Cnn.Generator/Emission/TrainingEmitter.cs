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

    /// <summary>The tensors of a phase that are used more than once.</summary>
    private HashSet<int> _named = [];

    /// <summary>The tensors of a phase whose names stand for the whole batch.</summary>
    private HashSet<int> _shared = [];

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
        var signature = $"ref float weights, {gradients}ref float workspace, int capacity, int count, ulong seed{lowest}";
        var isBackward = lowest.Length > 0;
        var phases = Phases(pass);
        using (writer.Block($"internal static void {name}(int phase, {signature})"))
        using (writer.Block("switch (phase)"))
        {
            for (var phase = 0; phase < phases.Count; phase++)
            {
                writer.Line(string.Format(
                    CultureInfo.InvariantCulture,
                    "case {0}: {1}{0}(ref weights, {2}ref workspace, capacity, count, seed{3}); break;",
                    phase,
                    name,
                    isBackward ? "ref gradients, " : "",
                    isBackward ? ", lowest" : ""));
            }
        }

        for (var phase = 0; phase < phases.Count; phase++)
        {
            writer.Line();
            using (writer.Block($"static void {name}{Text.Number(phase)}({signature})"))
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

    /// <remarks>
    /// What only the loops over the samples use is named within them, by the place of that sample's; all else in front, by the place of
    /// the first sample's. What is used once gets no name.
    /// </remarks>
    private void EmitPhase(List<TrainingStep> declared, bool isBackward)
    {
        var pass = declared.ConvertAll(step => step with { Step = table.Twin(step.Step!) });
        if (pass.Exists(step => step.Step!.Kernel.IsShared))
            writer.Line("var turns = default(Turns);");
        var whole = Tensors(pass.Where(step => step.Kind != StepKind.EachSample));
        _shared = [.. Tensors(pass).Where(index => !Program.Tensors[index].PerSample), .. whole];
        _named = [.. Operands(pass).GroupBy(index => index).Where(uses => uses.Count() > 1).Select(uses => uses.Key)];
        foreach (var index in _shared.Where(_named.Contains).OrderBy(index => index))
            writer.Line($"ref float {Local(index)} = {Place(index, perSample: false)};");
        var position = 0;
        while (position < pass.Count)
        {
            var run = Run(pass, position);
            if (pass[position].Kind == StepKind.EachSample)
            {
                using (writer.Block("for (int n = 0; n < count; n++)"))
                {
                    foreach (var index in Tensors(run).Where(index => _named.Contains(index) && !_shared.Contains(index)))
                        writer.Line($"ref float {Local(index)} = {Place(index, perSample: true)};");
                    EmitSteps(run, perSample: true, isBackward);
                }
            }
            else
            {
                EmitSteps(run, perSample: false, isBackward);
            }

            position += run.Count;
        }
    }

    private static IEnumerable<int> Operands(IEnumerable<TrainingStep> steps) => steps.SelectMany(step => step.Step!.Operands)
        .Where(operand => operand.Kind == OperandKind.Tensor)
        .Select(operand => operand.Index);

    private static IEnumerable<int> Tensors(IEnumerable<TrainingStep> steps) => Operands(steps).Distinct().OrderBy(index => index);

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
        var node = int.MaxValue;
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

            // The method's name says the rest.
            if (call.Node != node)
                writer.Line("// " + call.Comment);
            node = call.Node;
            CallEmitter.Emit(writer, table, call, operand => Argument(operand, perSample), "n");
        }
    }

    private string Argument(Operand operand, bool perSample) => operand.Kind switch
    {
        OperandKind.Weights => CallEmitter.At("weights", operand.Offset),
        OperandKind.Gradients => CallEmitter.At("gradients", operand.Offset),
        _ when !_named.Contains(operand.Index) => Place(operand.Index, perSample, operand.Offset),
        _ => perSample && Program.Tensors[operand.Index].PerSample && _shared.Contains(operand.Index)
            ? string.Format(
                CultureInfo.InvariantCulture,
                "ref Add(ref {0}, {1}n * {2})",
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

    /// <summary>Where a tensor stands, or that of the sample at hand where each has its own.</summary>
    private string Place(int index, bool perSample, int offset = 0)
    {
        var (start, tensor) = (network.Workspace.Starts[index], Program.Tensors[index]);
        if (!tensor.PerSample)
            return CallEmitter.At("workspace", start + offset);
        var first = Text.Number(network.Workspace.SharedFloats + offset);
        var batch = start == 0 ? "" : $" + capacity * {Text.Number(start)}";
        var sample = perSample ? $" + n * {Text.Number(tensor.Floats)}" : "";
        return $"ref Add(ref workspace, {first}{batch}{sample})";
    }
}
