using System;
using System.Linq;
using System.Threading;
using Cnn.Tests.Inference;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Threading;

/// <summary>
/// The effect of <see cref="Thread.Interrupt"/> on a call whose parts other threads compute: none, until the call is over.
/// </summary>
public sealed class InterruptTests
{
    private const float Untouched = -12345.678f;

    [Fact]
    public void An_interrupted_caller_stays_until_the_last_part_has_ended()
    {
        var pool = new ForkJoinPool(1);
        var hasLeft = false;
        var leftEarly = false;
        using var begun = new ManualResetEventSlim();
        Calls(caller =>
        {
            pool.Run(
                new Work(part =>
                {
                    // The caller waits for the worker's part to begin; then the part drives the caller out of its waiting, again and again.
                    if (part == 0)
                    {
                        begun.Wait();
                        return;
                    }

                    begun.Set();
                    for (var round = 0; round < 20 && !Volatile.Read(ref hasLeft); round++)
                    {
                        SpinWait.SpinUntil(() => Waits(caller) || Volatile.Read(ref hasLeft));
                        caller.Interrupt();
                    }

                    leftEarly = Volatile.Read(ref hasLeft);
                }),
                2,
                () => Volatile.Write(ref hasLeft, true));
            Assert.True(TakeInterrupt());
        });
        Assert.False(leftEarly);
    }

    [Fact]
    public void An_interrupt_within_a_call_comes_at_the_next_wait_after_it()
    {
        var pool = new ForkJoinPool(2);
        Calls(caller =>
        {
            for (var round = 0; round < 200; round++)
            {
                var done = 0;
                caller.Interrupt();
                pool.Run(new Work(_ => Interlocked.Increment(ref done)), 3, null);
                Assert.Equal(3, done);
                Assert.True(TakeInterrupt());
                Assert.False(TakeInterrupt());
            }
        });
    }

    [Fact]
    public void A_part_that_waits_may_be_interrupted_and_the_other_parts_end_before_its_exception_comes()
    {
        var pool = new ForkJoinPool(2);
        Calls(caller =>
        {
            for (var round = 0; round < 200; round++)
            {
                var done = 0;
                var work = new Work(part =>
                {
                    if (part == 0)
                    {
                        caller.Interrupt();
                        caller.Join(0);
                    }

                    Interlocked.Increment(ref done);
                });
                Assert.Throws<ThreadInterruptedException>(() => pool.Run(work, 5, null));
                Assert.Equal(4, done);
            }
        });
    }

    [Fact]
    public void A_worker_that_is_interrupted_goes_on_working()
    {
        var pool = new ForkJoinPool(1);
        Calls(_ =>
        {
            Thread? worker = null;
            for (var round = 0; round < 50; round++)
            {
                // Both parts must have begun, so the worker did one of them.
                using var meeting = new Barrier(2);
                pool.Run(
                    new Work(part =>
                    {
                        Assert.True(meeting.SignalAndWait(Rescue.Patience));
                        worker = part == 1 ? Thread.CurrentThread : worker;
                    }),
                    2,
                    null);
                SpinWait.SpinUntil(() => Waits(worker!));
                worker!.Interrupt();
            }
        });
    }

    [Fact]
    public void A_thread_that_gives_up_a_shared_inference_takes_the_others_with_it()
    {
        var steps = new SharedSteps();
        steps.Reset(2);
        var (failing, waiting) = (new Turns(steps, 0), new Turns(steps, 1));
        Assert.True(failing.Take(4, out _, out _));
        steps.Fail(new InvalidOperationException("given up"));
        Exception? exception = null;
        Rescue.Run(() =>
        {
            try
            {
                while (waiting.Take(4, out _, out _))
                {
                }
            }
            catch (InvalidOperationException caught)
            {
                exception = caught;
            }
        });
        Assert.Equal("given up", exception?.Message);

        steps.Reset(1);
        var next = new Turns(steps, 0);
        var done = 0;
        while (next.Take(4, out var begin, out var end))
            done += end - begin;
        Assert.Equal(4, done);
    }

    [Fact]
    public void An_exception_ends_a_shared_inference_for_all_its_threads_and_the_next_is_right()
    {
        Rescue.Run(() =>
        {
            float[] weight = [3];
            var input = Enumerable.Range(0, TurnsNetwork.Length).Select(i => (float)i).ToArray();
            var output = new float[TurnsNetwork.Length];
            for (var round = 0; round < 400; round++)
            {
                try
                {
                    TurnsNetwork.Disturbance = i =>
                    {
                        Thread.SpinWait(200);
                        if (i == round % TurnsNetwork.Length)
                            throw new InvalidOperationException("given up");
                    };
                    Assert.Equal(
                        "given up",
                        Assert.Throws<InvalidOperationException>(() => NetworkRunner.Forward<TurnsNetwork>(weight, input, output)).Message);
                }
                finally
                {
                    TurnsNetwork.Disturbance = null;
                }

                NetworkRunner.Forward<TurnsNetwork>(weight, input, output);
                Assert.Equal(input.Select((value, i) => TurnsNetwork.Expected(3, value, i)), output);
            }
        });
    }

