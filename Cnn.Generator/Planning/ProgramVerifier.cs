using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Planning;

/// <summary>
/// The conditions of emission. Each call gets operands that match its parameters, within their buffers; nothing is read before it is
/// written, or if another value has taken its place; no value is overwritten that a later call still reads. A violation is a defect of
/// earlier stages, never of the user's declaration, and is described, not thrown.
/// </summary>
/// <remarks>
/// It makes the calls in their order and follows every float (<see cref="CallVerifier"/>). Which value a call should find it takes from the graph
/// (<see cref="ValueMakers"/>), of which the schedulers' bookkeeping is no part.
/// </remarks>
internal static class ProgramVerifier
{
    private const int Inputs = -1;
    private const int Outputs = -2;
    private const int Weights = -3;
    private const int Gradients = -4;

    /// <summary>Samples enough to tell one from another.</summary>
    private const int Samples = 2;

    /// <summary>Verifies the inference of one sample.</summary>
    /// <param name="choices">The choices of inference.</param>
    /// <param name="program">Its calls.</param>
    /// <param name="arena">The places of its tensors.</param>
    public static EquatableArray<string> Inference(KernelChoices choices, InferenceProgram program, ArenaPlan arena)
    {
        var faults = new ProgramFaults(choices.Network);
        if (!AllExist(program.Steps, program.Tensors.Count, faults) || !CheckPlaces(program, arena, faults))
            return faults.All;
        var (input, output) = (choices.Network.Input.Length, choices.Network.Output.Length);
        var memory = new TracedMemory(checked(arena.Floats + input + output), isZero: false);
        var tensors = program.Tensors.Select((layout, index) =>
            Tensor(index, arena.Offsets[index], layout.Length, 0, layout)).ToList();
        var buffers = new Buffers(choices, tensors, arena.Floats, arena.Floats + input, faults);
        var makers = new ValueMakers(choices.Network, program.Steps, []);
        var calls = new CallVerifier(memory, buffers.Of, makers, 1, faults);
        Fill(memory, buffers.Of(Operand.Input, 0), 1, isBackward: false);
        for (var i = 0; i < program.Steps.Count; i++)
            calls.Make(program.Steps[i], isBackward: false, sample: 0, isBeside: i > 0 && program.GoesBeside(i - 1));
        calls.CheckSources(choices.Network);
        CheckOutputs(choices.Network, memory, buffers.Of(Operand.Output(), 0), 1, makers, faults);
        return faults.All;
    }

    /// <summary>Verifies the inference of several samples.</summary>
    /// <param name="choices">The choices of inference.</param>
    /// <param name="batch">Its calls and the places of its tensors.</param>
    public static EquatableArray<string> Batch(KernelChoices choices, BatchInference batch)
    {
        var faults = new ProgramFaults(choices.Network);
        var (program, arena) = (batch.Program, batch.Arena);
        var own = new HashSet<int>(program.Own);
        var (input, output) = (choices.Network.Input.Length, choices.Network.Output.Length);
        var memory = new TracedMemory(checked(arena.Floats + (Samples * (input + output))), isZero: false);
        var tensors = program.Tensors.Select((floats, index) =>
            Tensor(index, arena.Offsets[index], floats, own.Contains(index) ? floats : 0, null)).ToList();
        if (!AllExist(program.Steps.Select(step => step.Step), program.Tensors.Count, faults) || !CheckRooms(program, arena, faults))
            return faults.All;
        var buffers = new Buffers(choices, tensors, arena.Floats, arena.Floats + (Samples * input), faults);
        var makers = new ValueMakers(choices.Network, program.Steps.Select(step => step.Step), []);
        var calls = new CallVerifier(memory, buffers.Of, makers, Samples, faults);
        Fill(memory, buffers.Of(Operand.Input, 0), Samples, isBackward: false);
        foreach (var (step, sample) in InOrder(program.Steps, step => step.IsOfSample))
            calls.Make(step.Step, isBackward: false, sample);
        calls.CheckSources(choices.Network);
        CheckOutputs(choices.Network, memory, buffers.Of(Operand.Output(), 0), Samples, makers, faults);
        return faults.All;
    }

