using System;
using System.Linq;
using System.Threading;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Threading;

public sealed class ForkJoinTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(3, 100)]
    public void Every_part_is_done_once(int workers, int parts)
    {
        var pool = new ForkJoinPool(workers);
        var counts = new int[parts];
        var work = new Work(part => Interlocked.Increment(ref counts[part]));
        for (var round = 1; round <= 200; round++)
        {
            pool.Run(work, parts);
            Assert.All(counts, count => Assert.Equal(round, count));
        }
    }

    [Fact]
    public void Workers_and_the_caller_work_at_the_same_time()
    {
        var pool = new ForkJoinPool(2);
        using var meeting = new Barrier(3);

        // Each part waits for the two others, so three threads must have come.
        pool.Run(new Work(_ => Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(60)))), 3);
        Assert.Equal(1, meeting.CurrentPhaseNumber);
    }

    [Fact]
    public void The_caller_does_part_0()
    {
        var pool = new ForkJoinPool(3);
        var thread = 0;
        pool.Run(new Work(part => thread = part == 0 ? Environment.CurrentManagedThreadId : thread), 2);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void What_the_workers_wrote_is_seen_when_Run_returns()
    {
        var pool = new ForkJoinPool(3);
        var values = new long[64];
        var work = new Work(part => values[part] += part + 1);
        for (var round = 1; round <= 2000; round++)
        {
            pool.Run(work, values.Length);
            Assert.Equal(round * 64L * 65 / 2, values.Sum());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Of_several_exceptions_the_one_of_the_lowest_part_comes_after_all_parts_have_ended(int workers)
    {
        var pool = new ForkJoinPool(workers);
        for (var round = 0; round < 100; round++)
        {
            var ended = 0;
            var work = new Work(part =>
            {
                Interlocked.Increment(ref ended);
                if (part is 2 or 5 or 9)
                    throw new InvalidOperationException($"part {part}");
            });
            var exception = Assert.Throws<InvalidOperationException>(() => pool.Run(work, 12));
            Assert.Equal("part 2", exception.Message);
            Assert.Equal(12, ended);
        }

        var done = 0;
        pool.Run(new Work(_ => Interlocked.Increment(ref done)), 4);
        Assert.Equal(4, done);
    }

    [Fact]
    public void A_part_may_run_work_of_its_own_in_the_same_pool()
    {
        var pool = new ForkJoinPool(3);
        var counts = new int[8 * 8 * 4];
        pool.Run(
            new Work(outer => pool.Run(
                new Work(middle => pool.Run(
                    new Work(inner => Interlocked.Increment(ref counts[(((outer * 8) + middle) * 4) + inner])),
                    4)),
                8)),
            8);
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Many_threads_may_run_work_in_the_same_pool_at_once()
    {
        var pool = new ForkJoinPool(2);
        var wrong = 0;
        var callers = Enumerable.Range(0, 8).Select(caller => new Thread(() =>
        {
            var counts = new int[5];
            var work = new Work(part => Interlocked.Increment(ref counts[part]));
            for (var round = 1; round <= 500; round++)
            {
                pool.Run(work, counts.Length);
                if (counts.Any(count => count != round))
                    Interlocked.Increment(ref wrong);
            }
        })).ToArray();
        foreach (var caller in callers)
            caller.Start();
        foreach (var caller in callers)
            caller.Join();
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Workers_that_fell_asleep_wake_up_again()
    {
        var pool = new ForkJoinPool(2);
        for (var round = 0; round < 20; round++)
        {
            using var meeting = new Barrier(3);
            pool.Run(new Work(_ => Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(60)))), 3);
            Thread.Sleep(5);
        }
    }

    [Fact]
    public void Running_work_allocates_nothing_once_the_workers_are_there()
    {
        var sums = new long[4];
        var work = new Work(part => sums[part]++);
        var runs = 0;
        Allocation.AssertNone(
            () =>
            {
                ForkJoin.Run(work, sums.Length);
                runs++;
            },
            calls: 1000);
        Assert.All(sums, sum => Assert.Equal(runs, sum));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_parts_are_refused(int parts) =>
        Assert.Equal("parts", Assert.Throws<ArgumentOutOfRangeException>(() => ForkJoin.Run(new Work(_ => { }), parts)).ParamName);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    [InlineData(64, 7)]
    [InlineData(int.MaxValue, 1000)]
    public void Shards_cover_the_range_and_differ_by_one_at_most(int count, int shards)
    {
        var lengths = Enumerable.Range(0, shards)
            .Select(shard => Shards.Start(shard + 1, shards, count) - Shards.Start(shard, shards, count))
            .ToArray();
        Assert.Equal(0, Shards.Start(0, shards, count));
        Assert.Equal(count, Shards.Start(shards, shards, count));
        Assert.True(lengths.Max() - lengths.Min() <= 1);
    }

    private sealed class Work(Action<int> action) : IForkJoinWork
    {
        public void Execute(int part) => action(part);
    }
}
