using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>Prints the forward and the backward pass of training.</summary>
internal sealed class TrainingEmitter(CodeWriter writer, KernelTable table, CompiledNetwork network)
{
    private const string Batch = "NetBatch";

    /// <summary>The tensors of a phase that are used more than once, and the locals that hold their places.</summary>
    private Dictionary<int, string> _locals = [];

    /// <summary>The tensors of a phase whose locals stand for the whole batch.</summary>
    private HashSet<int> _shared = [];

    private TrainingProgram Program => network.Training;

    public void Emit()
    {
        EmitPass("TrainForward", isBackward: false, Program.Forward);
        writer.Line();
        EmitPass("TrainBackward", isBackward: true, Program.Backward);
    }

    /// <summary>Prints how the passes find a tensor in the workspace.</summary>
    public static void EmitBatch(CodeWriter writer, CompiledNetwork network)
    {
        writer.Line("/// <summary>The workspace of a batch: what its samples share, and behind that, tensor by tensor, what each of them has.</summary>");
        using var _ = writer.Block($"file readonly ref struct {Batch}(ref float workspace, int capacity, int count, ulong seed)");
        writer.Line("private readonly ref float _workspace = ref workspace;");
        writer.Line();
        writer.Line("public int Count => count;");
        writer.Line();
        writer.Line("public ulong Seed => seed;");
        writer.Line();
        writer.Line("/// <summary>A tensor that all samples share.</summary>");
        writer.Line("public ref float Shared(nint offset) => ref Unsafe.Add(ref _workspace, offset);");
        writer.Line();
        writer.Line("/// <summary>A tensor of which each sample has its own; behind <paramref name=\"start\"/> floats a sample the first one's begins.</summary>");
        writer.Line("public ref float Each(nint start, nint offset = 0) =>");
        writer.Line($"    ref Unsafe.Add(ref _workspace, {Text.Number(network.Workspace.SharedFloats)} + capacity * start + offset);");
    }

    /// <summary>One method a phase: where threads exchange statistics, one ends and the next begins.</summary>
    private void EmitPass(string name, bool isBackward, EquatableArray<TrainingStep> pass)
    {
        var (parameter, argument) = isBackward ? ("ref float gradients, ", "ref gradients, ") : ("", "");
        var (lowest, handed) = isBackward ? (", int lowest", ", lowest") : ("", "");
        var phases = Phases(pass);
        const string batch = "ref float workspace, int capacity, int count, ulong seed";
        using (writer.Block($"internal static void {name}(int phase, ref float weights, {parameter}{batch}{lowest})"))
        {
            writer.Line($"var batch = new {Batch}(ref workspace, capacity, count, seed);");
            using (writer.Block("switch (phase)"))
            {
                for (var phase = 0; phase < phases.Count; phase++)
                {
                    var number = Text.Number(phase);
                    writer.Line($"case {number}: {name}{number}(ref weights, {argument}in batch{handed}); break;");
                }
            }
        }

        for (var phase = 0; phase < phases.Count; phase++)
        {
            writer.Line();
            using (writer.Block($"static void {name}{Text.Number(phase)}(ref float weights, {parameter}in {Batch} batch{lowest})"))
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
        var named = Operands(pass).GroupBy(index => index).Where(uses => uses.Count() > 1).Select(uses => uses.Key).OrderBy(index => index);
        _locals = Names.Locals([.. named.Select(index => (index, Program.Tensors[index].Name))]);
        Declare(_shared, perSample: false);
        var bound = int.MaxValue;
        var position = 0;
        while (position < pass.Count)
        {
            var run = Run(pass, position);
            if (pass[position].Kind == StepKind.EachSample)
            {
                using (writer.Block("for (int n = 0; n < batch.Count; n++)"))
                {
                    Declare(Tensors(run).Where(index => !_shared.Contains(index)), perSample: true);
                    EmitSteps(run, perSample: true, isBackward, bound);
                }
            }
            else
            {
                bound = EmitSteps(run, perSample: false, isBackward, bound);
            }

            position += run.Count;
        }
    }

    /// <summary>Names the places of those tensors that have a local.</summary>
    private void Declare(IEnumerable<int> tensors, bool perSample)
    {
        var lines = tensors.Where(_locals.ContainsKey).OrderBy(index => index)
            .Select(index => $"ref float {_locals[index]} = {Place(index, perSample)};");
        foreach (var line in StatementFolding.Fold([.. lines]))
            writer.Line(line);
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
    /// <returns>What the lowest layer is known to be below, which needs no other look.</returns>
    private int EmitSteps(List<TrainingStep> steps, bool perSample, bool isBackward, int bound)
    {
        var node = int.MaxValue;
        foreach (var step in steps)
        {
            var call = step.Step!;
            var end = step.IsForSource ? call.Node : call.Node + 1;
            if (isBackward && !step.Prepares && end < bound)
            {
                bound = end;
                writer.Line($"if (lowest >= {Text.Number(end)}) {(perSample ? "continue" : "return")};");
            }

            // The method's name says the rest.
            if (call.Node != node)
                writer.Line("// " + call.Comment);
            node = call.Node;
            CallEmitter.Emit(writer, table, call, operand => Argument(operand, perSample), "n");
        }

        return bound;
    }

    private string Argument(Operand operand, bool perSample)
    {
        if (operand.Kind == OperandKind.Weights)
            return CallEmitter.At("weights", operand.Offset);
        if (operand.Kind == OperandKind.Gradients)
            return CallEmitter.At("gradients", operand.Offset);
        if (!_locals.TryGetValue(operand.Index, out var local))
            return Place(operand.Index, perSample, operand.Offset);
        var tensor = Program.Tensors[operand.Index];
        return perSample && tensor.PerSample && _shared.Contains(operand.Index)
            ? $"ref Add(ref {local}, {OfSample(tensor, operand.Offset)})"
            : CallEmitter.At(local, operand.Offset);
    }

    /// <summary>Where a tensor stands, or that of the sample at hand where each has its own.</summary>
    private string Place(int index, bool perSample, int offset = 0)
    {
        var (start, tensor) = (network.Workspace.Starts[index], Program.Tensors[index]);
        if (!tensor.PerSample)
            return $"ref batch.Shared({Text.Number(start + offset)})";
        var within = perSample ? ", " + OfSample(tensor, offset) : offset == 0 ? "" : ", " + Text.Number(offset);
        return $"ref batch.Each({Text.Number(start)}{within})";
    }

    private static string OfSample(TrainingTensor tensor, int offset) =>
        $"{(offset == 0 ? "" : Text.Number(offset) + " + ")}n * {Text.Number(tensor.Floats)}";
}
