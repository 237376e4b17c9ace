using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Cnn.Benchmarks.Quick;
using Cnn.Generator;
using Cnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Benchmarks.Compiler;

/// <summary>Times each stage of the compiler on one network, and Roslyn's parse of what comes out.</summary>
internal static class StageTimes
{
    /// <summary>Milliseconds of every stage, in their order.</summary>
    public static IReadOnlyList<(string Stage, Measurement Time)> Of(Subject subject, int runs)
    {
        var compilation = CSharpCompilation.Create(
            "Stages", subject.Files.Select(text => CSharpSyntaxTree.ParseText(text)), ProjectReferences.All);
        var type = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>().Single(DeclarationParser.HasInput);
        var parsed = DeclarationParser.Parse(type, null, lookForMembers: false, CancellationToken.None)!;
        var times = new List<(string Stage, double Milliseconds)>();
        for (var run = 0; run < runs; run++)
        {
            var state = new CompilerState(parsed.Declaration);
            foreach (var stage in CompilerPipeline.Stages)
                Time(stage.Name, () => stage.Run(state, CancellationToken.None));
            Time("Roslyn's parse of the file", () => CSharpSyntaxTree.ParseText(state.File!.Source));
        }

        return [.. times.GroupBy(item => item.Stage, (stage, items) => (stage, Measurement.Of(stage, items.Select(item => item.Milliseconds))))];

        void Time(string stage, Action run)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            times.Add((stage, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }
    }
}
