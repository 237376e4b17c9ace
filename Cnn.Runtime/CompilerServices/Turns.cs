using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>
/// What one thread does of the steps of an inference. Generated code asks it for turns of each loop that threads may share; alone, it gets
/// all of them at once.
/// </summary>
/// <remarks>What a turn computes depends on its number alone: so who takes it, and when, changes no result.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Turns
{
    private readonly SharedSteps? _steps;
    private readonly int _thread;
    private int _step;
    private int _taken;

    internal Turns(SharedSteps steps, int thread)
    {
        _steps = steps;
        _thread = thread;
    }

    /// <summary>Takes turns of the present loop, or waits until all that others have taken are done and moves on to the next loop.</summary>
    /// <param name="count">All turns of the loop.</param>
    /// <param name="begin">The first that was taken.</param>
    /// <param name="end">Behind the last.</param>
    /// <returns>Whether there were any left.</returns>
    public bool Take(int count, out int begin, out int end)
    {
        if (_steps is not null)
            return TakeShared(_steps, count, out begin, out end);

        begin = 0;
        end = count;
        _taken = count - _taken;
        return _taken != 0;
    }

    /// <summary>Memory for turns that were taken: the arena's for the first thread, their own for the others.</summary>
    /// <param name="arena">As many floats in the arena.</param>
    /// <param name="floats">How many.</param>
    public readonly ref float Scratch(ref float arena, int floats)
    {
        if (_thread == 0)
            return ref arena;
        return ref Unsafe.As<byte, float>(ref InferenceMemory.Get(checked(floats * sizeof(float))));
    }

    private bool TakeShared(SharedSteps steps, int count, out int begin, out int end)
    {
        if (_taken != 0)
            steps.Done(_step, count, _taken);
        if (steps.Take(_step, count, _thread, out begin, out end))
        {
            _taken = end - begin;
            return true;
        }

        _taken = 0;
        _step++;
        return false;
    }
}
