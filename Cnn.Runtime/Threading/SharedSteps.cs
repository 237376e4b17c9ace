using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Cnn;

/// <summary>
/// Steps that several threads go through together: each step falls into units that the threads take a few at a time, and the next step begins
/// when all units of the one before it are done. A thread that comes late finds the steps before it done and walks past them; so nobody waits for
/// a thread that has not come, only for units that somebody has taken.
/// </summary>
/// <remarks>
/// Every other thread takes from the end. So two threads meet somewhere in the middle, and what a thread wrote in one step is mostly what it reads
/// in the next, from its own cache.
/// </remarks>
internal sealed class SharedSteps
{
    /// <summary>The most units of a step.</summary>
    public const int MostUnits = (1 << UnitBits) - 1;

    private const int UnitBits = 20;

    private const long BesideTaken = 1L << (2 * UnitBits);

    private const int StepShift = (2 * UnitBits) + 1;

    /// <summary>Looks at the state before a thread lets others run: some microseconds, longer than the last units of a step take.</summary>
    private const int SpinsBeforeYielding = 400;

    private const int PausesASpin = 4;

    // From the highest bits down: the step, whether what is done beside its units is taken, the units taken from its end, and from its beginning.
    private long _state;
    private int _done;
    private int _threads;
    private volatile ExceptionDispatchInfo? _failure;

    /// <summary>Begins the first step. Nobody may take units meanwhile.</summary>
    /// <param name="threads">The threads that are expected, at least 1: how many units one takes depends on it.</param>
    public void Reset(int threads)
    {
        _threads = threads;
        _done = 0;
        _failure = null;
        Volatile.Write(ref _state, 0);
    }

    /// <summary>
    /// Says that a thread gives up, perhaps with units that it took. Threads that wait for them give up by the same exception.
    /// </summary>
    public void Fail(Exception exception) => _failure ??= ExceptionDispatchInfo.Capture(exception);

    /// <summary>Takes units of a step. If all are taken, it waits until all are done.</summary>
    /// <param name="step">The number of the step, from 0 on.</param>
    /// <param name="units">Its units, at most <see cref="MostUnits"/>.</param>
    /// <param name="thread">The number of the thread: odd ones take from the end.</param>
    /// <param name="isFirst">Whether the thread has taken none of this step yet.</param>
    /// <param name="begin">The first unit that was taken.</param>
    /// <param name="end">The end of the range, exclusive.</param>
    /// <returns>Whether there were any; if not, the step is over.</returns>
    /// <exception cref="Exception">Another thread has given up by this exception, and the units that it took will not be done.</exception>
    public bool Take(int step, int units, int thread, bool isFirst, out int begin, out int end)
    {
        for (var spins = 0; ; spins++)
        {
            var state = Volatile.Read(ref _state);
            if ((int)(state >> StepShift) != step)
            {
                begin = end = 0;
                return false;
            }

            var (low, high) = ((int)state & MostUnits, (int)(state >> UnitBits) & MostUnits);
            var left = units - low - high;
            if (left > 0)
            {
                // First three quarters of a fair share, in one piece; then less and less, so that all end at about the same time.
                var count = isFirst ? Math.Clamp(3 * units / (4 * _threads), 1, left) : (left + (2 * _threads) - 1) / (2 * _threads);
                var fromEnd = (thread & 1) != 0;
                begin = fromEnd ? units - high - count : low;
                end = begin + count;
                if (Interlocked.CompareExchange(ref _state, state + (fromEnd ? (long)count << UnitBits : count), state) == state)
                    return true;
                continue;
            }

            if (spins < SpinsBeforeYielding)
            {
                Thread.SpinWait(PausesASpin);
                continue;
            }

            _failure?.Throw();
            Thread.Yield();
        }
    }

    /// <summary>Takes what is done beside the units of a step, and counts as one more of them when it is done.</summary>
    /// <param name="step">The number of the step, from 0 on.</param>
    /// <returns>Whether nobody has taken it before.</returns>
    public bool TakeBeside(int step)
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((int)(state >> StepShift) != step || (state & BesideTaken) != 0)
                return false;
            if (Interlocked.CompareExchange(ref _state, state | BesideTaken, state) == state)
                return true;
        }
    }

    /// <summary>Says that units are done which were taken; the last ones of a step begin the next.</summary>
    public void Done(int step, int units, int count)
    {
        if (Interlocked.Add(ref _done, count) != units)
            return;
        _done = 0;
        Volatile.Write(ref _state, (step + 1L) << StepShift);
    }
}
