using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Cnn.Generator.Tests.Incremental;

/// <summary>The values that the generator keeps between two runs must not keep a compilation alive.</summary>
public class CachedModelTests
{
    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Forbidden =
    [
        typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(Location), typeof(Compilation), typeof(SemanticModel),
        typeof(SourceText), typeof(AttributeData),
    ];

    [Fact]
    public void No_step_keeps_a_symbol_a_syntax_node_a_location_or_a_compilation()
    {
        var weights = WeightsText.Of("a.safetensors\nconv1.weight F32 [6, 1, 5, 5]");
        var result = Harness.Driver(trackSteps: true, weights: weights)
            .RunGenerators(Harness.Compilation(true, Harness.Parse(
                Sources.Mnist + "[Input(5, 5, 1), Conv(6, 7)] public class Faulty { } [Relu] partial class Stray { public int Summary; }"
                + "[Input(9, 9, 3, Mean = new[] { 1f }), Residual(typeof(Body), Shortcut = typeof(Body)), Output(\"body1\"), Relu] partial class Graph; "
                + "[Conv(3, 1), Add(\"input\"), Weights(\"a.safetensors\")] class Body; "
                + "[Input(5, 5, 1), Relu, Weights(\"a.safetensors\")] partial class Named;")))
            .GetRunResult().Results.Single();
        var names = TrackingNames.All.Concat(TrackingNames.All.Select(name => TrackingNames.WithoutInput + name))
            .Concat([TrackingNames.WeightsIndex, TrackingNames.StrayWeights]).ToList();
        Assert.All(names, name => Assert.True(result.TrackedSteps.ContainsKey(name), name + " is not tracked."));
        foreach (var name in names)
        {
            foreach (var (value, _) in result.TrackedSteps[name].SelectMany(step => step.Outputs))
                AssertFree(value, name, new HashSet<object>(ReferenceEqualityComparer.Instance));
        }
    }

    [Fact]
    public void The_walk_finds_what_it_forbids_however_deep_it_lies()
    {
        var symbol = Harness.Compilation(true).GlobalNamespace;
        var hidden = new { Inner = new List<object> { Tuple.Create(1, (object)symbol) } };
        Assert.Throws<Xunit.Sdk.TrueException>(() => AssertFree(hidden, "test", []));
    }

    private static void AssertFree(object? value, string path, HashSet<object> seen)
    {
        if (value is null)
            return;
        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is string)
            return;
        Assert.True(!Forbidden.Any(forbidden => forbidden.IsAssignableFrom(type)), path + " keeps a " + type + ".");
        if (!type.IsValueType && !seen.Add(value))
            return;
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                AssertFree(item, path + "[]", seen);
        }

        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(OwnFields))
            {
                if (field.FieldType.IsPointer || field.FieldType.IsPrimitive)
                    continue;
                AssertFree(field.GetValue(value), path + "." + field.Name, seen);
            }
        }
    }
}