    /// <summary>Verifies the two passes of training, and the backward passes that end above the lowest layers.</summary>
    /// <param name="choices">The choices of training, which may be those of inference.</param>
    /// <param name="network">The network of training.</param>
    /// <param name="program">The calls.</param>
    /// <param name="workspace">The places of the tensors.</param>
    public static EquatableArray<string> Training(KernelChoices choices, Network network, TrainingProgram program, WorkspacePlan workspace)
    {
        var faults = new ProgramFaults(network);
        var floats = checked(workspace.SharedFloats + (Samples * workspace.SampleFloats));
        var memory = new TracedMemory(floats, isZero: true);
        var tensors = program.Tensors.Select((tensor, index) => tensor.PerSample
            ? Tensor(index, workspace.SharedFloats + (Samples * workspace.Starts[index]), tensor.Floats, tensor.Floats, tensor.Layout)
            : Tensor(index, workspace.Starts[index], Math.Max(tensor.Layout.Length, tensor.Layout.Length == 0 ? tensor.Floats : 0), 0, tensor.Layout)).ToList();
        if (!AllExist(program.Forward.Concat(program.Backward).Where(IsCall).Select(step => step.Step!), tensors.Count, faults)
            || !CheckRegions(tensors, floats, faults))
        {
            return faults.All;
        }

        var buffers = new Buffers(choices, tensors, -1, -1, faults);
        var (forward, backward) = (program.Forward.Where(IsCall).ToList(), program.Backward.Where(IsCall).ToList());
        var makers = new ValueMakers(network, forward.Select(step => step.Step!), backward.Select(step => step.Step!));
        var calls = new CallVerifier(memory, buffers.Of, makers, Samples, faults);
        Fill(memory, buffers.Of(Operand.Tensor(0), 0), Samples, isBackward: false);
        foreach (var (step, sample) in InOrder(program.Forward, step => step.Kind == StepKind.EachSample).Where(call => IsCall(call.Step)))
            calls.Make(step.Step!, isBackward: false, sample);
        calls.CheckSources(network);
        CheckOutputs(network, memory, buffers.Of(Operand.Tensor(program.Logits), 0), Samples, makers, faults);
        Fill(memory, buffers.Of(Operand.Tensor(program.LogitsGradient), 0), Samples, isBackward: true);
        foreach (var (step, sample) in InOrder(program.Backward, step => step.Kind == StepKind.EachSample).Where(call => IsCall(call.Step)))
            calls.Make(step.Step!, isBackward: true, sample);
        LowestLayers.Check(program.Backward, faults);
        return faults.All;
    }

    private static bool IsCall(TrainingStep step) => step.Step is not null;

    private static TracedBuffer Tensor(int index, int start, int floats, int pitch, TensorLayout? layout) =>
        new(index, "tensor " + Text.Number(index), start, 0, floats, pitch, layout);

    /// <summary>The calls as they are made: those of a sample in loops over the samples, each as long as such calls follow each other.</summary>
    private static IEnumerable<(T Step, int Sample)> InOrder<T>(IReadOnlyList<T> steps, Func<T, bool> isOfSample)
    {
        for (var i = 0; i < steps.Count;)
        {
            var end = i + 1;
            while (end < steps.Count && isOfSample(steps[i]) && isOfSample(steps[end]))
                end++;
            for (var sample = 0; sample < (isOfSample(steps[i]) ? Samples : 1); sample++)
            {
                for (var step = i; step < end; step++)
                    yield return (steps[step], isOfSample(steps[i]) ? sample : TracedMemory.AllSamples);
            }

            i = end;
        }
    }

    /// <summary>Writes what the caller does.</summary>
    private static void Fill(TracedMemory memory, TracedBuffer buffer, int samples, bool isBackward)
    {
        var length = buffer.Layout?.Length ?? buffer.End;
        for (var sample = 0; sample < samples; sample++)
        {
            var number = memory.NumberOf(new Content(buffer.Key, sample, ContentKind.Value, [new Maker(Maker.Outside, isBackward)]));
            var (first, end) = memory.CellsOf(buffer.Start + (sample * buffer.Pitch), length);
            for (var cell = first; cell < end; cell++)
                memory.Set(cell, number);
        }
    }

    /// <summary>Every tensor that a call is handed exists.</summary>
    private static bool AllExist(IEnumerable<Step> steps, int tensors, ProgramFaults faults)
    {
        var strays = steps.Where(step => step.Operands.Any(operand =>
            operand.Kind == OperandKind.Tensor && (operand.Index < 0 || operand.Index >= tensors))).ToList();
        strays.ForEach(step => faults.Add(step, "", "is handed a tensor that does not exist"));
        return strays.Count == 0;
    }

    /// <summary>The tensors of a batch lie within the arena, with those of all samples.</summary>
    private static bool CheckRooms(BatchProgram program, ArenaPlan arena, ProgramFaults faults)
    {
        var own = new HashSet<int>(program.Own);
        var strays = Enumerable.Range(0, program.Tensors.Count).Where(tensor => arena.Offsets[tensor] < 0
            || arena.Offsets[tensor] + ((own.Contains(tensor) ? program.Samples : 1L) * program.Tensors[tensor]) > arena.Floats).ToList();
        strays.ForEach(tensor => faults.Add($"tensor {Text.Number(tensor)} of a batch reaches beyond the arena"));
        return strays.Count == 0;
    }

