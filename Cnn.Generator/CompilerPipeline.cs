using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Cnn.Generator.Advice;
using Cnn.Generator.Budgets;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Emission;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Layers;
using Cnn.Generator.Passes;
using Cnn.Generator.Planning;
using Cnn.Generator.Scheduling;
using Cnn.Generator.ShapeInference;
using Cnn.Generator.Weights;

namespace Cnn.Generator;

/// <summary>The result of compiling one declaration.</summary>
/// <param name="File">The generated file; null if the class can take no members.</param>
/// <param name="Errors">The errors that the generator reports. Hints are the analyzer's.</param>
internal sealed record CompileResult(EmittedFile? File, EquatableArray<Fault> Errors);

/// <summary>One network on its way through the stages; each stage adds its part.</summary>
internal sealed class CompilerState
{
    public CompilerState(NetworkDeclaration declaration) => Declaration = declaration;

    /// <summary>Enters after the checks.</summary>
    public CompilerState(Network network) => Network = network;

    public NetworkDeclaration? Declaration { get; }

    public FaultList Faults { get; } = new();

    public BuiltLayers? Built { get; set; }

    public ShapedNodes? Shaped { get; set; }

    /// <summary>Gets or sets the network; null unless the declaration is without error.</summary>
    public Network? Network { get; set; }

    /// <summary>Gets or sets the networks of inference and of training.</summary>
    public SimplifiedNetwork? Simplified { get; set; }

    public KernelChoices? InferenceChoices { get; set; }

    /// <summary>Gets or sets the choices of training: those of inference, unless that has weights of its own.</summary>
    public KernelChoices? TrainingChoices { get; set; }

    public InferenceProgram? Inference { get; set; }

    public TrainingProgram? Training { get; set; }

    public ArenaPlan? Arena { get; set; }

    /// <summary>Gets or sets the inference from bytes; null where none is declared.</summary>
    public ByteInference? Bytes { get; set; }

    /// <summary>Gets or sets the inference of several samples together; null where each is by itself.</summary>
    public BatchInference? Batch { get; set; }

    /// <summary>Gets the bytes of the arena, large enough for every way in.</summary>
    public int ArenaBytes => Math.Max(Arena!.Bytes, Bytes?.Arena.Bytes ?? 0);

    public WorkspacePlan? Workspace { get; set; }

    public EmittedFile? File { get; set; }

    /// <summary>Everything that the emitters print, once all stages before them have run.</summary>
    public CompiledNetwork Compiled() => new(Network!, InferenceChoices!, TrainingChoices!, Inference!, Arena!, Training!, Workspace!)
    {
        Bytes = Bytes,
        Batch = Batch,
        WeightsPath = Declaration?.WeightsLookup?.File?.Path,
        WeightsOrder = OrderMatcher.Text(Declaration?.Weights),
        ChecksMemory = Declaration is { Options.ChecksMemory: true },
    };
}

/// <summary>One step of the compiler.</summary>
/// <param name="Name">Its name in docs/pipeline.md.</param>
/// <param name="ChecksFaultyNetworks">Whether it also runs after an error, to report all independent errors at once.</param>
/// <param name="Run">Adds its part to the state.</param>
internal sealed record Stage(string Name, bool ChecksFaultyNetworks, Action<CompilerState, CancellationToken> Run);

/// <summary>From the declaration of a network to its generated file: a flat list of stages.</summary>
internal static class CompilerPipeline
{
    public static readonly ImmutableArray<Stage> Stages =
    [
        new("parse", true, (state, _) => AdoptParserFaults(state)),
        new("build", true, (state, _) => state.Built = LayerBuilder.Build(state.Declaration!, state.Faults)),
        new("infer shapes", true, (state, _) => state.Shaped = ShapeWalk.Run(state.Declaration!, state.Built!, state.Faults)),
        new("verify", false, (state, _) => state.Network = Verify(state)),
        new("match weights", true, (state, _) => WeightsMatcher.Run(state.Declaration!, state.Network, state.Faults)),
        new("advise", false, (state, _) => NetworkAdvice.Give(state.Network!, state.Shaped!.Items, state.Faults)),
        new("simplify", false, (state, _) => state.Simplified = SimplifiedNetwork.Of(state.Network!)),
        new("choose kernels", false, (state, _) => Choose(state)),
        new("schedule", false, (state, _) => state.Inference =
            InferenceScheduler.Run(state.InferenceChoices!, state.Network!.Nodes.Count)),
        new("differentiate", false, (state, _) => state.Training =
            TrainingScheduler.Run(state.Simplified!.Training, state.TrainingChoices!)),
        new("plan memory", false, (state, _) => Plan(state)),
        new("verify programs", false, (state, _) => VerifyPrograms(state)),
        new("hold to budget", false, HoldToBudget),
        new("emit", false, (state, _) => state.File = NetworkEmitter.Emit(state.Compiled())),
    ];