    /// <summary>A hundred thousand calls of all forms that other threads share, while an interrupt may come at any moment.</summary>
    [Fact]
    public void Calls_under_a_rain_of_interrupts_end_with_the_right_answers_and_nothing_is_written_after_them()
    {
        const int Rounds = 20_000;
        var pool = new ForkJoinPool(3);
        var calls = 0;
        var interrupts = 0;
        var rain = 0L;
        Calls(caller =>
        {
            var isOver = false;
            var cloud = new Thread(() =>
            {
                for (var random = 1u; !Volatile.Read(ref isOver); random = (random * 1664525) + 1013904223)
                {
                    caller.Interrupt();
                    rain++;
                    Thread.SpinWait((int)(random >> 20));
                }
            })
            { IsBackground = true };
            cloud.Start();
            float[] weight = [0];
            var input = Enumerable.Range(0, TurnsNetwork.Length).Select(i => (float)i).ToArray();
            var bytes = input.Select(value => (byte)value).ToArray();
            var inputs = Enumerable.Range(0, 12).Select(i => (float)(i + 1)).ToArray();
            var shared = new Guarded(TurnsNetwork.Length);
            var batch = new Guarded(16);
            var parts = new Guarded(40);
            for (var round = 0; round < Rounds; round++)
            {
                var w = weight[0] = round % 1000;
                NetworkRunner.Forward<TurnsNetwork>(weight, input, shared.Values);
                shared.Check(i => TurnsNetwork.Expected(w, input[i], i));

                NetworkRunner.Forward<TurnsNetwork>(weight, (ReadOnlySpan<byte>)bytes, shared.Values);
                shared.Check(i => TurnsNetwork.Expected(w, input[i], i));

                Assert.Equal(TurnsNetwork.Length - 1, NetworkRunner.Predict<TurnsNetwork>(weight, input));

                NetworkRunner.ForwardBatch<ProbeNetwork<NoArena>>([w, 0], inputs, batch.Values, 4);
                batch.Check(i => (w * inputs[(i / 4 * 3) + (i % 4 % 3)]) + (i % 4));

                pool.Run(
                    new Work(part =>
                    {
                        Thread.SpinWait(part * 5);
                        parts.Array[Guarded.Edge + part] = part + w;
                    }),
                    40,
                    null);
                parts.Check(i => i + w);
                calls += 5;
                if (TakeInterrupt())
                    interrupts++;
            }

            Volatile.Write(ref isOver, true);
            while (cloud.IsAlive)
                TakeInterrupt();
            TakeInterrupt();
        });
        Assert.Equal(100_000, calls);
        Assert.InRange(interrupts, 1, rain);
    }

    private static bool Waits(Thread thread) => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0;

    /// <summary>Whether an interrupt of the present thread was pending; it is no more.</summary>
    private static bool TakeInterrupt()
    {
        try
        {
            Thread.Sleep(0);
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }

    private static void Calls(Action<Thread> call) => Rescue.Run(() => call(Thread.CurrentThread));

    private sealed class Work(Action<int> action) : IForkJoinWork
    {
        public void Execute(int part) => action(part);
    }

    /// <summary>
    /// Floats between guards. A guard that was checked once stays untouched, unless a thread writes that should have ended.
    /// </summary>
    private sealed class Guarded
    {
        public const int Edge = 16;

        public Guarded(int length)
        {
            Array = new float[length + (2 * Edge)];
            Array.AsSpan().Fill(Untouched);
        }

        public float[] Array { get; }

        public Span<float> Values
        {
            get
            {
                Assert.False(Array.AsSpan().ContainsAnyExcept(Untouched), "Something was written after the call that it belonged to.");
                return Array.AsSpan()[Edge..^Edge];
            }
        }

        public void Check(Func<int, float> expected)
        {
            var values = Array.AsSpan()[Edge..^Edge];
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] != expected(i))
                    Assert.Equal(expected(i), values[i]);
            }

            values.Fill(Untouched);
            Assert.False(Array.AsSpan().ContainsAnyExcept(Untouched), "Something was written outside of the caller's memory.");
        }
    }
}

/// <content>A call that tells when it is left, by an exception too.</content>
internal static class ForkJoinPoolCalls
{
    public static void Run(this ForkJoinPool pool, IForkJoinWork work, int parts, Action? left)
    {
        try
        {
            pool.Run(work, parts);
        }
        finally
        {
            left?.Invoke();
        }
    }
}