    /// <summary>Tensors lie within the arena, and those that live at the same time share no floats.</summary>
    /// <returns>Whether they lie within.</returns>
    private static bool CheckPlaces(InferenceProgram program, ArenaPlan arena, ProgramFaults faults)
    {
        var areWithin = true;
        var lifetimes = ArenaPlanner.Lifetimes(program);
        for (var i = 0; i < lifetimes.Length; i++)
        {
            if (arena.Offsets[i] < 0 || (long)arena.Offsets[i] + lifetimes[i].Floats > arena.Floats)
            {
                areWithin = false;
                faults.Add($"tensor {Text.Number(i)} reaches beyond the arena");
                continue;
            }

            for (var j = 0; j < i; j++)
            {
                if (lifetimes[i].Overlaps(lifetimes[j]) && arena.Offsets[i] < arena.Offsets[j] + lifetimes[j].Floats
                    && arena.Offsets[j] < arena.Offsets[i] + lifetimes[i].Floats)
                {
                    faults.Add($"tensors {Text.Number(j)} and {Text.Number(i)} live at the same time and share floats");
                }
            }
        }

        return areWithin;
    }

    /// <summary>No two tensors of a workspace share floats.</summary>
    /// <returns>Whether all lie within.</returns>
    private static bool CheckRegions(IEnumerable<TracedBuffer> tensors, int floats, ProgramFaults faults)
    {
        var (end, last) = (0L, "");
        foreach (var tensor in tensors.Where(tensor => tensor.End > 0).OrderBy(tensor => tensor.Start))
        {
            if (tensor.Start < end)
                faults.Add($"{last} and {tensor.Name} share floats");
            (end, last) = ((long)tensor.Start + (tensor.Pitch == 0 ? tensor.End : Samples * tensor.Pitch), tensor.Name);
        }

        if (end > floats)
            faults.Add($"{last} reaches beyond the workspace");
        return end <= floats;
    }

    /// <summary>The caller finds all values that leave.</summary>
    private static void CheckOutputs(
        Network network, TracedMemory memory, TracedBuffer buffer, int samples, ValueMakers makers, ProgramFaults faults)
    {
        for (var sample = 0; sample < samples; sample++)
        {
            var start = buffer.Start + (sample * buffer.Pitch);
            foreach (var name in network.OutputNames)
            {
                var length = network.ShapeOf(name).Length;
                var wanted = makers.OfValue(name);
                var (first, end) = memory.CellsOf(start, length);
                for (var cell = first; cell < end; cell++)
                {
                    var content = memory[cell];
                    if (content.Kind == ContentKind.Value && content.Buffer == buffer.Key && content.Sample == sample && wanted.IsSupersetOf(content.Makers))
                        continue;
                    faults.Add($"the output {name} is not written where the caller reads it");
                    break;
                }

                start += length;
            }
        }
    }

    /// <summary>The buffers of a program.</summary>
    private sealed class Buffers
    {
        private readonly KernelChoices _choices;
        private readonly List<TracedBuffer> _tensors;
        private readonly TracedBuffer _input;
        private readonly TracedBuffer _output;
        private readonly Dictionary<int, Placed> _placed;

        public Buffers(KernelChoices choices, List<TracedBuffer> tensors, int input, int output, ProgramFaults faults)
        {
            _choices = choices;
            _tensors = tensors;
            var (inputs, outputs) = (choices.Network.Input.Length, choices.Network.Output.Length);
            _input = new TracedBuffer(Inputs, "the input", input, 0, inputs, inputs, null);
            _output = new TracedBuffer(Outputs, "the output", output, 0, outputs, outputs, null);
            _placed = choices.InOrder.ToDictionary(placed => placed.Node.Source);
            foreach (var buffer in tensors.Append(_input).Append(_output))
                faults.Name(buffer);
        }

        /// <summary>The buffer of an operand; of the weights the part of the node that is handed them.</summary>
        public TracedBuffer Of(Operand operand, int node) => operand.Kind switch
        {
            OperandKind.Input => _input,
            OperandKind.Output => _output,
            OperandKind.Weights => WeightsOf(Weights, "the weights", node),
            OperandKind.Gradients => WeightsOf(Gradients, "the gradients", node),
            _ when operand.Index >= 0 && operand.Index < _tensors.Count => _tensors[operand.Index],
            _ => new TracedBuffer(int.MinValue, "no tensor", -1, 0, 0, 0, null),
        };

        private TracedBuffer WeightsOf(int key, string name, int node) => _placed.TryGetValue(node, out var placed)
            ? new TracedBuffer(key, name, -1, placed.Offset, Math.Min(placed.Offset + placed.Packing.Length, _choices.WeightsLength), 0, null)
            : new TracedBuffer(key, name, -1, 0, 0, 0, null);
    }
}
