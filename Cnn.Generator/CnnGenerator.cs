using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Parsing;
using Cnn.Generator.Reporting;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator;

/// <summary>Compiles every class with an <c>[Input]</c> attribute into the network that its attributes declare.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CnnGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var weights = Weights(context);

        // The memory holds copies of facts of the compilation, so forks of a driver may share it.
        var (memory, memoryWithout) = (new ParseMemory(), new ParseMemory());
        var networks = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => AttributeNames.IsClassWithAttributes(node),
            (found, cancellationToken) => memory.Parse(
                found,
                static (found, aliases, cancellationToken) =>
                    AttributeNames.MayHaveInput(found.Node, aliases)
                    && Type(found, cancellationToken) is { } type
                    && DeclarationParser.HasInput(type)
                        ? Parse(type, found.Node, cancellationToken)
                        : null,
                cancellationToken));
        var parsedNetworks = Parsed(networks, "");
        Compile(context, parsedNetworks, weights, "");

        var withoutInput = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => LayersWithoutInput.IsCandidate(node),
            (found, cancellationToken) => memoryWithout.Parse(
                found,
                static (found, _, cancellationToken) =>
                    Type(found, cancellationToken) is { IsAbstract: false } type && !DeclarationParser.HasInput(type)
                        ? Parse(type, found.Node, cancellationToken)
                        : null,
                cancellationToken));
        var parsedWithout = Parsed(withoutInput, TrackingNames.WithoutInput);

        // A class of layers without an input is a block, or a network whose input was forgotten.
        var blocks = Blocks(parsedNetworks).Combine(Blocks(parsedWithout)).WithTrackingName(TrackingNames.Blocks);
        var forgotten = parsedWithout
            .Combine(blocks)
            .Where(static pair => IsForgotten(pair.Left.Declaration, pair.Right.Left, pair.Right.Right))
            .Select(static (pair, _) => pair.Left);
        Compile(context, forgotten, weights, TrackingNames.WithoutInput);
        StrayWeights.Report(context, blocks);
        HiddenNamespace.Report(context);
    }

    /// <summary>The build's index of all files of weights.</summary>
    private static IncrementalValueProvider<WeightsIndex> Weights(IncrementalGeneratorInitializationContext context) =>
        context.AdditionalTextsProvider
            .Where(static text => Path.GetFileName(text.Path) == WeightsIndex.FileName)
            .Select(static (text, cancellationToken) => WeightsIndex.Parse(text.GetText(cancellationToken)?.ToString() ?? "").Files)
            .Collect()
            .Select(static (files, _) => new WeightsIndex(files.SelectMany(file => file).ToEquatableArray()))
            .WithTrackingName(TrackingNames.WeightsIndex);

    /// <summary>Whether nobody uses a class as a block; one that contains itself is not used thereby.</summary>
    private static bool IsForgotten(
        NetworkDeclaration declaration, EquatableArray<string> usedByNetworks, EquatableArray<string> usedByOthers)
    {
        var key = declaration.Type.HintName;
        return !usedByNetworks.Contains(key) && (!usedByOthers.Contains(key) || declaration.BlockKeys.Contains(key));
    }

    /// <summary>The keys of all blocks that some classes use, in order.</summary>
    private static IncrementalValueProvider<EquatableArray<string>> Blocks(IncrementalValuesProvider<ParsedSource> sources) => sources
        .Select(static (source, _) => source.Declaration.BlockKeys.ToEquatableArray())
        .Collect()
        .Select(static (keys, _) => keys.SelectMany(key => key).Distinct().OrderBy(key => key, StringComparer.Ordinal).ToEquatableArray());

    private static IncrementalValuesProvider<ParsedSource> Parsed(IncrementalValuesProvider<ParsedSource?> found, string prefix) => found
        .Where(static source => source is not null)
        .Select(static (source, _) => source!)
        .WithTrackingName(prefix + TrackingNames.Parse);

    /// <summary>
    /// The compile step sees the declaration alone, so that moving it in its file compiles nothing; only the diagnostics see
    /// where it stands.
    /// </summary>
    private static void Compile(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ParsedSource> parsed,
        IncrementalValueProvider<WeightsIndex> weights,
        string prefix)
    {
        var positions = parsed.Select(static (source, _) => source.Positions).WithTrackingName(prefix + TrackingNames.Positions);
        var compiled = parsed
            .Select(static (source, _) => source.Declaration)
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => ProjectProperties.Read(options.GlobalOptions)))
            .Select(static (pair, _) => pair.Left with { Options = pair.Right })
            .Combine(weights)
            .Select(static (pair, _) => pair.Left with { WeightsLookup = pair.Right.Find(pair.Left.Weights) })
            .WithTrackingName(prefix + TrackingNames.Declarations)
            .Select(static (declaration, cancellationToken) => CompilerPipeline.Compile(declaration, cancellationToken))
            .WithTrackingName(prefix + TrackingNames.Compile);

        var files = compiled.Select(static (result, _) => result.File).WithTrackingName(prefix + TrackingNames.Emit);
        context.RegisterSourceOutput(files, static (output, file) =>
        {
            if (file is not null)
                output.AddSource(file.HintName, file.Source);
        });

        // Both come from the same list in the same order.
        var reports = compiled
            .Select(static (result, _) => result.Errors)
            .Collect()
            .Combine(positions.Collect())
            .WithTrackingName(prefix + TrackingNames.Diagnostics);
        context.RegisterSourceOutput(reports, static (output, pair) =>
        {
            var inBlocks = new HashSet<(string, Location)>();
            for (var i = 0; i < pair.Left.Length; i++)
                Report(output, pair.Left[i], pair.Right[i], inBlocks);
        });
    }

    /// <summary>Shows each fault where it lies; within a block also where that is used, and in the block once for all its uses.</summary>
    private static void Report(
        SourceProductionContext output,
        EquatableArray<Fault> faults,
        DeclarationPositions positions,
        HashSet<(string Message, Location Place)> inBlocks)
    {
        foreach (var fault in faults)
        {
            output.ReportDiagnostic(fault.At(positions.Find(fault.Place)));
            if (positions.FindInBlock(fault.Place) is not { } written)
                continue;
            var again = fault.At(written);
            if (inBlocks.Add((again.GetMessage(CultureInfo.InvariantCulture), written)))
                output.ReportDiagnostic(again);
        }
    }

    private static INamedTypeSymbol? Type(GeneratorSyntaxContext found, CancellationToken cancellationToken) =>
        found.SemanticModel.GetDeclaredSymbol(found.Node, cancellationToken) as INamedTypeSymbol;

    private static ParsedSource? Parse(INamedTypeSymbol type, SyntaxNode part, CancellationToken cancellationToken)
    {
        try
        {
            return DeclarationParser.Parse(type, part, lookForMembers: true, cancellationToken) is { } parsed
                ? new ParsedSource(parsed.Declaration, DeclarationPositions.From(parsed.Locations))
                : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return ParsedSource.Failed(type, part, exception);
        }
    }
}
