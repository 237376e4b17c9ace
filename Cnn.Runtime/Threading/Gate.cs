using System.Threading;

namespace Cnn;

/// <summary>
/// A lock that <see cref="Thread.Interrupt"/> drives nobody out of: who enters or waits stays until it has what it came for. The interrupt is not
/// lost: it is made anew when the thread leaves, and comes at its next wait.
/// </summary>
/// <remarks>A thread that left its waiting early would leave other threads at work in its caller's memory.</remarks>
internal sealed class Gate
{
    private readonly object _monitor = new();

    /// <summary>Enters; disposing of the result leaves.</summary>
    public Held Enter() => new(_monitor);

    /// <summary>The lock as long as a thread has it.</summary>
    internal ref struct Held
    {
        private readonly object _monitor;
        private bool _wasInterrupted;

        internal Held(object monitor)
        {
            _monitor = monitor;
            Take();
        }

        /// <summary>Lets others in until one of them pulses. May end early, as any wait: the condition must be looked at again.</summary>
        public void Wait()
        {
            try
            {
                Monitor.Wait(_monitor);
            }
            catch (ThreadInterruptedException)
            {
                _wasInterrupted = true;
                if (!Monitor.IsEntered(_monitor))
                    Take();
            }
        }

        /// <summary>Wakes one thread that waits.</summary>
        public readonly void Pulse() => Monitor.Pulse(_monitor);

        /// <summary>Drops an interrupt, on a thread whose interrupts nobody waits for.</summary>
        public void Forget() => _wasInterrupted = false;

        /// <summary>Leaves.</summary>
        public readonly void Dispose()
        {
            Monitor.Exit(_monitor);
            if (_wasInterrupted)
                Thread.CurrentThread.Interrupt();
        }

        private void Take()
        {
            for (var taken = false; !taken;)
            {
                try
                {
                    Monitor.Enter(_monitor, ref taken);
                }
                catch (ThreadInterruptedException)
                {
                    _wasInterrupted = true;
                }
            }
        }
    }
}
