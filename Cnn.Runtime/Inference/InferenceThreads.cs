using System;
using System.Threading;

namespace Cnn;

/// <summary>The number of threads that one inference may use.</summary>
public static class InferenceThreads
{
    private static int _limit = Environment.ProcessorCount;

    /// <summary>
    /// Gets or sets the threads, the caller's among them, that may share one inference of a large network (some 30 million multiply-adds or
    /// more). It is the number of the machine's processors unless set; 1 keeps every inference on the calling thread.
    /// </summary>
    /// <remarks>
    /// The results do not depend on it, to the bit. All calls share the process's few worker threads. An inference that finds them busy,
    /// with another inference, a batch or a training step, does everything itself. So calls from many threads do not wait for each other.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public static int Limit
    {
        get => Volatile.Read(ref _limit);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref _limit, value);
        }
    }
}
