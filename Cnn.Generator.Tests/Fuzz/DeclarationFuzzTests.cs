using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Parsing;
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

    /// <summary>Most of the rules; a few are met only behind the checks, by large networks, or by rare chance.</summary>
    private const int MostRules = 50;

    /// <summary>What is found only once the memory is planned.</summary>
    private static readonly string[] BehindChecks = [Rules.NetworkTooLarge.Id, Rules.OverBudget.Id];

    private static readonly ImmutableArray<Stage> Checks = [.. CompilerPipeline.Stages.TakeWhile(stage => stage.Name != "simplify")];

    [Fact]
    public void Whatever_is_declared_is_compiled_or_refused_at_its_place_and_nothing_throws()
    {
        var refused = new HashSet<string>();
        var legal = 0;
        var texts = Draws.Of(DeclarationSoup.Namespace, seed: 5, count: Declarations)
            .Select((text, index) => string.Format(CultureInfo.InvariantCulture, text, index));
        var blocks = Draws.Of(DeclarationSoup.Blocks, seed: 6, count: Declarations / Batch);
        foreach (var (batch, used) in texts.Chunk(Batch).Zip(blocks))
        {
            SyntaxTree[] trees = [Harness.Parse(DeclarationSoup.Shared), Harness.Parse(used), .. batch.Select(text => Harness.Parse(text))];
            foreach (var type in Types(Harness.Compilation(true, trees).Assembly.GlobalNamespace))
            {
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

                if (state.Network is null || state.Faults.HasErrors)
                    continue;
                legal++;
                var errors = CompilerPipeline.Compile(parsed.Declaration, CancellationToken.None).Errors;
                Assert.All(errors, error => Assert.Contains(error.RuleId, BehindChecks));
            }
        }

        // Otherwise the soup would be too thin.
        Assert.True(legal >= Legal, $"Only {legal} declarations were legal.");
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
