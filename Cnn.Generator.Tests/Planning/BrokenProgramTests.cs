using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Planning;
using Cnn.Generator.Scheduling;
using Cnn.Generator.Tests.Kernels;
using Xunit;

namespace Cnn.Generator.Tests.Planning;

/// <summary>Programs without a fault, each broken in one place: the verifier finds it.</summary>
public sealed class BrokenProgramTests
{
    private const string Chain = "[Input(12, 12, 8)] [Conv(16, 3, Padding = 1), Tanh, MaxPool(3), Conv(8, 3, Padding = 1), Sigmoid, Flatten, Dense(10)]";

    /// <summary>A value with two readers, of which one may work in its place if the other has read it before.</summary>
    private const string Shortcut = "[Input(12, 12, 8)] [Conv(8, 1), MaxPool(3, Stride = 1, Name = \"b\"), Tanh, Add(\"b\")]";

    private const string InPlace = "[Input(12, 12, 8)] [AvgPool(3), Tanh, AvgPool(2)]";

    private const string Plain = "[Input(12, 12, 8)] [AvgPool(3), Conv(8, 1), Flatten, Dense(10)]";

    private const string Wide = "[Input(40)] [Dense(700), Relu, Dense(300), Relu, Dense(12)]";

    [Fact]
    public void A_call_with_an_operand_too_few() => FindsInStep(Chain, "Dense1", "is handed 2 references for 3", step =>
        step with { Operands = [step.Operands[0], step.Operands[1]] });

    [Fact]
    public void Operands_of_the_wrong_kind() => FindsInStep(Chain, "Dense1", "writes weights", step =>
        step with { Operands = [step.Operands[0], step.Operands[2], step.Operands[1]] });

    [Fact]
    public void An_operand_that_reaches_beyond_its_tensor() => FindsInStep(Chain, "Pool1", "which has 0 to", step =>
        step with { Operands = [step.Operands[0].Plus(1), step.Operands[1]] });

    [Fact]
    public void An_operand_that_begins_before_its_tensor() => FindsInStep(Chain, "Pool1", "reaches from -1 to", step =>
        step with { Operands = [step.Operands[0].Plus(-1), step.Operands[1]] });

    [Fact]
    public void Weights_of_another_layer() => FindsInStep(Chain, "Dense1", "its weights reaches from", step =>
        step with { Operands = [step.Operands[0], step.Operands[1].Plus(-16), step.Operands[2]] });

    [Fact]
    public void A_tensor_that_does_not_exist() => FindsInStep(Chain, "Pool1", "a tensor that does not exist", step =>
        step with { Operands = [step.Operands[0], Operand.Tensor(99)] });

    [Fact]
    public void A_call_that_is_missing() => FindsWithout(Chain, "Pool1", "where nothing has written");

    [Fact]
    public void A_border_that_is_not_filled() =>
        FindsWithout("[Input(12, 12, 8)] [Conv(8, 1), AvgPool(3, Stride = 1, Padding = 1), Conv(8, 1)]", "Conv1Border", "where nothing has written");

    [Fact]
    public void An_output_that_is_not_written() => FindsWithout(Chain, "Dense1", "the output dense1 is not written where the caller reads it");

    [Fact]
    public void An_output_that_is_read_before_it_is_written() =>
        FindsWithout("[Input(4, 4, 8)] [Conv(8, 1, Name = \"a\"), Tanh, Add(\"a\", \"input\")]", "Add1", "reads the output where nothing has written");

    [Fact]
    public void A_value_whose_place_another_one_takes() => Finds(Chain, "in whose place now stands tensor", state =>
        state.Arena = state.Arena! with { Offsets = [.. state.Arena.Offsets.Select(_ => 0)] });

    [Fact]
    public void Tensors_that_live_at_once_in_one_place() => Finds(Chain, "live at the same time and share floats", state =>
        state.Arena = state.Arena! with { Offsets = [.. state.Arena.Offsets.Select(_ => 0)] });

    [Fact]
    public void A_tensor_beyond_the_arena() => Finds(Chain, "reaches beyond the arena", state =>
        state.Arena = state.Arena! with { Offsets = [.. state.Arena.Offsets.Select(offset => offset + state.Arena.Floats - 1)] });

    [Fact]
    public void Lifetimes_that_end_with_their_first_call() => Finds(Shortcut, "in whose place now stands tensor", state =>
        state.Arena = ArenaPlanner.Place([.. ArenaPlanner.Lifetimes(state.Inference!).Select(lifetime => lifetime with { Last = lifetime.First })]));

