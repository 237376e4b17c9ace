using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Parsing;
using Cnn.Generator.Reporting;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Fuzz;

/// <summary>20,000 declarations as nobody would write them; C# takes a millisecond to bind the attributes of one.</summary>
public sealed class DeclarationFuzzTests
{
    private const int Declarations = 20_000;

    /// <summary>As many share a compilation and its blocks.</summary>
    private const int Batch = 500;

    /// <summary>There are more that are legal; on these the whole compiler runs.</summary>
    private const int Legal = 500;

    /// <summary>There are more of them whose numbers can be compared.</summary>
    private const int Compared = 500;

    /// <summary>A declaration takes a few milliseconds; this is what a user would call a hang.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(2);

    /// <summary>Most of the rules; a few are met only after the checks, by large networks, or by rare chance.</summary>
    private const int MostRules = 50;

    /// <summary>The rules that need the planned memory.</summary>
    private static readonly string[] BehindChecks = [Rules.NetworkTooLarge.Id, Rules.OverBudget.Id];

    private static readonly ImmutableArray<Stage> Checks = [.. CompilerPipeline.Stages.TakeWhile(stage => stage.Name != "simplify")];

    [Fact]
    public void Whatever_is_declared_is_compiled_and_agrees_with_the_reference_or_is_refused_at_its_place_and_nothing_throws_or_hangs()
    {
        var refused = new HashSet<string>();
        var (legal, compared) = (0, 0);

        // Otherwise the first declaration would wait for the JIT.
        Harness.Run(Sources.Mnist);
        var texts = Draws.Of(DeclarationSoup.Namespace, seed: 5, count: Declarations)
            .Select((text, index) => string.Format(CultureInfo.InvariantCulture, text, index));
        var blocks = Draws.Of(DeclarationSoup.Blocks, seed: 6, count: Declarations / Batch);
        foreach (var (batch, used) in texts.Chunk(Batch).Zip(blocks))
        {
            SyntaxTree[] trees = [Harness.Parse(DeclarationSoup.Shared), Harness.Parse(used), .. batch.Select(text => Harness.Parse(text))];
            var compilation = Harness.Compilation(true, trees);
            Assert.Null(Harness.Driver().RunGenerators(compilation).GetRunResult().Results.Single().Exception);
            var declarations = new LegalDeclarations();
            foreach (var type in Types(compilation.Assembly.GlobalNamespace))
            {
                var watch = Stopwatch.StartNew();
                if (DeclarationParser.Parse(type, null, lookForMembers: true, CancellationToken.None) is not { } parsed)
                    continue;
                var state = Check(parsed);
                foreach (var fault in state.Faults.ToEquatableArray())
                {
                    refused.Add(fault.RuleId);
                    Assert.NotEqual(Rules.InternalError.Id, fault.RuleId);
                    var location = parsed.Locations.Find(fault.Place);
                    Assert.True(location.IsInSource, fault.RuleId + " has no place");
                    Assert.NotEmpty(fault.At(location).GetMessage(CultureInfo.InvariantCulture));
                }

                Assert.True(watch.Elapsed < Hang, $"{type} took {watch.Elapsed}.");
                if (state.Network is null || state.Faults.HasErrors)
                    continue;
                var errors = CompilerPipeline.Compile(parsed.Declaration, CancellationToken.None).Errors;
                Assert.All(errors, error => Assert.Contains(error.RuleId, BehindChecks));
                Assert.True(watch.Elapsed < Hang, $"{type} took {watch.Elapsed}.");

                // The files of weights that some name are not there, and what C# refuses about the network changes nothing in its layers.
                if (errors.Count == 0
                    && parsed.Declaration is { Weights: null, Budget: not { IsBroken: true }, Memory: not { IsBroken: true } })
                    declarations.Add(type, state.Network, parsed.Declaration.BlockKeys);
            }

            legal += declarations.Count;
            compared += declarations.Check(used);
        }

        // Otherwise the soup would be too thin.
        Assert.True(legal >= Legal, $"Only {legal} declarations were legal.");
        Assert.True(compared >= Compared, $"Only {compared} declarations were compared.");
        Assert.True(refused.Count >= MostRules, $"Only {refused.Count} rules were met.");
    }

    private static CompilerState Check(ParsedDeclaration parsed)
    {
        var state = new CompilerState(parsed.Declaration);
        foreach (var stage in Checks)
        {
            if (stage.ChecksFaultyNetworks || (!state.Faults.HasErrors && parsed.Declaration.CanCompile))
                stage.Run(state, CancellationToken.None);
        }

        return state;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