    private static readonly ImmutableArray<Stage> Checks = [.. Stages.TakeWhile(stage => stage.Name != "advise")];

    /// <summary>Compiles a declaration. Throws nothing but <see cref="OperationCanceledException"/>.</summary>
    public static CompileResult Compile(NetworkDeclaration declaration, CancellationToken cancellationToken) =>
        Compile(declaration, Stages, cancellationToken);

    public static CompileResult Compile(NetworkDeclaration declaration, ImmutableArray<Stage> stages, CancellationToken cancellationToken)
    {
        var state = new CompilerState(declaration);
        try
        {
            Run(state, stages, cancellationToken);
        }
        catch (OverflowException) when (state.Network is not null)
        {
            // The checks bound what the declaration says; the kernels pad it to whole vectors.
            var limit = Text.Grouped(SizeLimits.LargestArray);
            state.Faults.Report(Rules.NetworkTooLarge, Place.Type, declaration.Type.Name, limit);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            state.File = null;
            state.Faults.Report(Rules.InternalError, Place.Type, declaration.Type.Name, InternalErrors.Describe(exception));
        }

        return new CompileResult(
            state.File ?? SkeletonEmitter.Emit(declaration, state.Built?.Input.Shape, state.Shaped?.Output),
            state.Faults.ToEquatableArray().Where(fault => fault.IsError).ToEquatableArray());
    }

    /// <summary>Everything but the emission: all faults, hints included, and the memory plan.</summary>
    public static CompilerState Check(NetworkDeclaration declaration, CancellationToken cancellationToken)
    {
        var state = new CompilerState(declaration);
        Run(state, [.. Stages.TakeWhile(stage => stage.Name != "emit")], cancellationToken);
        return state;
    }

    /// <summary>The stages between the checks and emission, of a network that has passed them.</summary>
    public static CompiledNetwork Lower(Network network)
    {
        var state = new CompilerState(network);
        var lowering = Stages.SkipWhile(stage => stage.Name != "simplify").TakeWhile(stage => stage.Name != "emit");
        Run(state, [.. lowering], CancellationToken.None);
        return state.Compiled();
    }

