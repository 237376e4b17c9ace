using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Inference;

public sealed class NetworkRunnerTests
{
    private static readonly float[] Weights = [2, 0];

    private static readonly float[] Probe = [5, -1, 0.5f];

    public static TheoryData<string> Arenas => [nameof(NoArena), nameof(LargestStackArena), nameof(LargeArena), nameof(ArenaOffStack)];

    [Theory]
    [MemberData(nameof(Arenas))]
    public void Forward_runs_the_network_in_an_aligned_arena(string arena) => With(arena, new ForwardCheck());

    [Theory]
    [MemberData(nameof(Arenas))]
    public void Predict_gives_the_index_of_the_largest_output(string arena) => With(arena, new PredictCheck());

    [Theory]
    [MemberData(nameof(Arenas))]
    public void ForwardBatch_gives_the_bits_of_Forward_for_any_number_of_threads(string arena) => With(arena, new BatchCheck());

    [Theory]
    [MemberData(nameof(Arenas))]
    public void Threads_do_not_disturb_each_other(string arena) => With(arena, new ConcurrencyCheck());

    [Theory]
    [MemberData(nameof(Arenas))]
    public void Calls_allocate_nothing_in_steady_state(string arena) => With(arena, new AllocationCheck());

    [Fact]
    public void Where_the_stack_is_nearly_used_up_the_arena_is_elsewhere()
    {
        var found = float.NaN;
        var thread = new Thread(() => found = Descend(0), 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(2, found);
    }

    [Theory]
    [InlineData(2, 4, "The input of ProbeNetwork`1 holds 3 floats; the span has 2.", "input")]
    [InlineData(4, 4, "The input of ProbeNetwork`1 holds 3 floats; the span has 4.", "input")]
    [InlineData(3, 3, "The output of ProbeNetwork`1 holds 4 floats; the span has 3.", "output")]
    [InlineData(3, 5, "The output of ProbeNetwork`1 holds 4 floats; the span has 5.", "output")]
    public void Forward_refuses_spans_of_the_wrong_length(int inputs, int outputs, string message, string parameter)
    {
        var exception = Assert.Throws<ArgumentException>(
            () => NetworkRunner.Forward<ProbeNetwork<NoArena>>(Weights, new float[inputs], new float[outputs]));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(parameter, exception.ParamName);
    }

    /// <summary>The memory of a thread is allocated on its first call, so a new thread tells where the arena was.</summary>
    [Fact]
    public void The_limit_that_a_network_sets_decides_where_the_arena_is()
    {
        Assert.All(FirstCalls<ArenaOffStack>(), allocated => Assert.InRange(allocated, ArenaOffStack.Bytes, 2 * ArenaOffStack.Bytes));
        Assert.All(FirstCalls<ArenaOnLargeStack>(), allocated => Assert.Equal(0, allocated));
    }

    /// <summary>The memory that the first call of a new thread allocates, for every entry point.</summary>
    private static long[] FirstCalls<TSize>()
        where TSize : IArenaSize
    {
        var outputs = new float[8];
        float[] inputs = [.. Probe, .. Probe];
        return
        [
            OnNewThreads(() => NetworkRunner.Forward<ProbeNetwork<TSize>>(Weights, Probe, outputs.AsSpan(0, 4))),
            OnNewThreads(() => NetworkRunner.Forward<ProbeNetwork<TSize>>(Weights, (ReadOnlySpan<byte>)[1, 2, 3], outputs.AsSpan(0, 4))),
            OnNewThreads(() => NetworkRunner.Predict<ProbeNetwork<TSize>>(Weights, Probe)),
            OnNewThreads(() => NetworkRunner.ForwardBatch<ProbeNetwork<TSize>>(Weights, inputs, outputs, 1)),
        ];
    }

    /// <summary>The memory that the first call of a thread allocates, after a call that loads the types.</summary>
    private static long OnNewThreads(Action call)
    {
        Measure();
        return Allocation.Least(Measure);

        long Measure()
        {
            var allocated = -1L;
            var thread = new Thread(
                () =>
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    call();
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                },
                4 * 1024 * 1024);
            thread.Start();
            thread.Join();
            return allocated;
        }
    }

