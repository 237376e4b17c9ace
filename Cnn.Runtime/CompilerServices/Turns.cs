using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>
/// One thread's share of the steps of an inference. Generated code asks it for turns of each loop that threads may share; a single thread
/// gets all of them.
/// </summary>
/// <remarks>The result of a turn depends on its number alone, not on the thread that takes it or on the time.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Turns
{
    private readonly SharedSteps? _steps;
    private readonly int _thread;
    private int _step;
    private int _taken;

    // Whether extra work goes with the turns of the next loop, and whether this thread does it.
    private bool _hasBeside;
    private bool _doesBeside;

    internal Turns(SharedSteps steps, int thread)
    {
        _steps = steps;
        _thread = thread;
    }

    /// <summary>This thread's turns of a loop. All turns are done after them, those of other threads too.</summary>
    /// <param name="count">All turns of the loop.</param>
    [UnscopedRef]
    public LoopTurns Of(int count) => new(ref this, count, count);

    /// <summary>The same, but one thread takes the last two turns, in order.</summary>
    /// <param name="count">All turns of the loop, at least 2.</param>
    [UnscopedRef]
    public LoopTurns OfJoined(int count) => new(ref this, count - 1, count);

    /// <summary>
    /// Whether this thread does the extra work beside the turns of the next loop. One thread does it, and it is done after that loop. So no
    /// thread waits for it alone. At most once before a loop.
    /// </summary>
    public bool Beside()
    {
        if (_steps is null)
            return true;
        _hasBeside = true;
        _doesBeside = _steps.TakeBeside(_step);
        return _doesBeside;
    }

    /// <summary>Memory for turns that were taken: the arena's for the first thread, their own for the others.</summary>
    /// <param name="arena">The first of these floats in the arena.</param>
    /// <param name="floats">Their number.</param>
    public readonly ref float Scratch(ref float arena, int floats)
    {
        if (_thread == 0)
            return ref arena;
        return ref Unsafe.As<byte, float>(ref InferenceMemory.Get(checked(floats * sizeof(float))));
    }

    /// <summary>Takes some turns of the present loop, or waits until all that others have taken are done and moves on to the next loop.</summary>
    /// <param name="count">All turns of the loop.</param>
    /// <param name="begin">The first that was taken.</param>
    /// <param name="end">The end of the range, exclusive.</param>
    /// <returns>Whether there were any left.</returns>
    internal bool Take(int count, out int begin, out int end)
    {
        if (_steps is not null)
            return TakeShared(_steps, count, out begin, out end);

        begin = 0;
        end = count;
        _taken = count - _taken;
        return _taken != 0;
    }

    private bool TakeShared(SharedSteps steps, int count, out int begin, out int end)
    {
        var isFirst = _taken == 0;
        var done = _taken + (_doesBeside ? 1 : 0);
        if (done > 0)
            steps.Done(_step, count + (_hasBeside ? 1 : 0), done);
        _doesBeside = false;
        if (steps.Take(_step, count, _thread, isFirst, out begin, out end))
        {
            _taken = end - begin;
            return true;
        }

        _taken = 0;
        _hasBeside = false;
        _step++;
        return false;
    }
}

/// <summary>The turns that one thread takes of a loop, a few at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct LoopTurns
{
    private readonly ref Turns _turns;
    private readonly int _units;
    private readonly int _count;
    private int _end;

    internal LoopTurns(ref Turns turns, int units, int count)
    {
        _turns = ref turns;
        _units = units;
        _count = count;
    }

    /// <summary>Gets the turn.</summary>
    public int Current { get; private set; }

    /// <summary>Itself.</summary>
    public readonly LoopTurns GetEnumerator() => this;

    /// <summary>Moves on to the next turn.</summary>
    public bool MoveNext() => ++Current < _end || Take();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Take()
    {
        if (!_turns.Take(_units, out var begin, out var end))
            return false;
        Current = begin;
        _end = end == _units ? _count : end;
        return true;
    }
}