    [Fact]
    public void A_value_that_is_overwritten_in_place_before_its_last_reader() => Finds(
        "[Input(12, 12, 8)] [Conv(8, 1), MaxPool(3, Stride = 1, Name = \"b\"), Tanh(Name = \"t\"), Conv(8, 1, From = \"b\"), Multiply(\"t\")]",
        "which now holds a value of t",
        WorkInPlace);

    [Fact]
    public void A_value_that_is_overwritten_in_place_by_the_other_summand() => Finds(Shortcut, "add1 never reads b", WorkInPlace);

    [Fact]
    public void A_kernel_that_writes_over_what_it_reads() => FindsInStep(Chain, "Pool1", "what it still reads", step =>
        step with { Operands = [step.Operands[0], step.Operands[0]] });

    [Fact]
    public void A_kernel_that_works_in_place_beside_its_source() => FindsInStep(Shortcut, "Tanh1", "what it still reads", step =>
        step with { Kernel = Halved((ActivationKernel)step.Kernel), Operands = [step.Source, step.Source.Plus(8)] });

    [Fact]
    public void A_kernel_that_writes_one_place_through_two_parameters() => FindsInStep(
        "[Input(8, 8, 8)] [LayerNorm, Conv(8, 1)]",
        "Ln1",
        "what it writes through another parameter",
        step => step with { Operands = [step.Operands[0], step.Operands[1], step.Operands[3], step.Operands[3]] });

    [Fact]
    public void Scratch_memory_that_is_read_as_a_value() => Finds(
        "[Input(16, 16, 16)] [Conv(16, 3, Padding = 1), GlobalAvgPool, Flatten, Dense(10)]",
        "reads the scratch memory of another call",
        state =>
        {
            PutApart(state);
            var scratch = state.Inference!.Steps.SelectMany(step => step.Arguments).First(argument => argument.Parameter.Role == Role.Scratch);
            var last = state.Inference.Steps[state.Inference.Steps.Count - 1];
            Replace(state, step => step == last ? step with { Operands = [scratch.Operand, .. step.Operands.Skip(1)] } : step);
        });

    [Fact]
    public void A_border_with_a_value_in_it() => Finds(
        "[Input(12, 12, 8)] [Conv(8, 1), AvgPool(3, Stride = 1, Padding = 1), Conv(8, 1)]",
        "reads a border of tensor",
        state => Replace(state, step => step.Kernel is BorderKernel
            ? step with { Kernel = new ChannelMaskKernel(((BorderKernel)step.Kernel).Target.Length, 0.5f, 0) }
            : step));

    [Fact]
    public void A_border_that_is_filled_while_another_thread_writes_there() => Finds(
        "[Input(12, 12, 8)] [Conv(8, 1), AvgPool(3, Stride = 1, Padding = 1), Conv(8, 1)]",
        "what the call before it may still write",
        state =>
        {
            var border = state.Inference!.Steps.Single(step => step.Kernel is BorderKernel);
            state.Inference = state.Inference with
            {
                Steps = [.. state.Inference.Steps.SelectMany(step => step == border
                    ? [step, step with { Name = "Clear", Kernel = new ClearKernel(((BorderKernel)step.Kernel).Target.Length) }]
                    : new[] { step })],
            };
        },
        isShared: true);

    [Fact]
    public void Samples_that_a_product_takes_too_far_apart() => Finds(Wide, "takes samples 41 apart of the input, whose are 40 apart", state =>
        ReplaceBatch(state, step => step.Kernel is DenseBatchKernel { SourcePitch: 40 } product
            ? step with { Kernel = product with { SourcePitch = 41 } }
            : step));

    [Fact]
    public void A_tensor_that_the_samples_of_a_batch_use_in_turn_too_long() => Finds(
        Wide,
        "whose are 0 apart",
        state => state.Batch = state.Batch! with { Program = state.Batch.Program with { Own = [] } });

    [Fact]
    public void Gradients_of_weights_that_are_not_computed_where_only_upper_layers_are_trained() => Finds(Chain, "is not made where layer", state =>
        ReplaceBackward(state, step => step.Step!.Written.Any(operand => operand.Kind == OperandKind.Gradients) ? step with { IsForSource = true } : step));

    [Fact]
    public void A_gradient_that_is_read_where_its_call_is_not_made() => Finds(
        "[Input(8, 8, 8)] [Conv(8, 1), BatchNorm, Conv(8, 1)]",
        "reads what is not computed where layer",
        state => ReplaceBackward(state, step => step with { Prepares = step.Prepares || step.Step!.Kernel is BatchNormGradientSumsKernel }));

