using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Cnn.Generator.Advice;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Parsing;
using Cnn.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Analysis;

/// <summary>
/// Reports the warnings and hints about networks. An analyzer, unlike a generator, has locations in the source, so that
/// <c>#pragma warning disable</c> and .editorconfig apply, and that code fixes find their way. For these it repeats, hidden, the errors
/// that have a remedy, for the generator's have no place in a document, and in a block what has one there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(DeclarationParser.InputAttribute) is null)
                return;
            var first = new FirstNetwork();
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, first), SymbolKind.NamedType);
            LossUse.Register(start);
            TrainingUse.Register(start);
            if (start.Compilation.Options.OptimizationLevel == OptimizationLevel.Debug)
                start.RegisterCompilationEndAction(first.ReportNotOptimized);
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, FirstNetwork first)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!DeclarationParser.HasInput(type))
            return;
        try
        {
            // The generated members are there already.
            if (DeclarationParser.Parse(type, null, lookForMembers: false, context.CancellationToken) is { } parsed)
                Analyze(context, parsed, first);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The generator met the same exception and has reported it as an error.
        }
    }

    private static void Analyze(SymbolAnalysisContext context, ParsedDeclaration parsed, FirstNetwork first)
    {
        var name = parsed.Declaration.Type.Name;
        var place = parsed.Locations.Find(Place.Type);
        var state = CompilerPipeline.Check(parsed.Declaration, context.CancellationToken);
        var inBlocks = new HashSet<(string RuleId, Location Place)>();
        foreach (var fault in state.Faults.ToEquatableArray())
        {
            var location = parsed.Locations.Find(fault.Place);
            if (!fault.IsError)
                context.ReportDiagnostic(fault.At(location));
            if (fault.Remedies.Count > 0)
                RepeatForFixes(context, fault, location, parsed.Locations, inBlocks);
        }

        if (state.Arena is null)
            return;
        first.Add(name, place);
        if (StackHint.Of(parsed.Declaration, state.Network!, state.ArenaBytes) is { } hint)
            context.ReportDiagnostic(hint.At(parsed.Locations.Find(hint.Place)));
    }

    /// <summary>
    /// Repeats a fault, hidden, where its fix finds it: an error at its place, and what lies within a block there, once for all uses.
    /// </summary>
    private static void RepeatForFixes(
        SymbolAnalysisContext context,
        Fault fault,
        Location location,
        DeclarationLocations locations,
        HashSet<(string RuleId, Location Place)> inBlocks)
    {
        if (fault.Place.InBlock() is not null)
        {
            if (locations.FindInBlock(fault.Place) is { } written && inBlocks.Add((fault.RuleId, written)))
                context.ReportDiagnostic(fault.HiddenAt(written, null));
        }
        else if (fault.IsError)
        {
            context.ReportDiagnostic(fault.HiddenAt(location, fault.RemedyPlace is { } elsewhere ? locations.Find(elsewhere) : null));
        }
    }

    /// <summary>The network that stands first in the source, whatever the order in which they are analysed.</summary>
    private sealed class FirstNetwork
    {
        private readonly object _gate = new();
        private (string Name, Location Location)? _first;

        public void Add(string name, Location location)
        {
            lock (_gate)
            {
                if (_first is null || Compare(location, _first.Value.Location) < 0)
                    _first = (name, location);
            }
        }

        public void ReportNotOptimized(CompilationAnalysisContext context)
        {
            if (_first is { } first)
                context.ReportDiagnostic(new Fault(Rules.NotOptimized.Id, Place.Type, [first.Name]).At(first.Location));
        }

        private static int Compare(Location left, Location right)
        {
            var byFile = string.CompareOrdinal(left.SourceTree?.FilePath, right.SourceTree?.FilePath);
            return byFile != 0 ? byFile : left.SourceSpan.Start.CompareTo(right.SourceSpan.Start);
        }
    }
}
