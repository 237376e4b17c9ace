using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Emission.CSharp;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Emission;

/// <summary>Prints the forward and the backward pass of training.</summary>
internal sealed class TrainingEmitter(CodeWriter writer, KernelTable table, CompiledNetwork network)
{
    private const string Batch = "NetBatch";

    /// <summary>The locals of a phase: each holds the place of a tensor.</summary>
    private Dictionary<int, string> _locals = [];

    /// <summary>The tensors of a phase whose locals stand for the whole batch.</summary>
    private HashSet<int> _whole = [];

    /// <summary>The tensors whose locals stand for the sample at hand.</summary>
    private HashSet<int> _ofLoop = [];

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
        using var _ = writer.Block($"internal readonly ref struct {Batch}(ref float workspace, int capacity, int count, ulong seed)");
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
    /// A tensor is named where it is used more than once: at the head of the method, or of the loop over the samples that alone does so, by
    /// the place of that sample's.
    /// </remarks>
    private void EmitPhase(List<TrainingStep> declared, bool isBackward)
    {
        var pass = declared.ConvertAll(step => step with { Step = table.Twin(step.Step!) });
        if (pass.Exists(step => step.Step!.Kernel.IsShared))
            writer.Line("var turns = default(Turns);");
        var runs = BackwardEnd.Runs(pass);
        HashSet<int> whole = [.. Repeated(pass).Where(index => !Program.Tensors[index].PerSample)];
        whole.UnionWith(Repeated(pass.Where(step => step.Kind != StepKind.EachSample)));
        _whole = whole;
        var named = runs.Where(run => run[0].Kind == StepKind.EachSample).SelectMany(Repeated).Concat(_whole).Distinct().OrderBy(index => index);
        _locals = Names.Locals([.. named.Select(index => (index, Program.Tensors[index].Name))]);
        Declare(_whole, perSample: false);
        var bound = BackwardEnd.Unknown;
        foreach (var run in runs)
        {
            if (run[0].Kind == StepKind.EachSample)
            {
                using (writer.Block("for (int n = 0; n < batch.Count; n++)"))
                {
                    _ofLoop = [.. Repeated(run).Where(index => !_whole.Contains(index))];
                    Declare(_ofLoop, perSample: true);
                    EmitSteps(run, perSample: true, isBackward, bound);
                    _ofLoop = [];
                }
            }
            else
            {
                bound = EmitSteps(run, perSample: false, isBackward, bound);
            }
        }
    }

    private void Declare(IEnumerable<int> tensors, bool perSample)
    {
        var references = tensors.OrderBy(index => index).Select(index => new ReferenceDeclaration([(_locals[index], new Place(Located(index, perSample), 0))]));
        MethodPrinter.Print(writer, [.. references]);
    }

    /// <summary>The tensors that steps use more than once.</summary>
    private static IEnumerable<int> Repeated(IEnumerable<TrainingStep> steps) => steps.SelectMany(step => step.Step!.Operands)
        .Where(operand => operand.Kind == OperandKind.Tensor)
        .GroupBy(operand => operand.Index)
        .Where(uses => uses.Count() > 1)
        .Select(uses => uses.Key);

    /// <remarks>A backward pass asks where it ends, see <see cref="BackwardEnd"/>.</remarks>
    /// <returns>The bound below which the lowest layer is known to lie, which need not be checked again.</returns>
    private int EmitSteps(List<TrainingStep> steps, bool perSample, bool isBackward, int bound)
    {
        var node = int.MaxValue;
        foreach (var step in steps)
        {
            var call = step.Step!;
            if (isBackward && BackwardEnd.Question(step, bound) is { } end)
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
        if (_ofLoop.Contains(operand.Index))
            return CallEmitter.At(_locals[operand.Index], operand.Offset);
        if (!_whole.Contains(operand.Index))
            return Place(operand.Index, perSample, operand.Offset);
        var (local, tensor) = (_locals[operand.Index], Program.Tensors[operand.Index]);
        return perSample && tensor.PerSample
            ? $"ref Add(ref {local}, {OfSample(tensor, operand.Offset)})"
            : CallEmitter.At(local, operand.Offset);
    }

    /// <summary>The reference to a tensor, or to that of the current sample if each has its own.</summary>
    private string Place(int index, bool perSample, int offset = 0) => "ref " + Located(index, perSample, offset);

    private string Located(int index, bool perSample, int offset = 0)
    {
        var (start, tensor) = (network.Workspace.Starts[index], Program.Tensors[index]);
        if (!tensor.PerSample)
            return $"batch.Shared({Text.Number(start + offset)})";
        var within = perSample ? ", " + OfSample(tensor, offset) : offset == 0 ? "" : ", " + Text.Number(offset);
        return $"batch.Each({Text.Number(start)}{within})";
    }

    private static string OfSample(TrainingTensor tensor, int offset) =>
        $"{(offset == 0 ? "" : Text.Number(offset) + " + ")}n * {Text.Number(tensor.Floats)}";
}
