using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Cnn;

/// <summary>
/// Background threads that help one caller at a time. The caller does part 0 and then whatever nobody has claimed; a caller that finds
/// the pool busy, from another thread or from inside a part, does all its parts itself, so no call ever waits for another.
/// </summary>
/// <remarks>
/// Workers write into memory that is the caller's while the call lasts, so the caller leaves after the last of its parts and never earlier. An
/// interrupt of its thread does not end a call, as it does not end one that a thread does alone: it comes at the thread's next wait.
/// </remarks>
internal sealed class ForkJoinPool
{
    /// <summary>Looks at the counters before a thread blocks: some tens of microseconds, about what waking a thread costs.</summary>
    private const int SpinsBeforeBlocking = 200;

    private const int PausesASpin = 8;

    private readonly int _workers;
    private readonly Gate _wakeUp = new();
    private readonly Gate _ended = new();
    private int _started;
    private int _sleeping;
    private int _busy;

    // The present work. Published by the write to _unclaimed and stable until _pending is zero.
    private IForkJoinWork? _work;
    private int _parts;
    private int _unclaimed;
    private int _pending;
    private int _failedPart;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes a pool; its threads start with the first work that has use for them.</summary>
    /// <param name="workers">The largest number of threads beside the caller's; with 0 the caller does everything.</param>
    public ForkJoinPool(int workers) => _workers = workers;

    /// <summary>Does all parts and returns when the last has ended.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is less than 1.</exception>
    public void Run(IForkJoinWork work, int parts)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);

        if (parts == 1)
        {
            work.Execute(0);
            return;
        }

        StartWorkers(Math.Min(parts - 1, _workers));
        if (_workers == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            RunAlone(work, parts);
        else
            RunShared(work, parts);
    }

    private static void RunAlone(IForkJoinWork work, int parts)
    {
        ExceptionDispatchInfo? failure = null;
        for (var part = 0; part < parts; part++)
        {
            try
            {
                work.Execute(part);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    private void RunShared(IForkJoinWork work, int parts)
    {
        _work = work;
        _parts = parts;
        _pending = parts;
        Volatile.Write(ref _unclaimed, parts - 1);

        // From here on to the end of the last part nothing leaves: exceptions of parts are noted, and gates keep interrupts.
        Wake(parts - 1);
        Do(work, 0);
        while (TryClaim(out var part))
            Do(work, part);
        WaitForTheOthers();

        var failure = _failure;
        _failure = null;
        _work = null;
        Volatile.Write(ref _busy, 0);
        failure?.Throw();
    }

    private void StartWorkers(int count)
    {
        if (Volatile.Read(ref _started) >= count)
            return;
        using var held = _wakeUp.Enter();
        for (; _started < count; _started++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = "Cnn worker" };
            thread.UnsafeStart();
        }
    }

    private void Wake(int count)
    {
        using var held = _wakeUp.Enter();
        for (var i = Math.Min(count, _sleeping); i > 0; i--)
            held.Pulse();
    }

    private void Work()
    {
        while (true)
        {
            while (TryClaim(out var part))
                Do(_work!, part);
            AwaitWork();
        }
    }

    private void AwaitWork()
    {
        for (var spin = 0; spin < SpinsBeforeBlocking; spin++)
        {
            if (Volatile.Read(ref _unclaimed) > 0)
                return;
            Thread.SpinWait(PausesASpin);
        }

        using var held = _wakeUp.Enter();

        // Work is published before the lock is taken to wake, so it is either seen here or announced by a pulse.
        while (Volatile.Read(ref _unclaimed) == 0)
        {
            _sleeping++;
            held.Wait();
            _sleeping--;
        }

        held.Forget();
    }

    /// <summary>
    /// Takes the next part. Whoever succeeds may read the work's fields, because the work cannot end before its part has; a claim that
    /// was meant for an earlier work and succeeds on a later one is as good as any.
    /// </summary>
    private bool TryClaim(out int part)
    {
        var unclaimed = Volatile.Read(ref _unclaimed);
        while (unclaimed > 0)
        {
            var seen = Interlocked.CompareExchange(ref _unclaimed, unclaimed - 1, unclaimed);
            if (seen == unclaimed)
            {
                part = _parts - unclaimed;
                return true;
            }

            unclaimed = seen;
        }

        part = 0;
        return false;
    }

    private void Do(IForkJoinWork work, int part)
    {
        try
        {
            work.Execute(part);
        }
        catch (Exception exception)
        {
            Note(part, exception);
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _pending) != 0)
            return;
        using var held = _ended.Enter();
        held.Pulse();
    }

    private void Note(int part, Exception exception)
    {
        using var held = _ended.Enter();
        if (_failure is not null && _failedPart < part)
            return;
        _failedPart = part;
        _failure = ExceptionDispatchInfo.Capture(exception);
    }

    private void WaitForTheOthers()
    {
        for (var spin = 0; spin < SpinsBeforeBlocking; spin++)
        {
            if (Volatile.Read(ref _pending) == 0)
                return;
            Thread.SpinWait(PausesASpin);
        }

        using var held = _ended.Enter();
        while (Volatile.Read(ref _pending) != 0)
            held.Wait();
    }
}