    private static void Run(CompilerState state, ImmutableArray<Stage> stages, CancellationToken cancellationToken)
    {
        foreach (var stage in stages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stage.ChecksFaultyNetworks || (!state.Faults.HasErrors && (state.Declaration is null || state.Declaration.CanCompile)))
                stage.Run(state, cancellationToken);
        }
    }

    private static void Choose(CompilerState state)
    {
        var simplified = state.Simplified!;
        var inference = KernelChoices.Make(simplified.Inference, isTraining: false);
        var hasOwnWeights = simplified.FoldsStatistics || inference.InOrder.Any(placed => placed.Packing is WinogradPacking);
        var isFar = hasOwnWeights && inference.InOrder.Any(placed => placed.Packing is DensePacking dense && dense.InBlocks() != dense);
        state.InferenceChoices = isFar ? KernelChoices.Make(simplified.Inference, isTraining: false, hasOwnWeights) : inference;
        state.TrainingChoices = hasOwnWeights ? KernelChoices.Make(simplified.Training, isTraining: true) : inference;
    }

    private static void Plan(CompilerState state)
    {
        PlanInference(state);
        if (state.Declaration is not { Options.ChecksMemory: true })
            state.Batch = BatchPlanner.Plan(BatchScheduler.Run(state.Inference!, state.Network!.Input.Length, state.Network.Output.Length));
        state.Workspace = WorkspacePlanner.Plan(state.Training!);
    }

    private static void PlanInference(CompilerState state)
    {
        var guard = state.Declaration is { Options.ChecksMemory: true } ? ArenaPlanner.Guard : 0;
        state.Arena = ArenaPlanner.Plan(state.Inference!, guard);
        if (state.Network!.Scaling is { } scaling)
        {
            var channels = state.Network.Input.IsVector ? 1 : state.Network.Input.Channels;
            var bytes = ByteScaling.Of(scaling.Scale, scaling.Mean, scaling.Std, channels);
            var program = InferenceScheduler.Run(state.InferenceChoices!, state.Network.Nodes.Count, bytes);
            state.Bytes = new ByteInference(program, ArenaPlanner.Plan(program, guard));
        }
    }

    /// <summary>The faults of the programs of a network: none, unless a stage has a defect.</summary>
    public static EquatableArray<string> ProgramFaults(CompilerState state) =>
    [
        .. ProgramVerifier.Inference(state.InferenceChoices!, state.Inference!, state.Arena!),
        .. state.Bytes is { } bytes ? ProgramVerifier.Inference(state.InferenceChoices!, bytes.Program, bytes.Arena) : [],
        .. state.Batch is { } batch ? ProgramVerifier.Batch(state.InferenceChoices!, batch) : [],
        .. ProgramVerifier.Training(state.TrainingChoices!, state.Simplified!.Training, state.Training!, state.Workspace!),
    ];

    private static void VerifyPrograms(CompilerState state)
    {
        if (state.Declaration is not { Options.ChecksMemory: true })
            return;
        foreach (var fault in ProgramFaults(state))
            state.Faults.Report(Rules.InternalError, Place.Type, state.Network!.Type.Name, fault);
    }

    private static void HoldToBudget(CompilerState state, CancellationToken cancellationToken)
    {
        // The guards of a checked build are no part of the network.
        var budget = state.Built?.Budget ?? [];
        if (state.Declaration is { Options.ChecksMemory: true })
            budget = budget.Where(allowance => allowance.Figure != BudgetFigure.ArenaBytes).ToEquatableArray();
        if (budget.Count == 0)
            return;
        var faults = state.Shaped!.Faults;
        var now = new Weighing(state.Network!, state.Shaped!.Items, () => (state.Inference!, state.Arena!, state.ArenaBytes));
        new BudgetCheck(state.Declaration!, now, budget, state.Faults).Run(
            changed => Weigh(changed, faults, cancellationToken), cancellationToken);
    }

    /// <summary>The figures of a declaration, without its training and its code; null if its layers have more diagnostics.</summary>
    private static Weighing? Weigh(NetworkDeclaration declaration, int faults, CancellationToken cancellationToken)
    {
        var state = new CompilerState(declaration);
        Run(state, Checks, cancellationToken);
        if (state.Network is null || state.Faults.HasErrors || state.Shaped!.Faults > faults)
            return null;
        return new Weighing(state.Network, state.Shaped!.Items, () =>
        {
            state.InferenceChoices = KernelChoices.Make(SimplifiedNetwork.Of(state.Network).Inference, isTraining: false);
            state.Inference = InferenceScheduler.Run(state.InferenceChoices, state.Network.Nodes.Count);
            PlanInference(state);
            return (state.Inference, state.Arena!, state.ArenaBytes);
        });
    }

    private static void AdoptParserFaults(CompilerState state)
    {
        foreach (var fault in state.Declaration!.Faults)
            state.Faults.Add(fault);
    }

    private static Network Verify(CompilerState state)
    {
        var network = new Network(
            state.Declaration!.Type, state.Built!.Input.Shape!.Value, state.Built.Input.Layout, state.Shaped!.Nodes, state.Shaped.Outputs)
        {
            OutputLabels = state.Shaped.OutputLabels,
            Numerics = state.Built.Input.Numerics,
            StackLimit = state.Built.StackLimit,
            SharedWork = state.Declaration.Options.SharedWork,
            Scaling = state.Built.Input.Scaling,
        };
        foreach (var violation in NetworkVerifier.Verify(network))
            state.Faults.Report(Rules.InternalError, Place.Type, network.Type.Name, violation);
        return network;
    }
}