    [Fact]
    public void A_missing_call_of_the_backward_pass() => Finds(Chain, "where nothing has written", state =>
    {
        var pool = state.Training!.Backward.Single(step => step.Step?.Kernel is PoolGradientKernel);
        state.Training = state.Training with { Backward = [.. state.Training.Backward.Where(step => step != pool)] };
    });

    [Fact]
    public void A_gradient_that_one_reader_changes_before_another_has_read_it() => Finds(
        "[Input(8, 8, 8)] [Conv(8, 1, Name = \"a\"), Tanh(Name = \"t\"), Conv(8, 1, Name = \"c\", From = \"a\"), Sigmoid(Name = \"s\"), Add(\"t\")]",
        "which now holds a value of",
        state =>
        {
            var copies = state.Training!.Backward.Where(step =>
                step.Step?.Kernel is RepackKernel && step.Step.Name.EndsWith("OwnGradient", StringComparison.Ordinal)).ToList();
            var places = copies.ToDictionary(copy => copy.Step!.Target.Index, copy => copy.Step!.Source);
            state.Training = state.Training with { Backward = [.. state.Training.Backward.Where(step => !copies.Contains(step))] };
            ReplaceBackward(state, step => step with
            {
                Step = step.Step! with
                {
                    Operands = [.. step.Step!.Operands.Select(operand =>
                        operand.Kind == OperandKind.Tensor && places.TryGetValue(operand.Index, out var place) ? place : operand)],
                },
            });
        });

    [Fact]
    public void Tensors_of_training_in_one_place() => Finds(Chain, "share floats", state =>
        state.Workspace = state.Workspace! with { Starts = [.. state.Workspace.Starts.Select(start => start / 2)] });

    [Fact]
    public void A_tensor_that_the_samples_of_training_share_though_it_outlives_a_loop() => Finds(
        "[Input(8, 8, 8)] [Conv(8, 1), BatchNorm, Conv(8, 1)]",
        "whose are 0 apart",
        state =>
        {
            var shared = state.Training!.Tensors.Select(tensor => tensor with { PerSample = tensor.Name != "conv1" && tensor.PerSample }).ToEquatableArray();
            state.Training = state.Training with { Tensors = shared };
            state.Workspace = WorkspacePlanner.Plan(state.Training);
        });

    [Fact]
    public void A_kernel_that_reads_what_it_is_said_to_write() => FindsAltered(Plain, "Pool1", "target", "where nothing has written", target =>
        Parameter.Reads("target", target.Region));

    [Fact]
    public void A_kernel_that_writes_what_it_is_said_to_read() => FindsAltered(Shortcut, "Tanh1", "source", "add1 never reads b", source =>
        Parameter.Accumulates("source", source.Region));

    [Fact]
    public void A_kernel_that_takes_a_value_for_weights() => FindsAltered(Plain, "Pool1", "source", "weights input", source =>
        Parameter.Weights("source", source.Region));

    [Fact]
    public void A_kernel_that_reaches_beyond_its_target() => FindsAltered(Plain, "Pool1", "target", "which has 0 to", target =>
        Parameter.Writes("target", target.Region.And(Region.Run(1, target.Region.End))));

    [Fact]
    public void A_kernel_that_clears_beyond_its_target() => FindsAltered(Plain, "Pool1", "target", "which has 0 to", target =>
        target.Clearing(Region.Run(1, target.Region.End)));

    [Fact]
    public void A_kernel_that_clears_what_it_reads() => FindsAltered(InPlace, "Tanh1", "target", "what it still reads", target =>
        target.Clearing(target.Region));

    [Fact]
    public void A_kernel_that_is_not_said_to_work_in_place() => FindsAltered(InPlace, "Tanh1", "target", "what it still reads", target =>
        Parameter.Writes("target", target.Region));

    [Fact]
    public void A_kernel_that_writes_too_little_for_its_reader() => FindsAltered(Plain, "Pool1", "target", "where nothing has written", target =>
        Parameter.Writes("target", Region.Run(1)));

    [Fact]
    public void Weights_in_another_order_that_no_call_has_made() => Finds(Chain, "reads weights that nothing has written", state =>
        state.Training = state.Training! with
        {
            Backward = [.. state.Training.Backward.Where(step => step.Step?.Kernel is not ConvReorderKernel)],
        });

