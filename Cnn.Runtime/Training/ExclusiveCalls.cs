using System;
using System.Threading;

namespace Cnn;

/// <summary>
/// Lets one call at a time have an object. A call that pauses between two pieces of its work lets in calls of its own thread that say they
/// may come then; whatever else comes meanwhile is refused by name. Allocates nothing.
/// </summary>
/// <param name="type">The name of the object's type.</param>
/// <param name="pauses">The calls that are allowed at certain times, for messages.</param>
internal sealed class ExclusiveCalls(string type, string pauses)
{
    private string? _call;

    // The thread whose call pauses; 0 if none does. A thread's own number is written by itself alone.
    private int _paused;

    /// <summary>Begins a call, which ends as the result is disposed of.</summary>
    /// <param name="call">The member that is called.</param>
    /// <param name="mayInterpose">Whether it may come while another call pauses.</param>
    /// <exception cref="InvalidOperationException">Another call has not ended.</exception>
    public Scope Enter(string call, bool mayInterpose = false)
    {
        if (mayInterpose && Volatile.Read(ref _paused) == Environment.CurrentManagedThreadId)
            return Replace(call, 0);
        var other = Interlocked.CompareExchange(ref _call, call, null);
        return other is null
            ? new Scope(this, null, 0)
            : throw new InvalidOperationException($"{type}.{call} was called within {type}.{other}, which has not ended. {pauses}");
    }

    /// <summary>Lets others in, on this thread, until the result is disposed of.</summary>
    public Scope Pause() => Replace(_call, Environment.CurrentManagedThreadId);

    private Scope Replace(string? call, int paused)
    {
        var scope = new Scope(this, _call, _paused);
        _call = call;
        _paused = paused;
        return scope;
    }

    /// <summary>A call or a pause; disposing of it goes back to what was before.</summary>
    public readonly struct Scope(ExclusiveCalls calls, string? call, int paused) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            Volatile.Write(ref calls._paused, paused);
            Volatile.Write(ref calls._call, call);
        }
    }
}
