using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Emission;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Parsing;
using Cnn.Generator.Shapes;

namespace Cnn.Generator;

/// <summary>What compiling one declaration gives.</summary>
/// <param name="File">The generated file; null where the class can take no members.</param>
/// <param name="Errors">What the generator reports. Hints are the analyzer's.</param>
internal sealed record CompileResult(EmittedFile? File, EquatableArray<Fault> Errors);

/// <summary>One network on its way through the stages; each stage adds its part.</summary>
internal sealed class CompilerState(NetworkDeclaration declaration)
{
    public NetworkDeclaration Declaration { get; } = declaration;

    public FaultList Faults { get; } = new();

    public BuiltLayers? Built { get; set; }

    public ShapedNodes? Shaped { get; set; }

    /// <summary>Gets or sets the network; null unless the declaration is without error.</summary>
    public Network? Network { get; set; }

    public EmittedFile? File { get; set; }
}

/// <summary>One step of the compiler.</summary>
/// <param name="Name">What it is called in docs/pipeline.md.</param>
/// <param name="ChecksFaultyNetworks">Whether it also runs behind an error, to report all independent errors at once.</param>
/// <param name="Run">Adds its part to the state.</param>
internal sealed record Stage(string Name, bool ChecksFaultyNetworks, Action<CompilerState, CancellationToken> Run);

/// <summary>From the declaration of a network to its generated file: a flat list of stages.</summary>
internal static class CompilerPipeline
{
    public static readonly ImmutableArray<Stage> Stages =
    [
        new("parse", true, (state, _) => AdoptParserFaults(state)),
        new("build", true, (state, _) => state.Built = LayerBuilder.Build(state.Declaration, state.Faults)),
        new("infer shapes", true, (state, _) => state.Shaped = ShapeWalk.Run(state.Declaration, state.Built!, state.Faults)),
        new("verify", false, (state, _) => state.Network = Verify(state)),
        new("emit", false, (state, cancellationToken) => state.File = NetworkEmitter.Emit(state.Network!, cancellationToken)),
    ];

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
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            state.File = null;
            state.Faults.Report(Rules.InternalError, Place.Type, declaration.Type.Name, InternalErrors.Describe(exception));
        }

        return new CompileResult(
            state.File ?? SkeletonEmitter.Emit(declaration, state.Built?.Input, state.Shaped?.Output),
            state.Faults.ToEquatableArray().Where(fault => fault.IsError).ToEquatableArray());
    }

    /// <summary>Everything up to the checks, hints included.</summary>
    public static CompilerState Check(NetworkDeclaration declaration, CancellationToken cancellationToken)
    {
        var state = new CompilerState(declaration);
        Run(state, [.. Stages.TakeWhile(stage => stage.Name != "emit")], cancellationToken);
        return state;
    }

    /// <summary>The working memory of one inference.</summary>
    public static int ArenaBytes(Network network) => Backend.Compile(network).Arena.Bytes;

    private static void Run(CompilerState state, ImmutableArray<Stage> stages, CancellationToken cancellationToken)
    {
        foreach (var stage in stages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stage.ChecksFaultyNetworks || state is { Faults.HasErrors: false, Declaration.CanCompile: true })
                stage.Run(state, cancellationToken);
        }
    }

    private static void AdoptParserFaults(CompilerState state)
    {
        foreach (var fault in state.Declaration.Faults)
            state.Faults.Add(fault);
    }

    private static Network Verify(CompilerState state)
    {
        var network = new Network(state.Declaration.Type, state.Built!.Input!.Value, state.Built.Layout, state.Shaped!.Nodes);
        foreach (var violation in NetworkVerifier.Verify(network))
            state.Faults.Report(Rules.InternalError, Place.Type, network.Type.Name, violation);
        return network;
    }
}