    [Fact]
    public void A_workspace_serves_the_first_call_of_a_thread_without_an_allocation()
    {
        var workspace = new Workspace(LargeArena.Bytes);
        var output = new float[4];
        Run();
        Assert.Equal(0, Allocation.Least(() =>
        {
            var allocated = -1L;
            var thread = new Thread(() =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Run();
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            thread.Start();
            thread.Join();
            return allocated;
        }));

        void Run() => NetworkRunner.Forward<ProbeNetwork<LargeArena>>(Weights, Probe, output, workspace);
    }

    [Fact]
    public void A_workspace_that_is_too_small_is_refused()
    {
        var (output, workspace) = (new float[4], new Workspace(NetworkRunner.StackLimit - 1));
        var exception = Assert.Throws<ArgumentException>(
            "workspace", () => NetworkRunner.Forward<ProbeNetwork<LargestStackArena>>(Weights, Probe, output, workspace));
        Assert.StartsWith(
            "ProbeNetwork`1 needs a workspace of 131072 bytes; this one has 131071.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workspace(-1));
    }

    [Fact]
    public void Weights_of_the_wrong_length_are_refused()
    {
        var input = new float[3];
        var output = new float[4];
        var weights = new float[3];
        const string Message = "The weights of ProbeNetwork`1 hold 2 floats; the span has 3.";
        Action[] calls =
        [
            () => NetworkRunner.Forward<ProbeNetwork<NoArena>>(weights, input, output),
            () => NetworkRunner.Predict<ProbeNetwork<NoArena>>(weights, input),
            () => NetworkRunner.ForwardBatch<ProbeNetwork<NoArena>>(weights, input, output, 1),
        ];
        foreach (var call in calls)
            Assert.StartsWith(Message, Assert.Throws<ArgumentException>("weights", call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_refuses_an_input_of_the_wrong_length()
    {
        var exception = Assert.Throws<ArgumentException>(
            "input",
            () => NetworkRunner.Predict<ProbeNetwork<NoArena>>(Weights, new float[784]));
        Assert.StartsWith("The input of ProbeNetwork`1 holds 3 floats; the span has 784.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_overlaps_the_input_is_refused()
    {
        var memory = new float[16];
        Assert.Throws<ArgumentException>(
            "output",
            () => NetworkRunner.Forward<ProbeNetwork<NoArena>>(Weights, memory.AsSpan(0, 3), memory.AsSpan(2, 4)));
        Assert.Throws<ArgumentException>(
            "outputs",
            () => NetworkRunner.ForwardBatch<ProbeNetwork<NoArena>>(Weights, memory.AsSpan(7, 6), memory.AsSpan(0, 8), 1));
        NetworkRunner.Forward<ProbeNetwork<NoArena>>(Weights, memory.AsSpan(0, 3), memory.AsSpan(3, 4));
    }

    [Theory]
    [InlineData(7, 8, "An input of ProbeNetwork`1 holds 3 floats; the span has 7, which is no multiple of it.", "inputs")]
    [InlineData(6, 7, "2 outputs of ProbeNetwork`1 hold 8 floats; the span has 7.", "outputs")]
    [InlineData(0, 4, "0 outputs of ProbeNetwork`1 hold 0 floats; the span has 4.", "outputs")]
    public void ForwardBatch_refuses_spans_of_the_wrong_length(int inputs, int outputs, string message, string parameter)
    {
        var exception = Assert.Throws<ArgumentException>(
            parameter,
            () => NetworkRunner.ForwardBatch<ProbeNetwork<NoArena>>(Weights, new float[inputs], new float[outputs], 2));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForwardBatch_takes_no_samples_and_refuses_no_threads()
    {
        NetworkRunner.ForwardBatch<ProbeNetwork<NoArena>>(Weights, [], [], 2);
        Assert.Throws<ArgumentOutOfRangeException>(
            "threads",
            () => NetworkRunner.ForwardBatch<ProbeNetwork<NoArena>>(Weights, new float[3], new float[4], 0));
    }

    [Theory]
    [InlineData(new[] { 1f, 3, 3, 2 }, 1)]
    [InlineData(new[] { -1f, -3, -0.5f }, 2)]
    [InlineData(new[] { float.NaN, -3, -4 }, 1)]
    [InlineData(new[] { float.NaN, float.NaN }, 0)]
    [InlineData(new[] { float.NegativeInfinity, float.NegativeInfinity }, 0)]
    public void The_first_of_the_largest_outputs_wins_and_NaN_never_does(float[] values, int expected) =>
        Assert.Equal(expected, Outputs.Largest(values));

    // A kilobyte a turn, until the stack holds little more than the arena.
    private static float Descend(float ballast)
    {
        Span<float> turn = stackalloc float[256];
        turn.Fill(ballast);
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return Descend(turn[7]) + turn[9];
        NetworkRunner.Forward<ProbeNetwork<LargestStackArena>>(Weights, [1f, 2, 3], turn[..4]);
        return turn[0];
    }

    private static void With(string arena, ICheck check)
    {
        switch (arena)
        {
            case nameof(NoArena):
                check.Run<ProbeNetwork<NoArena>>();
                break;
            case nameof(LargestStackArena):
                check.Run<ProbeNetwork<LargestStackArena>>();
                break;
            case nameof(ArenaOffStack):
                check.Run<ProbeNetwork<ArenaOffStack>>();
                break;
            case nameof(LargeArena):
                check.Run<ProbeNetwork<LargeArena>>();
                break;
            default:
                throw new ArgumentException($"There is no {arena}.", nameof(arena));
        }
    }

    private static float[] Inputs(int count) => Enumerable.Range(0, count * 3).Select(i => (i * 0.75f) - 3).ToArray();

    private interface ICheck
    {
        void Run<TNetwork>()
            where TNetwork : class, INetwork<TNetwork>;
    }

    private sealed class ForwardCheck : ICheck
    {
        public void Run<TNetwork>()
            where TNetwork : class, INetwork<TNetwork>
        {
            var output = new float[4];
            NetworkRunner.Forward<TNetwork>(Weights, [5f, -1, 0.5f], output);
            Assert.Equal([10f, -1, 3, 13], output);
            NetworkRunner.Forward<TNetwork>(Weights, [2.5f, -1, 0.5f], output, Workspace.For<TNetwork>());
            Assert.Equal([5f, -1, 3, 8], output);
        }
    }

    private sealed class PredictCheck : ICheck
    {
        public void Run<TNetwork>()
            where TNetwork : class, INetwork<TNetwork>
        {
            Assert.Equal(3, NetworkRunner.Predict<TNetwork>(Weights, [5f, -1, 0.5f]));
            Assert.Equal(1, NetworkRunner.Predict<TNetwork>(Weights, [0f, 4, 0.5f]));
            Assert.Equal(2, NetworkRunner.Predict<TNetwork>(Weights, [-9f, -9, -9f + 20]));
        }
    }

    private sealed class BatchCheck : ICheck
    {
        public void Run<TNetwork>()
            where TNetwork : class, INetwork<TNetwork>
        {
            const int Count = 7;
            var inputs = Inputs(Count);
            var expected = new float[Count * 4];
            for (var i = 0; i < Count; i++)
                NetworkRunner.Forward<TNetwork>(Weights, inputs.AsSpan(i * 3, 3), expected.AsSpan(i * 4, 4));
            Assert.DoesNotContain(float.NaN, expected);
            foreach (var threads in new[] { 1, 2, 3, 7, 100 })
            {
                var outputs = new float[Count * 4];
                NetworkRunner.ForwardBatch<TNetwork>(Weights, inputs, outputs, threads);
                Assert.Equal(expected, outputs);
            }
        }
    }

    private sealed class ConcurrencyCheck : ICheck
    {
        public void Run<TNetwork>()
            where TNetwork : class, INetwork<TNetwork>
        {
            var wrong = 0;
            var threads = Enumerable.Range(1, 4).Select(number => new Thread(() =>
            {
                var output = new float[4];
                for (var i = 0; i < 20; i++)
                {
                    NetworkRunner.Forward<TNetwork>(Weights, [number, 0, 0], output);
                    if (!output.AsSpan().SequenceEqual([number * 2f, 1, 2, (number * 2f) + 3]))
                        Interlocked.Increment(ref wrong);
                }
            })).ToArray();
            foreach (var thread in threads)
                thread.Start();
            foreach (var thread in threads)
                thread.Join();
            Assert.Equal(0, wrong);
        }
    }

    private sealed class AllocationCheck : ICheck
    {
        public void Run<TNetwork>()
            where TNetwork : class, INetwork<TNetwork>
        {
            var inputs = Inputs(5);
            var outputs = new float[5 * 4];
            var sum = 0;
            Allocation.AssertNone(() =>
            {
                NetworkRunner.Forward<TNetwork>(Weights, inputs.AsSpan(0, 3), outputs.AsSpan(0, 4));
                sum += NetworkRunner.Predict<TNetwork>(Weights, inputs.AsSpan(0, 3));
                NetworkRunner.ForwardBatch<TNetwork>(Weights, inputs, outputs, 1);
                NetworkRunner.ForwardBatch<TNetwork>(Weights, inputs, outputs, 3);
            });
            Assert.NotEqual(0, sum);
        }
    }
}