    [Fact]
    public void A_value_that_another_thread_may_still_write() => Finds(
        "[Input(12, 12, 8)] [Conv(8, 1), AvgPool(3, Stride = 1, Padding = 1), Conv(8, 1), AvgPool(3, Stride = 1, Padding = 1), Conv(8, 1)]",
        "reads what the call before it may still write",
        state => state.Arena = state.Arena! with { Offsets = [.. state.Arena.Offsets.Select(_ => 0)] },
        isShared: true);

    [Fact]
    public void A_value_of_another_sample() => Finds(
        "[Input(8, 8, 8)] [Conv(8, 1, Name = \"a\"), Conv(8, 1), BatchNorm, Add(\"a\"), Conv(8, 1)]",
        "reads what another sample has left",
        state =>
        {
            var shared = state.Training!.Tensors.Select(tensor => tensor with { PerSample = tensor.Name != "a" && tensor.PerSample }).ToEquatableArray();
            state.Training = state.Training with { Tensors = shared };
            state.Workspace = WorkspacePlanner.Plan(state.Training);
        });

    [Fact]
    public void A_tensor_of_a_batch_beyond_the_arena() => Finds(Wide, "of a batch reaches beyond the arena", state =>
        state.Batch = state.Batch! with { Arena = state.Batch.Arena with { Floats = state.Batch.Arena.Floats / 2 } });

    [Fact]
    public void A_tensor_of_training_beyond_the_workspace() => Finds(Chain, "reaches beyond the workspace", state =>
        state.Workspace = state.Workspace! with { SampleFloats = state.Workspace.SampleFloats / 2 });

    private static void FindsAltered(
        string attributes, string name, string parameter, string fault, Func<Parameter, Parameter> change) =>
        FindsInStep(attributes, name, fault, step => step with { Kernel = AlteredKernel.Of(step.Kernel, parameter, change) });

    private static void FindsInStep(string attributes, string name, string fault, Func<Step, Step> change) => Finds(attributes, fault, state =>
    {
        Assert.Single(state.Inference!.Steps, step => step.Name == name);
        Replace(state, step => step.Name == name ? change(step) : step);
    });

    private static void FindsWithout(string attributes, string name, string fault) => Finds(attributes, fault, state =>
    {
        PutApart(state);
        Assert.Single(state.Inference!.Steps, step => step.Name == name);
        state.Inference = state.Inference with { Steps = [.. state.Inference.Steps.Where(step => step.Name != name)] };
    });

    private static void Finds(string attributes, string fault, Action<CompilerState> damage, bool isShared = false)
    {
        var state = CheckedPrograms.Of(attributes, isShared);
        Assert.Empty(CompilerPipeline.ProgramFaults(state));

        damage(state);

        Assert.Contains(CompilerPipeline.ProgramFaults(state), text => text.Contains(fault, StringComparison.Ordinal));
    }

    /// <summary>Lets the activation overwrite what it reads.</summary>
    private static void WorkInPlace(CompilerState state)
    {
        var activation = state.Inference!.Steps.Single(step => step.Kernel is ActivationKernel);
        Replace(state, step => step with
        {
            Operands = [.. step.Operands.Select(operand => operand.IsWith(activation.Target) ? activation.Source : operand)],
        });
    }

    /// <summary>Gives every tensor a place of its own.</summary>
    private static void PutApart(CompilerState state)
    {
        var (offsets, end) = (new List<int>(), 0);
        foreach (var tensor in state.Inference!.Tensors)
        {
            offsets.Add(end);
            end += tensor.Length;
        }

        state.Arena = new ArenaPlan([.. offsets], end);
    }

    private static void Replace(CompilerState state, Func<Step, Step> change) =>
        state.Inference = state.Inference! with { Steps = [.. state.Inference.Steps.Select(change)] };

    private static void ReplaceBatch(CompilerState state, Func<Step, Step> change) => state.Batch = state.Batch! with
    {
        Program = state.Batch.Program with { Steps = [.. state.Batch.Program.Steps.Select(step => step with { Step = change(step.Step) })] },
    };

    private static void ReplaceBackward(CompilerState state, Func<TrainingStep, TrainingStep> change) => state.Training = state.Training! with
    {
        Backward = [.. state.Training.Backward.Select(step => step.Step is null ? step : change(step))],
    };

    /// <summary>The same function of the upper half of the rows.</summary>
    private static ActivationKernel Halved(ActivationKernel kernel)
    {
        var half = kernel.Source with { Volume = kernel.Source.Volume with { Height = kernel.Source.Volume.Height / 2 } };
        return kernel with { Source = half, Target = half };
    }
}
