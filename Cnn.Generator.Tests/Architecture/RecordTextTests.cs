using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Schedules;
using Cnn.Generator.Tests.EndToEnd;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>Every record of the compiler has a text, so that a failing test can show it. A text without end would end the tests instead.</summary>
public sealed class RecordTextTests
{
    private const string Faulty = "using Cnn;\n[Input(4, 4, 1), Conv(2, 9), Flatten, Dense(2)] public partial class Net;";

    private static readonly Assembly Compiler = typeof(CompilerPipeline).Assembly;

    [Fact]
    public void No_record_computes_a_record_of_its_own_type_as_a_property() => Assert.Empty(RecordTexts.Endless(Compiler.GetTypes()));

    [Fact]
    public void Every_record_of_a_compilation_writes_itself()
    {
        // Otherwise the host would end.
        Assert.Empty(RecordTexts.Endless(Compiler.GetTypes()));
        var roots = new List<object> { CompilerPipeline.Check(Declarations.Parse(Faulty), CancellationToken.None) };
        foreach (var genes in RandomGraphs.Draw(1, 40))
            roots.Add(CompilerPipeline.Check(Declarations.Parse(genes.Express().Declaration("Net")), CancellationToken.None));
        var samples = RecordTexts.Samples(roots, Compiler);
        Assert.Contains(typeof(Place), samples.Keys);
        Assert.Contains(typeof(ConvGeometry), samples.Keys);
        Assert.All(samples.Values, sample => Assert.NotEmpty(sample.ToString()!));
        var records = Compiler.GetTypes().Count(type => RecordTexts.IsRecord(type) && !type.IsAbstract);
        Assert.True(samples.Count > records * 2 / 5, $"{samples.Count} of {records} kinds of records are met.");
    }

    [Fact]
    public void A_fault_reads_as_its_message() => Assert.Equal(
        "CNN0030: a: a b does not fit c; d", new Fault(Rules.KernelDoesNotFit.Id, Place.Type, ["a", "b", "c", "d"]).ToString());

    [Fact]
    public void A_test_of_a_faulty_network_fails_with_the_fault()
    {
        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Declarations.Network(Faulty));
        Assert.Contains("CNN0030: [Conv(2, 9)]: a 9x9 kernel does not fit", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_end_is_found() => Assert.Equal(
        ["Direct.Same", "Optional.Other", "First.Second", "Second.First", "Leaf.Whole"],
        RecordTexts.Endless([typeof(Direct), typeof(Optional), typeof(First), typeof(Second), typeof(Leaf), typeof(Whole)]));

    [Fact]
    public void A_text_that_ends_is_left_alone() =>
        Assert.Empty(RecordTexts.Endless([typeof(Stored), typeof(Method), typeof(Named), typeof(Chain), typeof(Hidden)]));

    private sealed record Direct(int A)
    {
        public Direct Same => this;
    }

    private readonly record struct Optional(int A)
    {
        public Optional? Other => this;
    }

    private sealed record First(int A)
    {
        public Second Second => new(A);
    }

    private sealed record Second(int A)
    {
        public First First => new(A);
    }

    private abstract record Whole(int A);

    private sealed record Leaf(int A) : Whole(A)
    {
        public Whole Whole => this;
    }

    private sealed record Stored(Stored? Inner, int A);

    private sealed record Method(int A)
    {
        public Method Same() => this;
    }

    private sealed record Named(int A)
    {
        public Named Same => this;

        public override string ToString() => "named";
    }

    private sealed record Chain(Stored Inner)
    {
        public Stored? Innermost => Inner.Inner;
    }

    private sealed record Hidden(int A)
    {
        internal Hidden Same => this;
    }
}
