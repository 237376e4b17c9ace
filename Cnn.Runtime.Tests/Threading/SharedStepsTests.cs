using System;
using System.Linq;
using System.Threading;
using Xunit;

namespace Cnn.Tests.Threading;

/// <summary>Threads that go through steps together, each by the turns it takes.</summary>
public sealed class SharedStepsTests
{
    private static readonly int[] Units = [1, 7, 2, 64, 1, 1, 33, 1000, 3];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Every_unit_is_done_once_and_behind_all_of_the_step_before(int threads)
    {
        var steps = new SharedSteps();
        for (var round = 0; round < 300; round++)
        {
            steps.Reset(threads);
            var counts = Units.Select(units => new int[units]).ToArray();
            var beside = new int[Units.Length];
            var late = 0;
            Together(threads, thread =>
            {
                var turns = new Turns(steps, thread);
                for (var step = 0; step < Units.Length; step++)
                {
                    // Takes long enough for the others to do all units meanwhile.
                    if (step % 2 == 0 && turns.Beside())
                    {
                        Thread.SpinWait(round);
                        beside[step]++;
                    }

                    if (step > 0 && beside[step - 1] != step % 2)
                        Interlocked.Increment(ref late);
                    while (turns.Take(Units[step], out var begin, out var end))
                    {
                        for (var unit = begin; unit < end; unit++)
                            counts[step][unit]++;
                        if (step > 0 && counts[step - 1].Any(count => count != 1))
                            Interlocked.Increment(ref late);
                    }
                }
            });
            Assert.All(counts.SelectMany(count => count), count => Assert.Equal(1, count));
            Assert.All(beside.Index(), item => Assert.Equal((item.Index + 1) % 2, item.Item));
            Assert.Equal(0, late);
        }
    }

    [Fact]
    public void Nobody_waits_for_a_thread_that_does_not_come()
    {
        var steps = new SharedSteps();
        steps.Reset(4);
        var first = new Turns(steps, 0);
        Assert.Equal(Units.Sum(), Walk(ref first));

        // It finds nothing left, and goes through.
        var second = new Turns(steps, 1);
        Assert.Equal(0, Walk(ref second));
    }

    [Fact]
    public void Alone_a_thread_gets_all_turns_of_each_loop_at_once()
    {
        var turns = default(Turns);
        foreach (var units in Units)
        {
            Assert.True(turns.Take(units, out var begin, out var end));
            Assert.Equal((0, units), (begin, end));
            Assert.False(turns.Take(units, out _, out _));
            Assert.True(turns.Beside());
        }
    }

    [Fact]
    public void Two_threads_take_from_the_two_ends()
    {
        var steps = new SharedSteps();
        steps.Reset(2);
        var (first, second) = (new Turns(steps, 0), new Turns(steps, 1));
        Assert.True(first.Take(100, out var begin, out _));
        Assert.True(second.Take(100, out _, out var end));
        Assert.Equal((0, 100), (begin, end));
    }

    [Fact]
    public void A_limit_of_threads_is_at_least_one()
    {
        var limit = InferenceThreads.Limit;
        Assert.True(limit >= 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => InferenceThreads.Limit = 0);
        Assert.Equal(limit, InferenceThreads.Limit);
    }

    private static int Walk(ref Turns turns)
    {
        var done = 0;
        foreach (var units in Units)
        {
            while (turns.Take(units, out var begin, out var end))
                done += end - begin;
        }

        return done;
    }

    private static void Together(int threads, Action<int> work)
    {
        var others = Enumerable.Range(1, threads - 1).Select(thread => new Thread(() => work(thread))).ToList();
        foreach (var other in others)
            other.Start();
        work(0);
        foreach (var other in others)
            other.Join();
    }
}
